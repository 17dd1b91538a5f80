#pragma once
/// Where a header of a message/cpim, or of its content, stands in the octets.
#include <cstddef>
#include <string_view>
#include <utility>

#include "codec/cpim/message.hpp"
#include "codec/deviations.hpp"

namespace tollgate::cpim {

struct Placed {
  Header const& header;
  std::size_t offset;

  [[nodiscard]] std::size_t value_at() const;
  /// What stands between the colon and the value, without the space that ends it; and where it begins.
  [[nodiscard]] std::pair<std::size_t, std::string_view> parameters() const;
};

/// Octets from `at` to the end of its line.
[[nodiscard]] std::size_t line_size(std::string_view octets, std::size_t at);
/// Notes LF alone at the end of a line that stands at `offset`.
void judge_line_end(std::string_view raw, std::size_t offset, Deviations& found);

}  // namespace tollgate::cpim
