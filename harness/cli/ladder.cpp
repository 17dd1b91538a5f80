// tollgate ladder: a recorded trace as a ladder of text.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "reports/ladder_text.hpp"
#include "runner/declaration.hpp"

namespace tollgate::cli {

int ladder(Options const& options) {
  auto const trace = load_trace(options.id);
  if (!trace) return refuse(trace.error());
  auto const declared = declaration_in(trace->facts());
  if (!declared) return refuse({exit_bad_file, fmt::format("{}:1: {}", options.id, declared.error())});
  fmt::print("{}", reports::ladder_text(*trace, declared->witnesses));
  return exit_ok;
}

}  // namespace tollgate::cli
