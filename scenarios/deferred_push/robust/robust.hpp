#pragma once
/// Group ROBUST in C++: tables of broken messages, and what a seed makes of good ones.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case rb_02();
[[nodiscard]] Case rb_08b();
[[nodiscard]] Case rb_10();
[[nodiscard]] Case rb_12();
[[nodiscard]] Case rb_15();

}  // namespace tollgate::deferred_push
