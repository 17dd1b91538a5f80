#include "cli/sipp.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <optional>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "runner/child_process.hpp"
#include "runner/sipp_scenario.hpp"
#include "runner/sipp_stage.hpp"
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

namespace {

/// A scenario of the user's own: what it is for, and what comes first in it.
struct OwnFile {
  std::string const& path;
  std::string& text;  ///< of the settings
  FirstMessage first;
  std::vector<std::string> keys;  ///< that the IM Client gives it
};

/// What SIPp has to say against it: it reads the scenario before it opens the socket, which it cannot at an address of RFC 5737.
std::string said_by_sipp(OwnFile const& own) {
  std::vector<std::string> command{"sipp", "-sf", own.path, "-i", "192.0.2.1", "-t", "t1", "-m", "1", "-timeout", "1s", "-nostdin"};
  for (auto const& key : own.keys) command.insert(command.end(), {"-key", key, "x"});
  if (own.first.is_ours) command.emplace_back("127.0.0.1:9");
  auto said = complaint_of_sipp(output_of(command));
  return said.starts_with("Unable to bind ") || said.starts_with("Unable to connect ") ? "" : said;
}

std::optional<Refusal> load(OwnFile const& own) {
  auto read = read_file(own.path);
  if (!read) return read.error();
  own.text = std::move(*read);
  if (auto const error = ill_formed_sipp_scenario(own.path, own.text, own.first)) return Refusal{exit_bad_file, error->text()};
  if (auto const said = said_by_sipp(own); !said.empty()) return Refusal{exit_bad_file, fmt::format("{}: SIPp says: {}", own.path, said)};
  return std::nullopt;
}

}  // namespace

std::expected<SippSettings, Refusal> load_sipp(Options const& options) {
  if (auto const version = sipp_version(); !version) return std::unexpected(Refusal{exit_usage, "--client sipp: " + version.error()});
  if (auto const why = why_no_sipp_stage()) return std::unexpected(Refusal{exit_usage, "--client sipp: " + *why});
  SippSettings settings;
  for (auto const& file : sipp_files()) settings.scenes.emplace(std::filesystem::path(file.path).stem().string(), file.text);
  OwnFile const own[] = {{options.sipp_register,
                          settings.own_register,
                          {.method = "REGISTER", .is_ours = true},
                          {"aor", "uri", "from", "to", "contact", "expires", "type", "content"}},
                         {options.sipp_session,
                          settings.own_session,
                          {.method = "INVITE"},
                          {"aor", "tag", "from", "to", "contact", "expires", "type", "content"}}};
  for (auto const& one : own) {
    if (one.path.empty()) continue;
    if (auto refusal = load(one)) return std::unexpected(std::move(*refusal));
  }
  return settings;
}

}  // namespace tollgate::cli
