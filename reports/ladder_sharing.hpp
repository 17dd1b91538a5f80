#pragma once
/// Fewer lanes for a crowd: clients of one name share one.
#include <cstddef>

#include "trace/ladder.hpp"

namespace tollgate::reports {

/// The ladder with no more than `most` columns, if that can be had: `bob`, `bob/2` and `bob/3` become `bob +2`, and their rows say whose they
/// are. Names with the fewest rows a client go first, so that those who only deposit stand together; the name with the most keeps a lane for
/// each of its clients.
[[nodiscard]] trace::Ladder with_shared_lanes(trace::Ladder ladder, std::size_t most);

}  // namespace tollgate::reports
