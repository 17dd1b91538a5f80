#pragma once
/// Group MSRP in C++: the case that follows the chunks of a message one by one.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case ms_05();

}  // namespace tollgate::deferred_push
