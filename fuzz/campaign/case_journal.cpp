#include "fuzz/campaign/case_journal.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "fuzz/finding/repro_file.hpp"
#include "reports/run_folder.hpp"
#include "runner/toml_table.hpp"

namespace tollgate::fuzz {

std::string to_line(Script const& script) {
  auto out = fmt::format("{} {} ", script.number, script.base);
  std::string_view between = " ";
  for (auto const& change : script.changes) {
    out += fmt::format("{}{}", between, to_text(change));
    between = "; ";
  }
  return out;
}

std::expected<Script, std::string> parse_line(std::string_view line) {
  auto const first = line.find(' '), second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  auto const number = to_number<std::uint64_t>(line.substr(0, first));
  if (!number || second == std::string_view::npos) return std::unexpected("a case is its number, its flow and its changes");
  Script out{.base = std::string(line.substr(first + 1, second - first - 1)), .changes = {}, .number = *number};
  auto const rest = trim(line.substr(second));
  if (rest.empty()) return out;
  for (auto const part : split(rest, ';')) {
    auto change = parse_change(trim(part));
    if (!change) return std::unexpected(change.error());
    out.changes.push_back(std::move(*change));
  }
  return out;
}

static std::string file_of(std::filesystem::path const& folder, char const* name) {
  std::ifstream in(folder / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Whoever was killed may have left the last line half written.
static void ends_with_a_line(std::filesystem::path const& file) {
  std::error_code is_not_there;
  auto const size = std::filesystem::file_size(file, is_not_there);
  if (is_not_there || size == 0) return;
  constexpr std::uintmax_t tail_most = 65536;
  auto const from = size > tail_most ? size - tail_most : 0;
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(from));
  std::string const tail(std::istreambuf_iterator<char>(in), {});
  auto const end = tail.rfind('\n');
  if (end + 1 != tail.size()) std::filesystem::resize_file(file, end == std::string::npos ? from : from + end + 1);
}

/// Of the last case in `cases.txt`; 0 where there is none.
static std::uint64_t last_number(std::filesystem::path const& folder) {
  auto const text = file_of(folder, "cases.txt");
  auto const end = text.rfind('\n');
  if (end == std::string::npos) return 0;
  auto const before = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  auto const line = std::string_view(text).substr(before + 1, end - before - 1);  // npos + 1 is 0
  return to_number<std::uint64_t>(line.substr(0, line.find(' '))).value_or(0);
}

CaseJournal::CaseJournal(std::filesystem::path const& folder) {
  std::filesystem::create_directories(folder);
  ends_with_a_line(folder / "cases.txt");
  out_.open(folder / "cases.txt", std::ios::app);
  if (!out_) throw reports::ReportError((folder / "cases.txt").string() + ": it cannot be written");
}

void CaseJournal::note(Script const& script) {
  out_ << to_line(script) << '\n';
}

std::expected<Journaled, FileError> journaled(std::filesystem::path const& folder) {
  auto const path = (folder / "campaign.toml").string();
  if (!std::filesystem::exists(path)) return std::unexpected(FileError{path, "there is no such file: no campaign was stopped here"});
  try {
    auto root = TomlTable::parse(path, file_of(folder, "campaign.toml"));
    Journaled out;
    for (auto [key, number] : {std::pair("seed", &out.seed), std::pair("next", &out.next)}) {
      auto const read = to_number<std::uint64_t>(root.text(key).value_or(""));
      if (!read) root.refuse(key, "a number in quotes is expected");
      *number = *read;
    }
    root.done();
    out.next = std::max(out.next, last_number(folder) + 1);  // what was killed has played more than it had said
    return out;
  } catch (FileRefused const& refused) {
    return std::unexpected(refused.error);
  }
}

static std::uint64_t hash_behind_number(std::string_view line) {
  return hash_of(line.substr(std::min(line.find(' '), line.size())));
}

std::uint64_t hash_of_case(Script const& script) {
  return hash_behind_number(to_line(script));
}

std::unordered_set<std::uint64_t> played_in(std::filesystem::path const& folder) {
  std::unordered_set<std::uint64_t> out;
  std::ifstream cases(folder / "cases.txt");
  for (std::string line; std::getline(cases, line);) out.insert(hash_behind_number(line));
  return out;
}

void write_state(std::filesystem::path const& folder, Journaled const& state, std::vector<Script> const& corpus) {
  reports::write_file(folder / "campaign.toml",
                      fmt::format("# tollgate fuzz --resume --out <this folder> goes on from here\nseed = \"{}\"\n"
                                  "next = \"{}\"\n",
                                  state.seed, state.next));
  reports::write_file(folder / "corpus.toml", to_toml({.seed = state.seed, .flows = corpus}));
}

std::optional<std::filesystem::path> set_aside(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> old;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    auto const name = entry.path().filename().string();
    bool const is_state = name == "cases.txt" || name == "campaign.toml" || name == "corpus.toml" || name == "advisories.txt";
    if (is_state || name == unconfirmed_folder || std::filesystem::exists(entry.path() / "repro.toml")) old.push_back(entry.path());
  }
  if (old.empty()) return std::nullopt;
  unsigned nth = 1;
  auto const earlier = folder / earlier_folder;
  while (std::filesystem::exists(earlier / fmt::format("{}", nth))) ++nth;
  auto out = earlier / fmt::format("{}", nth);
  std::filesystem::create_directories(out);
  for (auto const& path : old) std::filesystem::rename(path, out / path.filename());
  return out;
}

std::expected<std::vector<Script>, FileError> read_corpus(std::filesystem::path const& folder) {
  auto const text = file_of(folder, "corpus.toml");
  if (text.empty() || !text.contains("[[flow]]")) return std::vector<Script>{};
  auto repro = read_repro((folder / "corpus.toml").string(), text);
  if (!repro) return std::unexpected(repro.error());
  return std::move(repro->flows);
}

}  // namespace tollgate::fuzz
