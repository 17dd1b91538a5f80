#pragma once
/// One user of a disorderly run: registers, leaves messages for others, and answers what the server asks in any way.
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "codec/sdp/msrp_media.hpp"
#include "codec/sip/message.hpp"
#include "fuzz/disorder/journal.hpp"
#include "fuzz/support/choices.hpp"
#include "transport/network.hpp"

namespace tollgate::fuzz {

class SipSide {
 public:
  SipSide(Journal& journal, Network& network, Address server, std::string user);

  void registers(Choices& choices);
  void deposits(std::string_view to, std::string_view text, Choices& choices);
  /// Answers one of the server's requests; an INVITE with `answer_sdp` when the status is a 2xx.
  void answers(std::size_t which, int status, std::string const& answer_sdp);
  /// The last response once more, with another status.
  void answers_again(int status);
  /// A BYE in the dialog of the newest INVITE; `tag` in place of ours where it is not empty.
  void hangs_up(std::string_view tag);
  void sends(Octets octets);
  /// OPTIONS; `is_answered` tells whether its 200 has come.
  void probes();
  [[nodiscard]] bool is_answered() const { return probe_answered_; }

  /// The server's newest offer.
  [[nodiscard]] std::optional<sdp::MsrpMedia> const& offer() const { return offer_; }
  [[nodiscard]] std::string const& aor() const { return aor_; }

 private:
  /// Branch and method name a transaction (RFC 3261 17.1.3, 17.2.3).
  using Transaction = std::pair<std::string, std::string>;
  struct Asked {
    sip::Message request;
    trace::EventId event = 0;
  };
  void take(Octets const& octets);
  void take_request(sip::Message request, Transaction const& transaction, trace::Event event);
  void send(Octets octets);
  void note_response(sip::Message const& response, trace::Event& event);
  [[nodiscard]] sip::Message request(std::string_view method, std::string_view uri, std::string_view to);

  Journal& journal_;
  Address server_;
  std::unique_ptr<Datagrams> socket_;
  std::string user_;
  std::string aor_;
  std::deque<Asked> asked_;                                          ///< newest first
  std::map<Transaction, trace::EventId> sent_;                       ///< our requests
  std::map<Transaction, trace::EventId> seen_;                       ///< of the server's requests
  std::map<Transaction, trace::EventId> final_;                      ///< our first final response
  std::map<std::pair<Transaction, int>, trace::EventId> responses_;  ///< of the server
  std::optional<sdp::MsrpMedia> offer_;
  sip::Message last_response_;
  unsigned number_ = 0;
  std::string probe_branch_;
  bool probe_answered_ = false;
};

}  // namespace tollgate::fuzz
