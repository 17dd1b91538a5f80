#include "base/parsed.hpp"

#include <fmt/format.h>

namespace tollgate {

static std::string_view word(What what) {
  switch (what) {
    case What::need_more: return "incomplete";
    case What::mismatch: return "unexpected";
    case What::invalid: return "invalid";
    case What::limit: return "too large";
  }
  return "invalid";
}

std::string describe(ParseError const& error) {
  std::string text = fmt::format("{} {} at octet {}", word(error.what), error.rule, error.offset);
  if (!error.detail.empty()) text += fmt::format(": {}", error.detail);
  if (!error.clause.empty()) text += fmt::format(" ({})", error.clause);
  return text;
}

}  // namespace tollgate
