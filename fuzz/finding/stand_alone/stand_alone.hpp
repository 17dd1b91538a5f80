#pragma once
/// What plays a finding again without tollgate: `repro.sh`, which bash and perl-base run, `steps.txt`, what happened in the order
/// in which it did, and the messages as octets.
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/play/arena.hpp"

namespace tollgate::fuzz {

/// Of the flows of one trial. The server is launched as `server` says, or runs already. `capabilities`: the answer to its CER, where it
/// was changed. Throws reports::ReportError.
void write_stand_alone(std::filesystem::path const& folder, Problem const& problem, SutFile const& server, std::span<Played const> played,
                       Octets const& capabilities = {});

/// The files that are the same in every folder.
struct ScriptFile {
  std::string_view name, text;
};
[[nodiscard]] std::span<ScriptFile const> stand_alone_scripts();

}  // namespace tollgate::fuzz
