#pragma once
/// Makes a trace of what somebody else has recorded. Which side is the SUT is learned from what the messages say: it takes REGISTER,
/// sends INVITE and asks for credit. Whose push a message belongs to, what it answers and what it repeats are found as the
/// protocols find them: by dialog, path, subscriber and transaction.
#include <vector>

#include "trace/capture/messages.hpp"
#include "trace/trace.hpp"

namespace tollgate::trace {

[[nodiscard]] Trace observed(std::vector<Observed> const& messages);

}  // namespace tollgate::trace
