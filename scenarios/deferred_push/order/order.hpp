#pragma once
/// Group ORDER in C++: the case that runs its flow with several numbers of messages, and says what a server of another reading
/// deserves to hear.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case ord_12();

}  // namespace tollgate::deferred_push
