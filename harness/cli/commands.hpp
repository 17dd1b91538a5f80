#pragma once
/// The commands of `tollgate`. Each returns the exit code of the contract.
#include "cli/options.hpp"
#include "runner/exit_code.hpp"

namespace tollgate::cli {

// Exit codes of the contract that commands return by name; the rest come from the verdicts.
inline constexpr int exit_ok = 0, exit_fail = 1, exit_nothing_selected = 4, exit_usage = 64, exit_bad_file = 65, exit_internal = 70,
                     exit_report_not_written = 74, exit_deadline = 124, exit_interrupted = 130, exit_harness = 3;

[[nodiscard]] int run(Options const& options);
[[nodiscard]] int list(Options const& options);
[[nodiscard]] int explain(Options const& options);
[[nodiscard]] int faults(Options const& options);
[[nodiscard]] int matrix(Options const& options);
[[nodiscard]] int judge(Options const& options);
[[nodiscard]] int report(Options const& options);
[[nodiscard]] int bundle(Options const& options);
[[nodiscard]] int verify(Options const& options);
[[nodiscard]] int lint(Options const& options);
[[nodiscard]] int ladder(Options const& options);
[[nodiscard]] int doctor(Options const& options);
[[nodiscard]] int fuzz(Options const& options);
[[nodiscard]] int repro(Options const& options);
[[nodiscard]] int minimize(Options const& options);
[[nodiscard]] int explain_exit(Options const& options);

}  // namespace tollgate::cli
