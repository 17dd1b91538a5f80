#pragma once
/// A table row of refusals: the text, and where and by which rule it must fail.
#include <gtest/gtest.h>
#include <string_view>

#include "base/parsed.hpp"
#include "base/text.hpp"

namespace tollgate {

struct RefusedText {
  std::string_view text;
  std::size_t offset;
  std::string_view rule;
};

/// Expects that `read` refuses every row as it says.
template <std::size_t N, class Read>
void expect_refused(RefusedText const (&rows)[N], Read read) {
  for (auto const& row : rows) {
    auto const result = read(row.text);
    ASSERT_FALSE(result) << printable(row.text);
    EXPECT_EQ(result.error().offset, row.offset) << printable(row.text) << ": " << describe(result.error());
    EXPECT_EQ(result.error().rule, row.rule) << printable(row.text);
    EXPECT_FALSE(result.error().clause.empty()) << printable(row.text);
  }
}

}  // namespace tollgate
