// tollgate fuzz: a campaign against a running server, with the reports of a run.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <thread>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "cli/fuzz_ground.hpp"
#include "cli/fuzz_run.hpp"
#include "cli/fuzz_start.hpp"
#include "cli/run_plan.hpp"
#include "fuzz/campaign/ground_truth.hpp"
#include "reports/run_folder.hpp"
#include "runner/duration_expression.hpp"
#include "runner/exit_code.hpp"
#include "runner/interruption.hpp"

namespace tollgate::cli {

namespace {

using namespace std::chrono_literals;

std::expected<fuzz::Channels, Refusal> channels_of(Options const& options, SutFile const& sut) {
  bool const http = sut.ixit.binding == ch2::Binding::http;
  auto const& word = options.channel;
  fuzz::Channels out{
      .sip = word == "sip", .msrp = word == "msrp", .ch2 = word == (http ? "http" : "diameter"), .binding = sut.ixit.binding};
  if (options.messages) return fuzz::Channels{.sip = true, .msrp = false, .ch2 = false, .binding = sut.ixit.binding};
  if (word == "all") out.sip = out.msrp = out.ch2 = true;
  if (out.sip || out.msrp || out.ch2) return out;
  return std::unexpected(
      Refusal{exit_usage, fmt::format("--channel {}: CH-2 of this server goes over {}", word, http ? "http" : "diameter")});
}

std::expected<Duration, Refusal> time_of(Options const& options) {
  if (options.time.empty()) return options.execs > 0 ? Duration::zero() : Duration(10min);
  auto const time = read_plain_duration(options.time);
  if (!time) return std::unexpected(Refusal{exit_usage, fmt::format("--time {}: {}", options.time, time.error().detail)});
  if (*time <= Duration::zero())
    return std::unexpected(Refusal{exit_usage, fmt::format("--time {}: it would be over at once", options.time)});
  return *time;
}

fuzz::Feedback feedback_of(Options const& options) {
  using enum fuzz::Feedback;
  return options.feedback == "none" ? none : options.feedback == "answers" ? answers : coverage;
}

/// A server reads single messages in one thread, and we write them faster than it reads.
std::size_t servers_of(Options const& options) {
  if (options.servers > 0) return options.servers;
  constexpr std::size_t most = 8;
  bool const may_be_many = options.messages && options.sut.empty();
  return may_be_many ? std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most) : 1;
}

void tell(fuzz::Found const& found, CaseResult const& result) {
  auto const again = found.times == 0 ? std::string("not played again")
                                      : fmt::format("reproduced {} of {} on a fresh server", found.reproduced, found.times);
  fmt::print("{} {}  {}\n      {}; case {}, after {:.1f} s\n      again: tollgate repro {}\n",
             result.verdict == Verdict::known ? "KNOWN" : "FOUND", found.problem.name(), found.problem.says, again, found.at_case,
             std::chrono::duration<double>(found.after).count(), found.folder.string());
  std::fflush(stdout);
}

class Fuzzing {
 public:
  /// `again` is the command that plays it again.
  Fuzzing(FuzzGround& ground, GivenBaseline baseline, fuzz::CampaignOptions plan, FuzzStart const& start, Options const& options,
          std::vector<reports::ExtraReport> extra, std::string again)
      : ground_(ground), baseline_(std::move(baseline)), plan_(plan), corpus_(options.corpus), again_(std::move(again)),
        campaign_(ground.clock, ground.network, ground.sut, ground.flows, std::move(plan)) {
    run_.version = TOLLGATE_VERSION;
    run_.seed = plan_.seed;
    run_.sut = ground_.sut.name;
    run_.profile = ground_.sut.profile.bundle;
    run_.started_at = wall_time();
    run_.out = plan_.out.string();
    run_.sut_toml = ground_.sut.without_secrets;
    run_.baseline = baseline_.text;
    if (!run_.baseline.empty()) run_.day = baseline_.day;
    run_.cases.push_back(unfinished_campaign(again_));
    for (auto const& one : start.found) add(one);
    folder_.emplace(run_, std::move(extra));
    for (std::size_t i = 0; i < run_.cases.size(); ++i) folder_->write_artefacts(i, run_.cases[i]);
    save();
  }

  fuzz::Campaign::End go() {
    begun_ = ground_.clock.now();
    next_save_ = begun_ + between_saves;
    return campaign_.run({.progress = [this](fuzz::Progress const& now) { show(now); },
                          .found = [this](fuzz::Found const& one) { note(one); },
                          .says = [](std::string const& what) { fmt::print("note: {}\n", what); }});
  }

