// tollgate run: world, cases, verdicts, reports, exit code.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <iostream>
#include <mutex>
#include <set>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "cli/finding_plays.hpp"
#include "cli/fuzz_ground.hpp"
#include "cli/run_plan.hpp"
#include "fuzz/campaign/ground_truth.hpp"
#include "reports/added_results.hpp"
#include "reports/console.hpp"
#include "reports/escape.hpp"
#include "reports/github.hpp"
#include "reports/live/live_view.hpp"
#include "reports/progress.hpp"
#include "rules/grammar.hpp"
#include "rules/over_the_run.hpp"
#include "runner/exit_code.hpp"
#include "runner/interruption.hpp"
#include "runner/real_run.hpp"
#include "runner/simulated_run.hpp"
#include "runner/summing_up.hpp"
#include "runner/unshown_faults.hpp"

namespace tollgate::cli {

namespace {

reports::Detail detail_of(Options const& options) {
  return options.quiet ? reports::Detail::quiet : options.verbose ? reports::Detail::verbose : reports::Detail::normal;
}

/// Of the terminal that standard error goes to; 0 where it goes elsewhere.
std::size_t columns() {
  winsize size{};
  constexpr std::size_t usual = 80;
  if (::isatty(STDERR_FILENO) == 0) return 0;
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;  // NOLINT(*-vararg)
}

bool wants_colour(Options const& options) {
  if (options.color != "auto") return options.color == "always";
  // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
  return reports::wants_colour(::isatty(STDOUT_FILENO) != 0, std::getenv("NO_COLOR"), std::getenv("CLICOLOR_FORCE"));
}

/// Its log is read by GitHub, which folds and annotates.
bool is_github() {
  auto const* actions = std::getenv("GITHUB_ACTIONS");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return actions != nullptr && std::string_view(actions) == "true";
}

reports::Console console(Options const& options) {
  return {std::cout, wants_colour(options), detail_of(options), is_github() ? reports::Folds::by_clause : reports::Folds::nothing};
}

class Running {
 public:
  Running(Plan& plan, Options const& options) : plan_(plan), options_(options), console_(console(options)), folder_(plan.run, plan.extra) {}

  int go() {
    if (options_.out.empty()) folder_.link_latest();
    if (plan_.serve) {
      live_.emplace(plan_.run, *plan_.serve);
      fmt::print("live view: {}\n", live_->url());
      if (auto const elsewhere = live_->url_from_elsewhere(); !elsewhere.empty())
        fmt::print("from another machine, by this one's name or any address of it: {}\n", elsewhere);
    }
    int ended = options_.sim ? simulate() : plan_.shared > 0 ? run_really() : exit_ok;
    judge_readings();
    Run& run = plan_.run;
    sum_up(run, plan_.sut.profile, plan_.sut.ixit);
    if (ended == exit_ok && !options_.sim) ended = play_findings();  // behind all else: a SUT file may name one address
    run.exit = ended != exit_ok ? ended : exit_code(run);
    if (live_) live_->over();
    write([this] { folder_.complete(); });
    if (annotates()) fmt::print("{}", reports::github_annotations(run));
    console_.ends(run);
    if (options_.sim && !options_.quiet) fmt::print("{}", unshown_faults(plan_.faults, looked_at_, run.cases));
    if (unwritten_.empty()) return run.exit;
    complain(unwritten_);
    return exit_report_not_written;
  }

 private:
  void finished(CaseResult& result) {
    plan_.baseline.apply(result);
    progress_.clears();
    console_.finished(result);
    if (live_) live_->finished(result);
    write([&] { folder_.finished(result); });
  }

  void shows(std::span<UnderWay const> under_way) {
    if (!options_.quiet) progress_.shows(plan_.run, under_way);
    if (live_) live_->shows(under_way);
  }

  /// Who runs us wants GitHub to find in the log what failed.
  [[nodiscard]] bool annotates() const { return is_github() && std::ranges::count(plan_.extra, "github", &reports::ExtraReport::kind) > 0; }

  /// What cannot be written ends neither the run nor the other reports; the first reason is told at the end.
  void write(std::function<void()> const& what) {
    try {
      what();
    } catch (reports::ReportError const& error) {
      std::scoped_lock const lock(unwritten_mutex_);
      if (unwritten_.empty()) unwritten_ = error.what();
    }
  }

