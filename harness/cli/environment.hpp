#pragma once
/// What a command takes from its surroundings: files, the suite, the wall date. Errors carry the exit code with which to end.
#include <expected>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "fuzz/finding/repro_file.hpp"
#include "fuzz/play/flow.hpp"
#include "refserver/faults.hpp"
#include "runner/baseline.hpp"
#include "runner/case.hpp"
#include "runner/sut_file.hpp"
#include "trace/trace.hpp"

namespace tollgate::cli {

/// Why a command cannot go on.
struct Refusal {
  int exit = 64;
  std::string why;
};
/// Prints the reason to standard error.
void complain(std::string const& why);
/// The reason, then the code and its meaning as the last line. Returns the code.
[[nodiscard]] int refuse(Refusal const& refusal);

[[nodiscard]] std::expected<std::string, Refusal> read_file(std::string const& path);
/// A trace that a run has saved, or a capture of that run or of anybody else. Errors name the line, or the octet or packet.
[[nodiscard]] std::expected<trace::Trace, Refusal> load_trace(std::string const& path);
/// Of a finding's folder, or the file itself.
[[nodiscard]] std::expected<fuzz::ReproFile, Refusal> load_repro(std::string const& path);
/// Those that it names, in its order.
[[nodiscard]] std::expected<std::vector<fuzz::BaseFlow>, Refusal> flows_of(fuzz::ReproFile const& repro, std::vector<Case> const& suite);
/// The built-in suite, and the scenarios and findings of every --scenarios directory.
[[nodiscard]] std::expected<std::vector<Case>, Refusal> load_suite(Options const& options);
/// The --sut file, or the embedded server's values; with --profile and --timeout-scale applied.
[[nodiscard]] std::expected<SutFile, Refusal> load_sut(Options const& options);
/// By id or name; one of the class memory is for a fuzzer, and refused.
[[nodiscard]] std::expected<refserver::Fault, Refusal> load_fault(std::string const& text);
[[nodiscard]] std::expected<std::vector<refserver::Fault>, Refusal> load_faults(Options const& options);
/// A baseline, its text and the day of the run.
struct GivenBaseline {
  Baseline known;
  std::string text, day;
};
/// The --baseline file, or one that knows nothing.
[[nodiscard]] std::expected<GivenBaseline, Refusal> load_baseline(Options const& options);

/// A seed nobody chose, from the machine's entropy.
[[nodiscard]] std::uint64_t fresh_seed();
/// UTC: "2026-11-24T14:05:09Z" and "20261124T140509Z".
[[nodiscard]] std::string wall_time();
[[nodiscard]] std::string wall_stamp();
/// UTC: "2026-11-24".
[[nodiscard]] std::string wall_day();
/// The folder that this program stands in.
[[nodiscard]] std::string program_folder();

}  // namespace tollgate::cli
