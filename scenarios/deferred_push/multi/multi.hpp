#pragma once
/// Group MULTI in C++: loads whose outcomes are the seed's.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case ml_08();
[[nodiscard]] Case ml_09();

}  // namespace tollgate::deferred_push
