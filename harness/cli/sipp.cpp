#include "cli/sipp.hpp"

#include <filesystem>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "runner/child_process.hpp"
#include "scenarios/scenario_files.hpp"

namespace tollgate::cli {

static std::string output_of(std::vector<std::string> const& command) {
  constexpr Duration patience = 5s;
  WallClock clock;
  ChildProcess process(clock, command, {});
  auto const until = clock.now() + patience;
  clock.run_until([&] { return (process.ended() && !process.output().empty()) || clock.now() >= until; });  // noticed in any order
  return process.output();
}

std::expected<std::string, std::string> sipp_version() {
  constexpr std::string_view install = "Debian's package is sip-tester; ci/setup installs it";
  constexpr unsigned oldest = 36;  // what Debian bookworm has and our tests play with
  std::string said;
  try {
    said = output_of({"sipp", "-v"});
  } catch (std::runtime_error const& error) {
    return std::unexpected(fmt::format("{}; {}", error.what(), install));
  }
  constexpr std::string_view before = "SIPp v";
  auto const at = said.find(before);
  if (at == std::string::npos) return std::unexpected(fmt::format("`sipp -v` names no version; {}", install));
  auto version = said.substr(at + before.size(), said.find_first_of("-\r\n ", at + before.size()) - at - before.size());
  auto const parts = split(version, '.');
  auto const major = to_number<unsigned>(parts[0]);
  auto const minor = parts.size() > 1 ? to_number<unsigned>(parts[1]) : std::optional(0U);
  if (!major || !minor) return std::unexpected(fmt::format("SIPp's version '{}' is none that can be read; {}", version, install));
  if (*major * 10 + *minor < oldest)
    return std::unexpected(fmt::format("SIPp {} is too old, 3.6 is the oldest that does; {}", version, install));
  return version;
}

std::expected<SippSettings, Refusal> load_sipp(Options const& options) {
  if (auto const version = sipp_version(); !version) return std::unexpected(Refusal{exit_usage, "--client sipp: " + version.error()});
  SippSettings settings;
  for (auto const& file : sipp_files()) settings.scenes.emplace(std::filesystem::path(file.path).stem().string(), file.text);
  for (auto const& [path, text] :
       {std::pair(&options.sipp_register, &settings.own_register), std::pair(&options.sipp_session, &settings.own_session)}) {
    if (path->empty()) continue;
    auto read = read_file(*path);
    if (!read) return std::unexpected(read.error());
    *text = std::move(*read);
  }
  return settings;
}

}  // namespace tollgate::cli