  Runner::Listener listener() {
    return {.finished = [this](CaseResult& result) { finished(result); },
            .judged = [this](std::size_t index, CaseResult const& result) { write([&] { folder_.write_artefacts(index, result); }); }};
  }

  /// The run ended before its first case. A SUT that nobody reaches is no error of ours.
  int ended_early(int code, std::string const& why) {
    plan_.run.log += why + "\n";
    console_.begins(plan_.run);
    return none_runs(code, why);
  }

  int none_runs(int code, std::string const& why) {
    for (auto& result : plan_.run.cases) {
      if (result.finished) continue;
      result.because = fmt::format("not run: {}", why);
      if (code != exit_unreachable) continue;
      result.verdict = Verdict::inconc;
      result.reason = "SUT not reachable";
      result.finished = true;
    }
    complain(why);
    return code;
  }

  int simulate() {
    SimulatedOptions simulated{.seed = plan_.run.seed,
                               .faults = {plan_.faults.begin(), plan_.faults.end()},
                               .looked_at = plan_.faults.empty() ? nullptr : &looked_at_,
                               .ways = options_.ways,
                               .profile = plan_.sut.profile,
                               .runner = plan_.runner};
    console_.begins(plan_.run);
    bool const complete = run_simulated(plan_.cases, plan_.run.cases, simulated, listener());
    for (auto const& result : plan_.run.cases)  // simulated time
      plan_.run.duration = std::max(plan_.run.duration, result.started + result.duration);
    return was_interrupted() ? exit_interrupted : complete ? exit_ok : exit_deadline;
  }

  /// `of`: the case that had that SUT for itself; "" for the one that they share.
  void note_suts(RealRun const& real) {
    real.for_each_sut([this](std::string const& of, Sut const& sut) {
      plan_.run.log += fmt::format("--- output of the SUT{} ---\n{}", of.empty() ? "" : " of " + of, reports::legible(sut.output()));
    });
  }

  void add(CaseResult result) {
    plan_.run.cases.push_back(std::move(result));
    console_.finished(plan_.run.cases.back());
  }

  /// What belongs to no case is held to its grammar too.
  void judge_peers(std::string const& of, trace::Trace peers) {
    peers.declare(plan_.run.declares);
    auto const file = std::filesystem::path(plan_.run.out) / reports::peers_file(of);
    write([&] { reports::write_file(file, trace::save(peers)); });
    auto finding = rules::every_octet_parses(peers, plan_.terms);
    if (finding.verdict == Verdict::fail) add(reports::peers_result(of, std::move(finding), std::move(peers), plan_.run.out));
  }

  /// What must be unique over the run, and not in a case alone.
  void judge_identifiers(trace::Trace const& peers) {
    std::vector<rules::CaseTrace> traces{{"no case", &peers}};
    for (auto const& result : plan_.run.cases) traces.push_back({result.info.id, &result.trace});
    for (auto& shared : rules::shared_identifiers(traces, plan_.terms))
      add(reports::shared_result(std::move(shared), plan_.run.declares, plan_.run.seed));
  }

  /// One reading must hold over the run, whether it has been declared or not.
  void judge_readings() {
    for (auto& one : contradictions(plan_.run.cases, plan_.sut.profile, plan_.sut.ixit))
      add(reports::unstable_result(std::move(one), plan_.run.declares, plan_.run.seed));
  }

  int run_really() {
    try {
      RealRun real(plan_.sut, plan_.run.seed);
      return run_really(real);
    } catch (NetworkError const& error) {
      return ended_early(exit_harness, error.what());
    }
  }

