// tollgate ladder: a recorded trace as a ladder of text.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "reports/ladder_text.hpp"

namespace tollgate::cli {

int ladder(Options const& options) {
  auto const trace = load_trace(options.id);
  if (!trace) return refuse(trace.error());
  fmt::print("{}", reports::ladder_text(*trace));
  return exit_ok;
}

}  // namespace tollgate::cli