  /// The reports of the folder and those beside it; the exit code.
  int report(fuzz::Campaign::End end, Options const& options) {
    auto const all = figures(campaign_.progress(), tempo());
    fmt::print("{}\n", all);
    fmt::print("{}", fuzz::ground_truth(options.faults, campaign_.found()));
    save();
    advise();
    run_.cases.front() = result_of(campaign_, end, all);
    run_.cases.front().again = again_;
    run_.duration = campaign_.progress().running;
    run_.baseline_problems = out_of_date(baseline_.known, run_.cases);
    for (auto const& problem : run_.baseline_problems) fmt::print("baseline {}\n", problem);
    for (auto const& entry : not_seen(baseline_.known, run_.cases))
      fmt::print("note: {} ({}) is known and was not seen this time; `tollgate repro` of its folder says whether it is mended\n",
                 entry.case_id, entry.issue);
    run_.exit = end == fuzz::Campaign::End::interrupted ? exit_interrupted : exit_code(run_);
    folder_->complete();
    if (!unwritten_.empty()) return refuse({exit_report_not_written, unwritten_});
    bool const has_played = campaign_.progress().cases > 0;
    if (end == fuzz::Campaign::End::unreachable && !has_played) return refuse({exit_unreachable, campaign_.why()});
    if (end == fuzz::Campaign::End::unreachable) fmt::print(stderr, "tollgate: the server came up no more: {}\n", campaign_.why());
    if (end == fuzz::Campaign::End::nothing_played) return refuse({run_.exit, campaign_.why()});
    return options.libfuzzer_exits ? libfuzzer_exit(run_) : run_.exit;
  }

 private:
  static constexpr Duration between_saves = 30s;

  /// What fails nothing.
  void advise() const {
    auto const& advisories = campaign_.advisories();
    if (advisories.size() == 0 || plan_.strict_answers) return;
    auto const file = plan_.out / "advisories.txt";
    reports::write_file(file, advisories.text());
    fmt::print("{} kinds of malformed messages were not answered as their standard says, which fails nothing: {}\n", advisories.size(),
               file.string());
  }
  /// What --resume goes on from, and what the next campaign builds on, so that little is lost where this one is killed. That it cannot be
  /// written is told at the end, and ends nothing.
  void save() {
    try {
      fuzz::write_state(plan_.out, campaign_.state(), campaign_.corpus());
      if (!corpus_.empty()) fuzz::write_state(corpus_, campaign_.state(), campaign_.corpus());
    } catch (reports::ReportError const& error) {
      if (unwritten_.empty()) unwritten_ = error.what();
    }
  }
  [[nodiscard]] Tempo tempo() const {
    auto const now = ground_.clock.now();
    return {
        .found = campaign_.found().size(), .whole = now - begun_, .since_new = last_new_ ? std::optional(now - *last_new_) : std::nullopt};
  }
  void show(fuzz::Progress const& now) {
    constexpr Duration every = 5s;
    if (ground_.clock.now() >= next_save_) {
      next_save_ = ground_.clock.now() + between_saves;
      save();
    }
    if (ground_.clock.now() < next_line_) return;
    next_line_ = ground_.clock.now() + every;
    fmt::print("{}\n", figures(now, tempo()));
    std::fflush(stdout);
  }
  void note(fuzz::Found const& found) {
    last_new_ = ground_.clock.now();
    add(found);
    tell(found, run_.cases.back());
    save();
    folder_->added();
  }
  void add(fuzz::Found const& found) {
    run_.cases.push_back(result_of(found));
    baseline_.known.apply(run_.cases.back());
  }

  FuzzGround& ground_;
  GivenBaseline baseline_;
  fuzz::CampaignOptions plan_;
  std::filesystem::path corpus_;  ///< of --corpus; "" for none
  std::string again_, unwritten_;
  fuzz::Campaign campaign_;
  Run run_;  ///< its first case is the campaign, then what an earlier part of it has found, then what this one does
  std::optional<reports::RunFolder> folder_;
  Instant begun_{}, next_line_{}, next_save_{};
  std::optional<Instant> last_new_;
};

}  // namespace

int fuzz(Options const& as_given) {
  note_interruptions();
  auto options = as_given;
  options.faults = fuzz::with_planted(as_given.faults);
  auto ground = FuzzGround::make(options);
  if (!ground) return refuse(ground.error());
  auto const channels = channels_of(options, (*ground)->sut);
  if (!channels) return refuse(channels.error());
  auto const time = time_of(options);
  if (!time) return refuse(time.error());
  auto baseline = load_baseline(options);
  if (!baseline) return refuse(baseline.error());
  auto extra = extra_reports(options);
  if (!extra) return refuse(extra.error());
  auto start = start_of(options);
  if (!start) return refuse(start.error());
  fuzz::CampaignOptions plan{.seed = start->seed,
                             .first = start->first,
                             .cases_most = options.execs,
                             .time = *time,
                             .single_messages = options.messages,
                             .feedback = feedback_of(options),
                             .strict_answers = options.strict_answers,
                             .channels = *channels,
                             .out = start->out,
                             .known = std::move(start->known),
                             .corpus = std::move(start->corpus),
                             .untried = std::move(start->untried),
                             .server = (*ground)->repro(options, start->seed)};
  plan.servers = servers_of(options);
  if (options.jobs > 0) plan.side_by_side = options.jobs;
  for (auto const& one : start->found) plan.found.push_back(one.problem.key());
  fmt::print("fuzzing {}  seed {}  from case {}  {}, built on {}\n", (*ground)->sut.name, start->seed, start->first,
             options.messages ? fmt::format("single messages to {} servers", plan.servers)
                              : fmt::format("{} flows side by side", plan.side_by_side),
             (*ground)->names());
  std::fflush(stdout);
  try {
    Fuzzing fuzzing(**ground, std::move(*baseline), std::move(plan), *start, options, std::move(*extra), again(as_given, start->seed));
    return fuzzing.report(fuzzing.go(), options);
  } catch (reports::ReportError const& error) {
    return refuse({exit_report_not_written, error.what()});
  }
}

}  // namespace tollgate::cli
