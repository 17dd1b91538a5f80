#include "cli/fuzz_start.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "fuzz/campaign/case_journal.hpp"
#include "fuzz/play/recorded.hpp"
#include "reports/run_folder.hpp"

namespace tollgate::cli {

namespace {

/// The findings that lie in a folder, with the trace that tells each.
std::expected<std::vector<fuzz::Found>, Refusal> found_in(std::filesystem::path const& folder) {
  std::vector<fuzz::Found> out;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (!std::filesystem::exists(entry.path() / "repro.toml")) continue;
    auto const repro = load_repro(entry.path().string());
    if (!repro) return std::unexpected(repro.error());
    out.push_back({.problem = repro->problem, .folder = entry.path(), .reproduced = repro->reproduced, .times = repro->times});
    if (auto trace = load_trace((entry.path() / "trace.jsonl").string())) out.back().trace = std::move(*trace);
  }
  std::ranges::sort(out, {}, &fuzz::Found::folder);
  return out;
}

/// What was suspected and not yet tried, in the order of the names.
std::vector<fuzz::Untried> untried_in(std::filesystem::path const& folder) {
  std::vector<fuzz::Untried> out;
  if (!std::filesystem::is_directory(folder)) return out;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (!std::filesystem::exists(entry.path() / "repro.toml")) continue;
    auto const repro = load_repro(entry.path().string());
    if (!repro) fmt::print("note: {}\n", repro.error().why);  // who was killed may have left half of it
    if (!repro || repro->times > 0) continue;
    auto problem = repro->problem;
    problem.says.resize(std::min(problem.says.rfind("; "), problem.says.size()));  // without why it was left
    problem.report = read_file((entry.path() / "report.txt").string()).value_or("");
    out.push_back({.suspicion = {.problem = std::move(problem), .scripts = repro->flows}, .folder = entry.path()});
    if (auto trace = load_trace((entry.path() / "trace.jsonl").string())) out.back().suspicion.trace = std::move(*trace);
  }
  std::ranges::sort(out, {}, &fuzz::Untried::folder);
  return out;
}

/// The traces and captures that lie in a folder: what a run leaves under tests/, or anybody's.
std::optional<Refusal> add_recorded(std::vector<fuzz::Script>& corpus, std::filesystem::path const& folder) {
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    auto const& path = entry.path();
    bool const has_trace = path.extension() != ".jsonl" && std::filesystem::exists(std::filesystem::path(path).replace_extension(".jsonl"));
    if (!has_trace && (path.extension() == ".jsonl" || path.extension() == ".pcapng" || path.extension() == ".pcap")) files.push_back(path);
  }
  std::ranges::sort(files);
  for (auto const& file : files) {
    auto const trace = load_trace(file.string());
    if (!trace) return trace.error();
    for (auto& script : fuzz::recorded_in(*trace)) corpus.push_back(std::move(script));
  }
  return std::nullopt;
}

/// What a whole campaign has learnt is not lost for want of a folder.
std::optional<Refusal> make_folder(char const* flag, std::filesystem::path const& folder) {
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder, error))
    return Refusal{exit_report_not_written, fmt::format("{} {}: it is a file, not a folder", flag, folder.string())};
  std::filesystem::create_directories(folder, error);
  if (error)
    return Refusal{exit_report_not_written, fmt::format("{} {}: the folder cannot be made: {}", flag, folder.string(), error.message())};
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return std::nullopt;
  return Refusal{exit_report_not_written, fmt::format("{} {}: nothing can be written there", flag, folder.string())};
}

std::optional<Refusal> goes_on(FuzzStart& start, Options const& options) {
  if (options.out.empty()) return Refusal{exit_usage, "--resume goes on in the folder of --out"};
  auto const state = fuzz::journaled(options.out);
  if (!state) return Refusal{exit_bad_file, state.error().text()};
  if (options.seed && *options.seed != state->seed) return Refusal{exit_usage, fmt::format("--resume goes on with seed {}", state->seed)};
  start.seed = state->seed;
  start.first = state->next;
  auto found = found_in(options.out);
  if (!found) return found.error();
  start.found = std::move(*found);
  start.untried = untried_in(std::filesystem::path(options.out) / fuzz::unconfirmed_folder);
  return std::nullopt;
}

std::optional<Refusal> read_corpora(FuzzStart& start, Options const& options) {
  for (auto const& [folder, into] :
       {std::pair(options.corpus, &start.corpus), std::pair(options.resume ? options.out : "", &start.known)}) {
    if (folder.empty()) continue;
    auto corpus = fuzz::read_corpus(folder);
    if (!corpus) return Refusal{exit_bad_file, corpus.error().text()};
    *into = std::move(*corpus);
  }
  if (auto refusal = add_recorded(start.corpus, options.corpus)) return refusal;
  if (!options.resume) return std::nullopt;
  auto const played = fuzz::played_in(options.out);  // what is kept in --corpus may be what this campaign has found
  std::erase_if(start.corpus, [&](fuzz::Script const& one) { return played.contains(fuzz::hash_of_case(one)); });
  return std::nullopt;
}

/// As a run does with what an earlier one has left in its folder, but that a finding is worth more than a verdict.
std::optional<Refusal> begins_anew(std::string const& out) {
  try {
    if (auto const where = fuzz::set_aside(out))
      fmt::print("note: what an earlier campaign has left in {} lies in {} now\n", out, where->string());
  } catch (std::filesystem::filesystem_error const& error) {
    return Refusal{exit_report_not_written, error.what()};
  }
  return std::nullopt;
}

}  // namespace

std::expected<FuzzStart, Refusal> start_of(Options const& options) {
  FuzzStart start{.seed = options.seed.value_or(fresh_seed()), .out = options.out};
  if (options.resume)
    if (auto const refusal = goes_on(start, options)) return std::unexpected(*refusal);
  if (start.out.empty()) start.out = reports::default_folder(wall_stamp(), start.seed);
  if (auto const refusal = make_folder("--out", start.out)) return std::unexpected(*refusal);
  if (!options.corpus.empty())
    if (auto const refusal = make_folder("--corpus", options.corpus)) return std::unexpected(*refusal);
  if (auto const refusal = read_corpora(start, options)) return std::unexpected(*refusal);
  if (!options.resume)
    if (auto const refusal = begins_anew(start.out)) return std::unexpected(*refusal);
  return start;
}

}  // namespace tollgate::cli
