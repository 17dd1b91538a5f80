#pragma once
/// Which rows of a long ladder a picture shows: the beginning, and what lies around the witnesses. A picture of everything helps nobody,
/// and one without its witnesses proves nothing.
#include <cstddef>
#include <span>
#include <vector>

#include "trace/ladder.hpp"

namespace tollgate::reports {

/// A line of the picture: a row of the ladder, or how many rows are left out between the line before and the one behind.
struct WindowLine {
  std::size_t row = 0;       ///< of the ladder; of a gap the first row that is left out
  std::size_t left_out = 0;  ///< 0: this is the row itself
};

/// Every line in order. All rows where there are no more than `most`; else the first rows and the same number on either side of each
/// witness until `most` rows are found. Each witness has its row, also where there are more of them than `most`.
[[nodiscard]] std::vector<WindowLine> ladder_window(trace::Ladder const& ladder, std::span<trace::EventId const> witnesses,
                                                    std::size_t most);

/// Rows that the window leaves out.
[[nodiscard]] std::size_t left_out(std::span<WindowLine const> window);

}  // namespace tollgate::reports
