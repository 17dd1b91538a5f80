#include "fuzz/campaign/case_journal.hpp"

#include <fmt/format.h>
#include <iterator>

#include "fuzz/campaign/repro_file.hpp"
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

CaseJournal::CaseJournal(std::filesystem::path const& folder) {
  std::filesystem::create_directories(folder);
  out_.open(folder / "cases.txt", std::ios::app);
  if (!out_) throw reports::ReportError((folder / "cases.txt").string() + ": it cannot be written");
}

void CaseJournal::note(Script const& script) {
  out_ << to_line(script) << '\n';
}

static std::string file_of(std::filesystem::path const& folder, char const* name) {
  std::ifstream in(folder / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
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
    return out;
  } catch (FileRefused const& refused) {
    return std::unexpected(refused.error);
  }
}

void write_state(std::filesystem::path const& folder, Journaled const& state, std::vector<Script> const& corpus) {
  reports::write_file(folder / "campaign.toml",
                      fmt::format("# tollgate fuzz --resume --out <this folder> goes on from here\nseed = \"{}\"\n"
                                  "next = \"{}\"\n",
                                  state.seed, state.next));
  reports::write_file(folder / "corpus.toml", to_toml({.seed = state.seed, .flows = corpus}));
}

std::expected<std::vector<Script>, FileError> read_corpus(std::filesystem::path const& folder) {
  auto const text = file_of(folder, "corpus.toml");
  if (text.empty() || !text.contains("[[flow]]")) return std::vector<Script>{};
  auto repro = read_repro((folder / "corpus.toml").string(), text);
  if (!repro) return std::unexpected(repro.error());
  return std::move(repro->flows);
}

}  // namespace tollgate::fuzz
