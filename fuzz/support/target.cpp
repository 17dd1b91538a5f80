#include "fuzz/support/target.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace tollgate::fuzz {

void require(bool holds, std::string_view what, std::source_location where) {
  if (!holds) assertion_failed(std::string(what).c_str(), where.file_name(), static_cast<int>(where.line()));
}

void require_equal(std::string_view got, std::string_view wanted, std::string_view what, std::source_location where) {
  if (got != wanted) require(false, fmt::format("{}\n  got    {}\n  wanted {}", what, printable(got), printable(wanted)), where);
}

}  // namespace tollgate::fuzz
