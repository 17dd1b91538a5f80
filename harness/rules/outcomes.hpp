#pragma once
/// What became of the messages of one party, as far as the trace shows it at each moment: the triggers of a debit
/// (CR 6.3.2.8 step 8). A message is *settled* by the final answer to its last chunk, by a 4xx to any of its chunks, or
/// 30 s after the last octet of a chunk that nobody answered (RFC 4975 7.1.1); where the SUT counts what step 8 does not
/// list (E-SETTLE) also by another answer, a failure REPORT, and the end of its connection or dialog.
#include <map>
#include <string>
#include <vector>

#include "rules/party_view.hpp"

namespace tollgate::rules {

struct Message {
  std::string id;                 ///< Message-ID
  EventRef last_send = nullptr;   ///< its newest chunk
  std::vector<EventRef> waiting;  ///< chunks without an answer
  EventRef settled_by = nullptr;  ///< what settled it; of a time limit the chunk whose time has passed
  bool settled = false;
  bool debited = false;           ///< for whoever counts debits
};

class Outcomes {
 public:
  Outcomes(trace::Trace const& trace, Terms const& terms) : trace_(trace), terms_(terms) {}

  /// Takes the party's next event.
  void note(trace::Event const& e);
  /// In the order of their first chunk. A message that comes again in another session stands there again.
  [[nodiscard]] std::vector<Message>& messages() { return messages_; }
  /// Our BYE in the present session, or our answer that there is none; null before. What crosses it is settled by it.
  [[nodiscard]] EventRef ended_by() const { return ended_by_; }

 private:
  void begin_session();
  void take_send(trace::Event const& e);
  void take_answer(trace::Event const& e);
  void settle(Message& message, EventRef by);
  void settle_all(EventRef by);
  void end_session(trace::Event const& by);
  void time_limits(trace::Event const& now);

  trace::Trace const& trace_;
  Terms const& terms_;
  std::vector<Message> messages_;
  std::map<std::string, std::size_t> current_;  ///< by Message-ID, of the present session
  EventRef ended_by_ = nullptr;                 ///< the present session; what crosses its end is settled by it
};

/// A CCR that came before and is sent again: the T flag, and the same credit session and number (RFC 8506 5.7).
class Resent {
 public:
  /// Whether `e` is one; notes it otherwise.
  [[nodiscard]] bool seen_before(trace::Event const& e);

 private:
  std::map<std::pair<std::string, std::uint32_t>, EventRef> seen_;
};

}  // namespace tollgate::rules
