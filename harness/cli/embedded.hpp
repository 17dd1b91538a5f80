#pragma once
/// The reference IM server as `tollgate run` and `fuzz` start it: beside this program, on free loopback ports.
#include "cli/options.hpp"
#include "runner/sut_file.hpp"

namespace tollgate::cli {

/// What a SUT file would say of it.
[[nodiscard]] SutFile embedded_server(Options const& options);

}  // namespace tollgate::cli
