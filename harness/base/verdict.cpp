#include "base/verdict.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace tollgate {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::none: return "none";
    case Verdict::pass: return "pass";
    case Verdict::inconc: return "inconc";
    case Verdict::fail: return "fail";
    case Verdict::error: return "error";
    case Verdict::na: return "na";
    case Verdict::known: return "known";
  }
  return "";
}

Verdict worse(Verdict a, Verdict b) {
  TOLLGATE_ASSERT(a <= Verdict::error && b <= Verdict::error);
  return std::max(a, b);
}

}  // namespace tollgate
