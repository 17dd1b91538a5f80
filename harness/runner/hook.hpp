#pragma once
/// A program of the vendor that the SUT file names: it lays a message down, or empties the server.
#include <string>
#include <vector>

#include "sim/task.hpp"
#include "sim/wall_clock.hpp"

namespace tollgate {

/// Why it did not do what it is for: it could not be started, did not end within `patience`, or ended with anything but exit 0. ""
/// when it did.
[[nodiscard]] Task<std::string> run_hook(WallClock& clock, std::vector<std::string> command, Duration patience);

}  // namespace tollgate
