// tollgate: the program. Reads the command line, runs one command, ends with an exit code of the contract.
#include <fmt/format.h>

#include <exception>

#include "cli/crash.hpp"
#include "cli/commands.hpp"
#include "cli/environment.hpp"
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

}  // namespace tollgate::cli

int main(int argc, char** argv) {
  tollgate::cli::explains_crashes();
  auto const parsed = tollgate::cli::parse(argc, argv);
  return parsed.options ? tollgate::cli::guarded(*parsed.options) : parsed.exit;
}
