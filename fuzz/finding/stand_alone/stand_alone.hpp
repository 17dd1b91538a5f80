#pragma once
/// What plays a finding again without tollgate: `repro.sh`, which bash and perl-base run, `steps.txt`, what happened in the order
/// in which it did, and the messages as octets.
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/play/arena.hpp"

namespace tollgate::fuzz {

/// What one trial has shown.
struct ToPlay {
  std::span<Played const> flows;
  Octets capabilities = {};           ///< the answer to the server's CER, where it was changed
  Played const* unchanged = nullptr;  ///< a flow that passes on a fresh server, and is to pass no more behind the others
};

/// The server is launched as `server` says, or runs already. Throws reports::ReportError.
void write_stand_alone(std::filesystem::path const& folder, Problem const& problem, SutFile const& server, ToPlay const& what);

/// The files that are the same in every folder.
struct ScriptFile {
  std::string_view name, text;
};
[[nodiscard]] std::span<ScriptFile const> stand_alone_scripts();

}  // namespace tollgate::fuzz
