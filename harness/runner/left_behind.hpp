#pragma once
/// Whether a SUT still knows anything of a user when a case has ended, as far as the trace shows it: who leaves nothing behind can
/// be another case's user.
#include <cstddef>
#include <string>

#include "trace/trace.hpp"

namespace tollgate {

struct LeftBehind {
  bool binding = false;  ///< he has registered, and not removed it with "Contact: *" (RFC 3261 10.2.2)
  /// A message that is not confirmed, a refusal or a Credit-Control-Failure-Handling that the SUT may remember (RFC 8506 8.14, 9).
  bool more = false;
};

/// `stored`: messages that the case has sent for him.
[[nodiscard]] LeftBehind left_behind(trace::Trace const& trace, std::string const& user, std::size_t stored);

}  // namespace tollgate
