#pragma once
/// What a campaign leaves of its cases: `cases.txt`, a line each, which says with what changes the case of that number was played, so
/// that each can be played again whatever the campaign had learnt before it; and `corpus.toml`, the cases that showed something
/// new, on which the next campaign builds.
#include <cstdint>
#include <expected>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "fuzz/campaign/script.hpp"
#include "runner/file_error.hpp"

namespace tollgate::fuzz {

/// "17 push  sip 3 drop; ch2 1 repeat 2"
[[nodiscard]] std::string to_line(Script const& script);
/// The error is a sentence.
[[nodiscard]] std::expected<Script, std::string> parse_line(std::string_view line);

class CaseJournal {
 public:
  /// Goes on behind what is there. Throws reports::ReportError.
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
/// Of the folder of a campaign that was stopped.
[[nodiscard]] std::expected<Journaled, FileError> journaled(std::filesystem::path const& folder);
void write_state(std::filesystem::path const& folder, Journaled const& state, std::vector<Script> const& corpus);
/// Nothing where there is none yet.
[[nodiscard]] std::expected<std::vector<Script>, FileError> read_corpus(std::filesystem::path const& folder);

}  // namespace tollgate::fuzz
