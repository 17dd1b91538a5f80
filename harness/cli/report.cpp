// tollgate report: other formats from a finished run, and several runs side by side.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "reports/compare.hpp"
#include "reports/run_folder.hpp"
#include "reports/stored_run.hpp"

namespace tollgate::cli {

static std::expected<std::vector<Run>, Refusal> stored_runs(Options const& options) {
  std::vector<Run> runs;
  for (auto const& folder : options.files) {
    auto run = reports::stored_run(std::filesystem::path(folder));
    if (!run) return std::unexpected(Refusal{exit_bad_file, run.error()});
    runs.push_back(std::move(*run));
  }
  return runs;
}

/// The matrix leads to the pages where they are now, not where the runs wrote them.
static std::vector<Run> where_they_are(std::vector<Run> runs, std::vector<std::string> const& folders) {
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i].out = folders[i];
  return runs;
}

/// The path after "matrix="; nothing for another report.
static std::optional<std::filesystem::path> matrix_path(std::string_view report) {
  constexpr std::string_view matrix = "matrix=";
  if (!report.starts_with(matrix) || report == matrix) return std::nullopt;
  return report.substr(matrix.size());
}

int report(Options const& options) {
  auto const runs = stored_runs(options);
  if (!runs) return refuse(runs.error());
  try {
    for (auto const& text : options.reports) {
      if (auto const path = matrix_path(text)) {
        reports::write_file(*path, reports::matrix_page(where_they_are(*runs, options.files), *path));
        fmt::print("{}\n", path->string());
        continue;
      }
      auto const extra = reports::ExtraReport::parse(text);
      if (!extra) return refuse({exit_usage, fmt::format("{}; matrix, of several runs, is this command's own", extra.error())});
      reports::write(*extra, reports::render(extra->kind, runs->back(), extra->path));
      fmt::print("{}\n", extra->path.string());
    }
  } catch (reports::ReportError const& error) {
    return refuse({exit_report_not_written, error.what()});
  }
  return exit_ok;
}

}  // namespace tollgate::cli
