#pragma once
/// Where the lanes of a ladder stand. Between clients nothing is said, and so they stand close together where there are many; the lanes whose
/// neighbours speak with them keep room for what they say. Eight lanes fit the page of a window of 1280 pixels.
#include <cstddef>
#include <optional>
#include <vector>

#include "trace/ladder.hpp"

namespace tollgate::reports {

/// In pixels.
struct LadderLayout {
  std::vector<std::optional<int>> x;  ///< of each column of the ladder; none: it is not drawn
  std::vector<int> head_width;  ///< of the box with its name, for each column
  int width = 0;  ///< of the picture

  static constexpr int gutter = 132;  ///< what stands left of all lanes: number and time of a row
  static constexpr int fits_most = 1160;  ///< the width that is kept where the lanes let it
};

/// `drawn` says for each column of the ladder whether it has a place.
[[nodiscard]] LadderLayout ladder_layout(trace::Ladder const& ladder, std::vector<bool> const& drawn);

}  // namespace tollgate::reports
