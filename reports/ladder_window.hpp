#pragma once
/// Which rows and lanes of a long ladder a picture shows: the beginning, and what lies around the witnesses; while a case runs,
/// the newest. A picture of everything helps nobody, and one without its witnesses proves nothing.
#include <cstddef>
#include <span>
#include <vector>

#include "trace/ladder.hpp"

namespace tollgate::reports {

/// What a picture may have.
struct WindowSize {
  std::size_t rows = 0;
  std::size_t lanes = 0;
};

/// A line of the picture: a row of the ladder, or how many rows are left out between the line before and the one behind.
struct WindowLine {
  std::size_t row = 0;       ///< of the ladder; of a gap the first row that is left out
  std::size_t left_out = 0;  ///< 0: this is the row itself
};

struct LadderWindow {
  std::vector<WindowLine> lines;  ///< every line in order
  std::vector<bool> lanes;        ///< for each column of the ladder whether it is drawn
};

/// All of a ladder that has no more than `most`. Else the rows of the witnesses and the first one, and then those next to them on either
/// side until `most` rows are found; a row whose parties have no lane is left out when the lanes are given away, and what lies next to the
/// first row counts only where there are lanes for all, or no witnesses. Lanes go to the IM
/// Server, to the Charging Enabler, to the witnesses from the last one back, and to their neighbours. A witness has its row also where
/// there are more of them than `most` rows, and none where there are more of them than lanes.
[[nodiscard]] LadderWindow ladder_window(trace::Ladder const& ladder, std::span<trace::EventId const> witnesses, WindowSize most);

/// The newest of a ladder that still grows: its last rows, and their lanes beside those of IM Server and Charging Enabler, the newest first.
/// Of a crowd a row without a lane is left out.
[[nodiscard]] LadderWindow newest_window(trace::Ladder const& ladder, WindowSize most);

/// Rows that the window leaves out.
[[nodiscard]] std::size_t left_out(std::span<WindowLine const> lines);

}  // namespace tollgate::reports
