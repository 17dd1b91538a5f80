#pragma once
/// TOLLGATE_ASSERT: a programmer's belief, checked in every build. Never for what a peer, a file or a user can cause.

namespace tollgate {
[[noreturn]] void assertion_failed(char const* belief, char const* file, int line);
}  // namespace tollgate

#define TOLLGATE_ASSERT(condition) (static_cast<bool>(condition) ? void(0) : ::tollgate::assertion_failed(#condition, __FILE__, __LINE__))
