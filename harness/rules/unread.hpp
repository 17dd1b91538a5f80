#pragma once
/// What the SUT may have sent although nobody read it: when we end an MSRP connection, what lies in it is lost. The SUT sends
/// at most as many messages as it has reserved for (CR 6.3.2.8 step 3).
#include <set>
#include <string>

#include "rules/party_view.hpp"

namespace tollgate::rules {

class Unread {
 public:
  explicit Unread(trace::Trace const& trace) : trace_(trace) {}

  /// Takes the party's next event.
  void note(trace::Event const& e);
  /// The last connection that we ended; null when there is none.
  [[nodiscard]] EventRef broken_by() const { return broken_by_; }
  /// How many messages that may be.
  [[nodiscard]] std::size_t at_most() const;

 private:
  trace::Trace const& trace_;
  EventRef broken_by_ = nullptr;
  std::size_t reserved_ = 0;
  std::size_t sessions_ = 0;
  std::set<std::string> read_;  ///< Message-ID and session: what comes again in another session was sent again
};

}  // namespace tollgate::rules
