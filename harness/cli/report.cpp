// tollgate report: other formats from a finished run.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "reports/run_folder.hpp"
#include "reports/stored_run.hpp"

namespace tollgate::cli {

int report(Options const& options) {
  auto const run = reports::stored_run(options.id);
  if (!run) return refuse({exit_bad_file, run.error()});
  try {
    for (auto const& text : options.reports) {
      auto const extra = reports::ExtraReport::parse(text);
      if (!extra) return refuse({exit_usage, extra.error()});
      reports::write(*extra, reports::render(extra->kind, *run));
      fmt::print("{}\n", extra->path.string());
    }
  } catch (reports::ReportError const& error) {
    return refuse({exit_report_not_written, error.what()});
  }
  return exit_ok;
}

}  // namespace tollgate::cli
