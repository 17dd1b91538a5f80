#pragma once
/// The reference IM server as `tollgate run` and `fuzz` start it: beside this program, on free loopback ports.
#include "cli/options.hpp"
#include "runner/sut_file.hpp"

namespace tollgate::cli {

/// What a SUT file would say of it.
[[nodiscard]] SutFile embedded_server(Options const& options);

/// A file in which a server may keep what outlives its restarts within the run, and no run.
[[nodiscard]] std::string state_of_this_run();

}  // namespace tollgate::cli
