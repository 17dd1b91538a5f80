#pragma once
/// The messages that the SUT has sent to one party: those that were read, and those that may have lain unread in an MSRP
/// connection that we ended. It sends at most as many as it has reserved for (CR 6.3.2.8 step 3).
#include <set>
#include <string>

#include "rules/party_view.hpp"

namespace tollgate::rules {

class Transmitted {
 public:
  explicit Transmitted(trace::Trace const& trace) : trace_(trace) {}

  /// Takes the party's next event.
  void note(trace::Event const& e);
  /// How many were read, of those that were read in part as well.
  [[nodiscard]] std::size_t read() const { return read_.size(); }
  /// How many more may have been sent.
  [[nodiscard]] std::size_t unread_at_most() const;
  /// The newest chunk; null when there is none.
  [[nodiscard]] EventRef last_send() const { return last_send_; }
  /// The last connection that we ended; null when there is none.
  [[nodiscard]] EventRef broken_by() const { return broken_by_; }

 private:
  trace::Trace const& trace_;
  EventRef last_send_ = nullptr;
  EventRef broken_by_ = nullptr;
  std::size_t reserved_ = 0;
  std::size_t sessions_ = 0;
  std::set<std::string> read_;  ///< Message-ID and session: what comes again in another session was sent again
};

}  // namespace tollgate::rules
