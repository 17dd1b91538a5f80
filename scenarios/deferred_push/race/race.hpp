#pragma once
/// Group RACE in C++: schedules of the seed.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case rc_11();

}  // namespace tollgate::deferred_push
