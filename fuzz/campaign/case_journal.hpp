#pragma once
/// What a campaign leaves of its cases: `cases.txt`, a line each, which says with what changes the case of that number was played, so
/// that each can be played again whatever the campaign had learnt before it; and `corpus.toml`, the cases that showed something
/// new, on which the next campaign builds.
#include <cstdint>
#include <expected>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "fuzz/script/script.hpp"
#include "runner/file_error.hpp"

namespace tollgate::fuzz {

/// "17 push  sip 3 drop; ch2 1 repeat 2"
[[nodiscard]] std::string to_line(Script const& script);
/// The error is a sentence.
[[nodiscard]] std::expected<Script, std::string> parse_line(std::string_view line);

class CaseJournal {
 public:
  /// Goes on behind the last whole line that is there. Throws reports::ReportError.
  explicit CaseJournal(std::filesystem::path const& folder);
  void note(Script const& script);
  void flush() { out_.flush(); }

 private:
  std::ofstream out_;
};

/// What a campaign goes on from.
struct Journaled {
  std::uint64_t seed = 0, next = 1;
};
/// Of the folder of a campaign that was stopped, or killed: what it had begun to play is not played again.
[[nodiscard]] std::expected<Journaled, FileError> journaled(std::filesystem::path const& folder);
/// Which cases it has played, whatever their numbers: `hash_of_case` of each. Of single messages the journal has few.
[[nodiscard]] std::unordered_set<std::uint64_t> played_in(std::filesystem::path const& folder);
[[nodiscard]] std::uint64_t hash_of_case(Script const& script);
void write_state(std::filesystem::path const& folder, Journaled const& state, std::vector<Script> const& corpus);
/// What lies beside the findings of a campaign and is none of them: what no fresh server has shown again, and what was there before.
inline constexpr std::string_view unconfirmed_folder = "unconfirmed", earlier_folder = "earlier";
/// Moves the findings, cases and state of an earlier campaign out of the way of one that begins there anew: to where, or nothing.
/// Throws std::filesystem::filesystem_error.
std::optional<std::filesystem::path> set_aside(std::filesystem::path const& folder);

/// Nothing where there is none yet.
[[nodiscard]] std::expected<std::vector<Script>, FileError> read_corpus(std::filesystem::path const& folder);

}  // namespace tollgate::fuzz
