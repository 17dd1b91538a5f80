// tollgate run: plan, world, cases, verdicts, reports, exit code.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "reports/console.hpp"
#include "reports/run_folder.hpp"
#include "runner/duration_expression.hpp"
#include "runner/exit_code.hpp"
#include "runner/inference.hpp"
#include "runner/plan.hpp"
#include "runner/real_run.hpp"
#include "runner/simulated_run.hpp"

namespace tollgate::cli {

namespace {

/// Everything that is decided before the first octet is sent.
struct Plan {
  std::vector<Case> suite;
  std::vector<Case const*> cases;  ///< the selected ones; point into `suite`
  SutFile sut;
  std::vector<refserver::Fault> faults;
  std::vector<reports::ExtraReport> extra;
  rules::Terms terms;
  RunnerOptions runner;
  Run run;
};

std::string shell_word(std::string const& text) {
  bool const plain = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,") == std::string::npos;
  if (plain && !text.empty()) return text;
  std::string quoted = "'";
  for (char const c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// The command that runs one case again as it ran here.
std::string again(Options const& options, std::string const& id, std::uint64_t seed) {
  std::string command = fmt::format("tollgate run {} --seed {}", id, seed);
  if (options.sim) command += " --sim";
  if (!options.sut.empty()) command += " --sut " + shell_word(options.sut);
  if (!options.profile.empty()) command += " --profile " + shell_word(options.profile);
  if (options.timeout_scale != 1) command += fmt::format(" --timeout-scale {}", options.timeout_scale);
  for (auto const& fault : options.faults) command += " --fault " + shell_word(fault);
  for (auto const& directory : options.scenarios) command += " --scenarios " + shell_word(directory);
  return command;
}

rules::Terms terms_of(SutFile const& sut) {
  rules::Terms terms;
  terms.msrp_transaction_ns = sut.ixit.msrp_transaction.count();
  terms.epsilon_ns = sut.ixit.epsilon.count();
  apply(sut.profile, terms);
  return terms;
}

std::expected<RunnerOptions, Refusal> runner_options(Options const& options, std::uint64_t seed) {
  RunnerOptions out{.jobs = options.jobs, .max_fail = options.until_fail ? 1 : options.max_fail, .seed = seed};
  if (options.deadline.empty()) return out;
  auto const deadline = read_plain_duration(options.deadline);
  if (!deadline) return std::unexpected(Refusal{exit_usage, fmt::format("--deadline {}: {}", options.deadline, deadline.error().detail)});
  out.deadline = *deadline;
  return out;
}

std::expected<std::vector<reports::ExtraReport>, Refusal> extra_reports(Options const& options) {
  std::vector<reports::ExtraReport> out;
  for (auto const& text : options.reports) {
    auto extra = reports::ExtraReport::parse(text);
    if (!extra) return std::unexpected(Refusal{exit_usage, extra.error()});
    out.push_back(std::move(*extra));
  }
  return out;
}

/// Fills `plan`; the pointers in it stay good as long as it is not moved.
std::optional<Refusal> make(Plan& plan, Options const& options) {
  if (options.sim && !options.sut.empty()) return Refusal{exit_usage, "--sim runs the reference server in this process; it has no --sut"};
  if (options.sim && options.timeout_scale != 1) return Refusal{exit_usage, "--sim takes no time; it has no --timeout-scale"};
  auto suite = load_suite(options);
  if (!suite) return suite.error();
  auto sut = load_sut(options);
  if (!sut) return sut.error();
  auto faults = load_faults(options);
  if (!faults) return faults.error();
  auto const seed = options.seed.value_or(fresh_seed());
  auto runner = runner_options(options, seed);
  if (!runner) return runner.error();
  auto extra = extra_reports(options);
  if (!extra) return extra.error();
  plan.suite = std::move(*suite);
  auto const partition = Partition::parse(options.partition);
  if (!partition && !options.partition.empty())
    return Refusal{exit_usage, fmt::format("--partition {}: expected hash:m/n with m from 1 to n", options.partition)};
  plan.cases = select(plan.suite, {options.select, options.filter, options.level, partition, options.repeat});
  if (plan.cases.empty()) return Refusal{exit_nothing_selected, "no case is selected; `tollgate list` shows what there is"};
  plan.sut = std::move(*sut);
  plan.faults = std::move(*faults);
  plan.extra = std::move(*extra);
  plan.terms = terms_of(plan.sut);
  plan.runner = *runner;
  Run& run = plan.run;
  run.version = TOLLGATE_VERSION;
  run.seed = seed;
  run.sut = plan.sut.name;
  run.profile = plan.sut.profile.bundle;
  run.started_at = wall_time();
  run.out = options.out.empty() ? reports::default_folder(wall_stamp(), seed) : options.out;
  run.sut_toml = plan.sut.without_secrets;
  run.cases = plan_results(plan.cases, plan.sut.profile);
  for (auto& result : run.cases) result.again = again(options, result.info.id, seed);
  return std::nullopt;
}

reports::Console console() {
  // NOLINTBEGIN(concurrency-mt-unsafe): one thread
  bool const colour = reports::wants_colour(::isatty(STDOUT_FILENO) != 0, std::getenv("NO_COLOR"), std::getenv("CLICOLOR_FORCE"));
  // NOLINTEND(concurrency-mt-unsafe)
  return {std::cout, colour};
}

class Running {
 public:
  Running(Plan& plan, Options const& options)
      : plan_(plan), options_(options), console_(console()), folder_(plan.run, plan.extra) {}

  int go() {
    if (options_.out.empty()) folder_.link_latest();
    int const ended = options_.sim ? simulate() : run_really();
    if (unwritten_) std::rethrow_exception(unwritten_);
    Run& run = plan_.run;
    run.inferred = infer_profile(run.cases, plan_.sut.ixit);
    run.exit = ended != exit_ok ? ended : exit_code(run);
    folder_.complete();
    console_.ends(run);
    console_.exits(run.exit);
    return run.exit;
  }

 private:
  /// Called inside a case's coroutine, so what cannot be written is thrown later.
  void finished(CaseResult& result) {
    console_.finished(result);
    if (unwritten_) return;
    try {
      folder_.finished(result);
    } catch (reports::ReportError const&) {
      unwritten_ = std::current_exception();
    }
  }

  int simulate() {
    SimulatedOptions simulated{.seed = plan_.run.seed, .faults = {plan_.faults.begin(), plan_.faults.end()},
                               .sip_transport = plan_.sut.ixit.sip_transport, .terms = plan_.terms, .runner = plan_.runner};
    console_.begins(plan_.run);
    bool const complete = run_simulated(plan_.cases, plan_.run.cases, simulated, [this](CaseResult& result) { finished(result); });
    for (auto const& result : plan_.run.cases)  // simulated time
      plan_.run.duration = std::max(plan_.run.duration, result.started + result.duration);
    return complete ? exit_ok : exit_deadline;
  }

  int run_really() {
    RealRun real(plan_.sut, plan_.run.seed);
    try {
      real.make_ready(options_.sut.empty());
    } catch (Unreachable const& unreachable) {
      plan_.run.log = fmt::format("{}\n{}", unreachable.what(), real.sut_output());
      return refuse({exit_unreachable, unreachable.what()});
    }
    console_.begins(plan_.run);
    auto const started = real.clock().now();
    auto const end = real.run(plan_.cases, plan_.run.cases, plan_.terms, plan_.runner,
                              [this](CaseResult& result) { finished(result); });
    plan_.run.duration = real.clock().now() - started;
    plan_.run.lag_p99 = real.lag_p99();
    plan_.run.log = real.sut_output();
    reports::write_file(std::filesystem::path(plan_.run.out) / "peers.jsonl", trace::save(real.peer_trace()));
    switch (end) {
      case RealRun::End::complete: return exit_ok;
      case RealRun::End::deadline: return exit_deadline;
      case RealRun::End::interrupted: return exit_interrupted;
    }
    return exit_internal;
  }

  Plan& plan_;
  Options const& options_;
  reports::Console console_;
  reports::RunFolder folder_;
  std::exception_ptr unwritten_;  ///< the first report that could not be written
};

}  // namespace

/// The reason, then the code and its meaning as the last line, as every run ends.
static int end(Refusal const& refusal) {
  int const code = refuse(refusal);
  console().exits(code);
  return code;
}

int run(Options const& options) {
  Plan plan;
  if (auto const refusal = make(plan, options)) return end(*refusal);
  try {
    return Running(plan, options).go();
  } catch (reports::ReportError const& error) {
    return end({exit_report_not_written, error.what()});
  } catch (NetworkError const& error) {
    return end({exit_harness, error.what()});
  }
}

int explain_exit(Options const& options) {
  auto const meaning = exit_meaning(options.exit_code);
  if (!meaning) return refuse({exit_usage, fmt::format("tollgate never ends with {}", options.exit_code)});
  fmt::print("{}: {}. {}\n", meaning->code, meaning->meaning, meaning->advice);
  return exit_ok;
}

}  // namespace tollgate::cli
