#pragma once
/// Group ORDER in C++: the cases that run a flow several times, each with another hold or another number of messages.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case ord_02();
[[nodiscard]] Case ord_03();
[[nodiscard]] Case ord_08();
[[nodiscard]] Case ord_12();

}  // namespace tollgate::deferred_push
