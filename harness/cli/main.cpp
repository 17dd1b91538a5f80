// tollgate: the program. Reads the command line, runs one command, ends with an exit code of the contract.
#include <cstdio>
#include <exception>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/crash.hpp"
#include "cli/environment.hpp"
#include "runner/exit_code.hpp"
#include "transport/network.hpp"

namespace tollgate::cli {

static int dispatch(Options const& options) {
  if (options.command == "run") return run(options);
  if (options.command == "list") return list(options);
  if (options.command == "explain") return explain(options);
  if (options.command == "matrix") return matrix(options);
  if (options.command == "faults") return faults(options);
  if (options.command == "judge") return judge(options);
  if (options.command == "report") return report(options);
  if (options.command == "lint") return lint(options);
  if (options.command == "ladder") return ladder(options);
  if (options.command == "fuzz") return fuzz(options);
  if (options.command == "repro") return repro(options);
  if (options.command == "minimize") return minimize(options);
  if (options.command == "doctor") return doctor(options);
  return explain_exit(options);
}

static int guarded(Options const& options) {
  try {
    return dispatch(options);
  } catch (NetworkError const& error) {
    return refuse({exit_harness, error.what()});
  } catch (std::exception const& error) {
    return refuse({exit_internal, fmt::format("internal error: {}", error.what())});
  }
}

/// The last line of every command: where verdicts are printed, beside them; else not among what other programs read.
static int told(std::string const& command, int code) {
  bool const judges = command == "run" || command == "matrix";
  auto const meaning = exit_meaning(code);
  std::string_view const good = command == "run"      ? "all cases passed or failed as known"
                                : command == "matrix" ? "every fault caught, no false alarm"
                                                      : "done";
  bool const lints = command == "lint" && code == exit_fail, replays = command == "judge" && code == exit_fail;
  std::string_view const bad = lints     ? "a message has to be rejected"
                               : replays ? "a monitor found a breach"
                               : command == "matrix" && code == exit_fail
                                   ? "a fault survived or was caught for another reason, or a faultless server fails"
                               : meaning ? meaning->meaning
                                         : std::string_view();
  std::fflush(stdout);
  fmt::print(judges ? stdout : stderr, "exit {}: {}\n", code, code == exit_ok ? good : bad);
  return code;
}

}  // namespace tollgate::cli

int main(int argc, char** argv) {
  tollgate::cli::explains_crashes();
  auto const parsed = tollgate::cli::parse(argc, argv);
  if (!parsed.options) return tollgate::cli::told("", parsed.exit);
  return tollgate::cli::told(parsed.options->command, tollgate::cli::guarded(*parsed.options));
}
