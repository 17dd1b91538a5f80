#pragma once
/// What holds for a server that no SUT file describes, in the words of one: for the artefacts of a run.
#include <string>

#include "runner/sut_file.hpp"

namespace tollgate {

/// Its name, profile, timers and ICS as TOML. It is no SUT file: where such a server listens is known only while it runs.
[[nodiscard]] std::string effective_text(SutFile const& sut);

}  // namespace tollgate