  int run_really(RealRun& real) {
    try {
      real.make_ready();
    } catch (Unreachable const& unreachable) {
      note_suts(real);
      return ended_early(exit_unreachable, unreachable.what());
    } catch (Interrupted const&) {
      note_suts(real);
      return ended_early(exit_interrupted, "the run was interrupted before its first case");
    }
    console_.begins(plan_.run);
    auto const started = real.clock().now();
    auto watched = listener();
    if (!options_.quiet || live_) watched.under_way = [this](std::span<UnderWay const> all) { shows(all); };
    auto const end = real.run(std::span(plan_.cases).first(plan_.shared), std::span(plan_.run.cases).first(plan_.shared), plan_.terms,
                              plan_.runner, watched);
    progress_.clears();
    plan_.run.duration = real.clock().now() - started;
    plan_.run.lag_p99 = real.lag_p99();
    plan_.run.lag_max = real.lag_max();
    note_suts(real);
    real.for_each_sut([this](std::string const& of, Sut const& sut) {
      if (of.empty()) judge_identifiers(sut.peer_trace());
      judge_peers(of, sut.peer_trace());
    });
    switch (end) {
      case RealRun::End::complete: return exit_ok;
      case RealRun::End::deadline: return exit_deadline;
      case RealRun::End::interrupted: return exit_interrupted;
    }
    return exit_internal;
  }

  /// Why no further finding is played; "" where one is.
  [[nodiscard]] std::string enough() const {
    auto const fails = std::ranges::count(plan_.run.cases, Verdict::fail, &CaseResult::verdict);
    if (options_.until_fail && fails > 0) return "not run: --until-fail ended the run at the first fail";
    if (options_.max_fail > 0 && std::cmp_greater_equal(fails, options_.max_fail))
      return fmt::format("not run: --max-fail {} was reached", options_.max_fail);
    return "";
  }

  /// One by one. What is not applicable has its verdict already.
  int play_findings() {
    auto const last = plan_.cases.size();
    if (plan_.shared == last) return exit_ok;
    if (plan_.shared == 0) console_.begins(plan_.run);
    FindingPlays plays(as_fuzzed(plan_.sut));
    auto const before = plan_.run.duration;
    bool const is_bounded = plan_.runner.deadline > Duration::zero();
    auto const until = is_bounded ? plays.clock().now() + std::max(plan_.runner.deadline - before, Duration::zero()) : Instant::max();
    for (auto i = plan_.shared; i < last; ++i) {
      auto& result = plan_.run.cases[i];
      if (result.finished) continue;
      if (auto const why = enough(); !why.empty()) {
        result.verdict = Verdict::inconc;
        result.reason = "not run";
        result.because = why;
        result.finished = true;
      } else {
        plays.play(*fuzz::regression_of(*plan_.cases[i]), result, until);
        if (was_interrupted()) return exit_interrupted;
        if (!result.finished) return exit_deadline;
        result.started += before;
        if (i == 0 && result.reason == "SUT not reachable") return none_runs(exit_unreachable, result.because);
        write([&] { folder_.write_artefacts(i, result); });
      }
      finished(result);
      plan_.run.lag_p99 = std::max(plan_.run.lag_p99, plays.clock().lag_p99());
      plan_.run.lag_max = std::max(plan_.run.lag_max, plays.clock().worst_lag({}));
      plan_.run.duration = before + (plays.clock().now() - Instant{});
    }
    return exit_ok;
  }

  Plan& plan_;
  Options const& options_;
  reports::Console console_;
  reports::Progress progress_{std::cerr, columns()};
  reports::RunFolder folder_;
  std::optional<reports::LiveView> live_;  ///< with --serve
  std::set<refserver::Fault> looked_at_;   ///< whose switch the embedded server has looked at
  std::mutex unwritten_mutex_;
  std::string unwritten_;  ///< why the first report could not be written that could not
};

}  // namespace

int run(Options const& as_given) {
  note_interruptions();
  auto options = as_given;
  if (!options.imserver.empty()) options.faults = fuzz::with_planted(as_given.faults);
  Plan plan;
  if (auto const refusal = make(plan, options)) return refuse(*refusal);
  try {
    return Running(plan, options).go();
  } catch (reports::ReportError const& error) {
    return refuse({exit_report_not_written, error.what()});
  } catch (NetworkError const& error) {
    return refuse({exit_harness, error.what()});
  } catch (reports::ServeError const& error) {  // before the first case
    return refuse({exit_usage, error.what()});
  }
}

int explain_exit(Options const& options) {
  auto const meaning = exit_meaning(options.exit_code);
  if (!meaning) return refuse({exit_usage, fmt::format("tollgate never ends with {}", options.exit_code)});
  fmt::print("{}: {}. {}\n", meaning->code, meaning->meaning, meaning->advice);
  return exit_ok;
}

}  // namespace tollgate::cli
