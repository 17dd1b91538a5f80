#pragma once
/// What `tollgate run` has decided before it begins: cases, server, seed, terms, reports.
#include <optional>
#include <vector>

#include "cli/environment.hpp"
#include "reports/live/live_server.hpp"
#include "reports/run_folder.hpp"
#include "runner/runner.hpp"

namespace tollgate::cli {

/// Everything that is decided before the first octet is sent. The pointers in it stay good as long as it is not moved.
struct Plan {
  std::vector<Case> suite;
  std::vector<Case const*> cases;  ///< the selected ones, findings of a campaign last; point into `suite`
  std::size_t shared = 0;          ///< so many, the first of them, are no findings
  SutFile sut;
  std::vector<refserver::Fault> faults;
  std::vector<reports::ExtraReport> extra;
  std::optional<reports::LiveServer::Settings> serve;
  rules::Terms terms;
  RunnerOptions runner;
  Baseline baseline;
  Run run;
};

/// As a shell takes it for one word.
[[nodiscard]] std::string shell_word(std::string const& text);

/// Of --report KIND=PATH.
[[nodiscard]] std::expected<std::vector<reports::ExtraReport>, Refusal> extra_reports(Options const& options);

/// Fills `plan`, or says what is wrong with the command line or a file that it names.
[[nodiscard]] std::optional<Refusal> make(Plan& plan, Options const& options);

}  // namespace tollgate::cli
