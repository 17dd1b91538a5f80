#include "cli/run_plan.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "cli/commands.hpp"
#include "cli/finding_plays.hpp"
#include "cli/serve.hpp"
#include "cli/sipp.hpp"
#include "reports/catalogue_digest.hpp"
#include "runner/declaration.hpp"
#include "runner/duration_expression.hpp"
#include "runner/plan.hpp"

namespace tollgate::cli {

std::string shell_word(std::string const& text) {
  bool const plain = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,") == std::string::npos;
  if (plain && !text.empty()) return text;
  std::string quoted = "'";
  for (char const c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

namespace {

/// The command that runs one case again as it ran here.
std::string again(Options const& options, std::string const& id, std::uint64_t seed) {
  std::string command = fmt::format("tollgate run {} --seed {}", id, seed);
  if (options.sim) command += " --sim";
  if (!options.sut.empty()) command += " --sut " + shell_word(options.sut);
  if (!options.profile.empty()) command += " --profile " + shell_word(options.profile);
  if (options.timeout_scale != 1) command += fmt::format(" --timeout-scale {}", options.timeout_scale);
  if (options.client != "native") command += " --client " + options.client;
  if (!options.sipp_register.empty()) command += " --sipp-register " + shell_word(options.sipp_register);
  if (!options.sipp_session.empty()) command += " --sipp-session " + shell_word(options.sipp_session);
  command += options.ways.flags();
  if (!options.imserver.empty()) command += " --imserver " + shell_word(options.imserver);
  for (auto const& fault : options.faults) command += " --fault " + shell_word(fault);
  if (!options.baseline.empty()) command += " --baseline " + shell_word(options.baseline);
  for (auto const& directory : options.scenarios) command += " --scenarios " + shell_word(directory);
  return command;
}

/// Longer than any case takes that keeps to these timers.
Duration guard_of(Ixit const& ixit) {
  constexpr int waits = 10;
  return std::max<Duration>(300s, waits * (ixit.msrp_transaction + ixit.diameter_tx + ixit.quiet_long + ixit.live));
}

/// What contradicts itself, or is not built yet.
std::optional<Refusal> senseless(Options const& options) {
  if (options.sim && !options.sut.empty()) return Refusal{exit_usage, "--sim runs the reference server in this process; it has no --sut"};
  if (!options.imserver.empty() && (options.sim || !options.sut.empty()))
    return Refusal{exit_usage, "--imserver is the program of the embedded server, which runs neither with --sim nor with --sut"};
  if (options.sim && options.timeout_scale != 1) return Refusal{exit_usage, "--sim takes no time; it has no --timeout-scale"};
  bool const is_sipp = options.client == "sipp";
  if (!is_sipp && options.client != "native")
    return Refusal{exit_usage, fmt::format("--client {}: there are native and sipp", options.client)};
  if (is_sipp && options.sim) return Refusal{exit_usage, "--client sipp plays in real time, on real sockets; it has no --sim"};
  if (!is_sipp && !(options.sipp_register.empty() && options.sipp_session.empty()))
    return Refusal{exit_usage, "--sipp-register and --sipp-session are scenarios for SIPp: say --client sipp"};
  return std::nullopt;
}

std::expected<RunnerOptions, Refusal> runner_options(Options const& options, Ixit const& ixit, std::uint64_t seed) {
  constexpr std::size_t most_native = 256, most_sipp = 8;  // a SIPp that waits takes some fiftieth of a core
  std::size_t const most = options.client == "sipp" ? most_sipp : most_native;
  bool const may_end_early = options.until_fail || options.max_fail > 0;
  RunnerOptions out{.jobs = options.jobs > 0 ? options.jobs
                            : may_end_early  ? 1
                                             : std::min<std::size_t>(ixit.side_by_side(), most),
                    .max_fail = options.max_fail,
                    .until_fail = options.until_fail,
                    .seed = seed};
  if (options.deadline.empty()) return out;
  auto const deadline = read_plain_duration(options.deadline);
  if (!deadline) return std::unexpected(Refusal{exit_usage, fmt::format("--deadline {}: {}", options.deadline, deadline.error().detail)});
  if (*deadline <= Duration::zero())
    return std::unexpected(Refusal{exit_usage, "--deadline 0 leaves no time for any case; leave it out for no deadline"});
  out.deadline = *deadline;
  return out;
}

/// In simulated time the server is a part of this process, which neither ends, hangs nor leaks like one.
void excludes_simulated(Plan& plan) {
  for (std::size_t i = plan.shared; i < plan.cases.size(); ++i) {
    auto const kind = fuzz::regression_of(*plan.cases[i])->repro.problem.kind;
    if (!fuzz::is_kind_of_its_own_word(kind)) continue;
    auto& result = plan.run.cases[i];
    result.verdict = Verdict::na;
    result.reason = "not applicable";
    result.because = fmt::format("--sim: a {} is seen of a server that is a process", kind);
    result.finished = true;
  }
}

}  // namespace

std::expected<std::vector<reports::ExtraReport>, Refusal> extra_reports(Options const& options) {
  std::vector<reports::ExtraReport> out;
  for (auto const& text : options.reports) {
    auto extra = reports::ExtraReport::parse(text);
    if (!extra) return std::unexpected(Refusal{exit_usage, extra.error()});
    out.push_back(std::move(*extra));
  }
  return out;
}

std::optional<Refusal> make(Plan& plan, Options const& options) {
  if (auto const refusal = senseless(options)) return refusal;
  auto suite = load_suite(options);
  if (!suite) return suite.error();
  auto sut = load_sut(options);
  if (!sut) return sut.error();
  if (!options.sim) sut->ixit.flows_most = flows_within_descriptors(sut->ixit.sip_transport);
  if (options.client == "sipp") {
    auto sipp = load_sipp(options);
    if (!sipp) return sipp.error();
    sut->sipp = std::move(*sipp);
  }
  auto faults = load_faults(options);
  if (!faults) return faults.error();
  auto baseline = load_baseline(options);
  if (!baseline) return baseline.error();
  auto const seed = options.seed.value_or(fresh_seed());
  auto runner = runner_options(options, sut->ixit, seed);
  if (!runner) return runner.error();
  auto extra = extra_reports(options);
  if (!extra) return extra.error();
  auto serve = serve_settings(options);
  if (!serve) return serve.error();
  plan.suite = std::move(*suite);
  auto const partition = Partition::parse(options.partition);
  if (!partition && !options.partition.empty())
    return Refusal{exit_usage, fmt::format("--partition {}: expected hash:m/n with m from 1 to n", options.partition)};
  if (auto const typo = selects_nothing(plan.suite, options.select))
    return Refusal{exit_nothing_selected, fmt::format("'{}' selects nothing; `tollgate list` shows what there is", *typo)};
  plan.run.selection = {options.select, options.filter, options.level, partition, options.repeat, options.shuffle};
  plan.cases = planned(plan.suite, plan.run.selection, seed);
  if (plan.cases.empty()) return Refusal{exit_nothing_selected, "no case is selected; `tollgate list` shows what there is"};
  plan.shared = findings_last(plan.cases);
  plan.sut = std::move(*sut);
  plan.faults = std::move(*faults);
  plan.extra = std::move(*extra);
  plan.terms = terms_of(plan.sut.profile, plan.sut.ixit);
  plan.runner = *runner;
  plan.runner.guard = guard_of(plan.sut.ixit);
  plan.baseline = std::move(baseline->known);
  Run& run = plan.run;
  run.baseline = std::move(baseline->text);
  if (!run.baseline.empty()) run.day = std::move(baseline->day);
  run.version = TOLLGATE_VERSION;
  run.seed = seed;
  run.sut = plan.sut.name;
  run.profile = plan.sut.profile.bundle;
  if (!options.sim) run.started_at = wall_time();  // simulated time is the same whenever it runs
  run.out = options.out.empty() ? reports::default_folder(wall_stamp(), seed) : options.out;
  plan.serve = std::move(*serve);
  if (plan.serve) plan.serve->folder = run.out;
  run.sut_toml = plan.sut.without_secrets;
  run.ics.assign(plan.sut.claims.begin(), plan.sut.claims.end());
  run.declares = facts_of(plan.sut.profile, plan.sut.ixit);
  run.catalogue = reports::catalogue_digest(plan.suite);
  run.log = fmt::format("tollgate {}  SUT {}  profile {}  seed {}  started {}\n", run.version, run.sut, run.profile, seed, wall_time());
  run.baseline_problems = plan.baseline.problems(plan.suite);
  run.cases = plan_results(plan.cases, plan.sut.profile, plan.sut.claims);
  if (options.sim) excludes_simulated(plan);
  std::map<std::string, std::uint64_t> repetitions;  // each draws as a run by itself with the next seed would
  for (auto& result : run.cases) result.again = again(options, result.info.id, seed + repetitions[result.info.id]++);
  return std::nullopt;
}

}  // namespace tollgate::cli
