#pragma once
/// What was stored at the SUT for whom, and which of it was delivered: read from MESSAGEs that the SUT accepted, from
/// `stored` events of the runner, and from the SENDs that we answered 200 in good time. Messages are told by their
/// content: several of the same content are one kind with a number.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "codec/msrp/reassembly.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

struct Stored {
  std::vector<EventRef> stored;              ///< one event each
  std::map<std::string, unsigned> confirmed;  ///< by client: how often it was delivered and the 200 went out in good time
  EventRef last_confirmed = nullptr;
  std::string last_client;                   ///< of `last_confirmed`
  bool attempted = false;                    ///< a SEND carried it: what its outcome means is the SUT's policy
  bool uncertain = false;  ///< a 200 may have been lost: we broke the connection before the SUT had shown that it read on, or had
                           ///< ended the session
};

class StoredMessages {
 public:
  StoredMessages(trace::Trace const& trace, Terms const& terms) : trace_(trace), terms_(terms) {}

  void note(trace::Event const& e);
  /// By recipient (address-of-record) and content.
  [[nodiscard]] std::map<std::pair<std::string, std::string>, Stored> const& all() const { return stored_; }
  /// What the event confirmed; null when it confirmed nothing that was stored.
  [[nodiscard]] Stored const* confirmed_by(trace::Event const& e) const { return confirmed_ == e.id ? confirmed_what_ : nullptr; }

 private:
  void keep(EventRef by, std::string const& recipient, std::string const& content);
  void take_send(trace::Event const& e);
  void take_answer(trace::Event const& e);
  /// The end of a session by our BYE, by our ASR (RFC 6733 8.5) or with its connection. A 200 that we had sent just before may not have arrived, nor one behind which nothing was heard: a reset discards what a busy SUT
  /// has not read yet (RFC 9293 3.10.7.4).
  void take_break(trace::Event const& e);

  trace::Trace const& trace_;
  Terms const& terms_;
  std::map<std::pair<std::string, std::string>, Stored> stored_;
  std::map<std::string, msrp::Reassembly> reassembly_;  ///< by client and connection
  std::map<trace::EventId, std::string> complete_;  ///< content, by the SEND that completed it
  std::map<std::string, trace::EventId> heard_;  ///< the SUT's last message of each user's flow
  std::set<std::string> left_;  ///< clients whose BYE has gone out, until they accept another session
  std::set<std::string> aborted_;  ///< users whose credit session an ASR of ours ends, until then
  trace::EventId confirmed_ = 0;
  Stored* confirmed_what_ = nullptr;
};

}  // namespace tollgate::rules
