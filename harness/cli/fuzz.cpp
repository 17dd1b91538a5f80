// tollgate fuzz: a campaign against a running server, with the reports of a run.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <thread>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "cli/fuzz_ground.hpp"
#include "cli/fuzz_run.hpp"
#include "cli/ground_truth.hpp"
#include "cli/run_plan.hpp"
#include "fuzz/campaign/recorded.hpp"
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

/// A server reads single messages in one thread, and we write them faster than it reads.
std::size_t servers_of(Options const& options) {
  if (options.servers > 0) return options.servers;
  constexpr std::size_t most = 8;
  bool const may_be_many = options.messages && options.sut.empty();
  return may_be_many ? std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most) : 1;
}

void tell(fuzz::Found const& found, CaseResult const& result) {
  fmt::print("{} {}  {}\n      reproduced {} of {} on a fresh server; case {}, after {:.1f} s\n      again: tollgate repro {}\n",
             result.verdict == Verdict::known ? "KNOWN" : "FOUND", found.problem.name(), found.problem.says, found.reproduced, found.times,
             found.at_case, std::chrono::duration<double>(found.after).count(), found.folder.string());
  std::fflush(stdout);
}

/// What was decided before the first flow.
struct Start {
  std::uint64_t seed = 0, first = 1;
  std::vector<fuzz::Script> corpus;
  std::string out;
  std::vector<fuzz::Found> found;  ///< before
};

/// The findings that lie in a folder.
std::expected<std::vector<fuzz::Found>, Refusal> found_in(std::filesystem::path const& folder) {
  std::vector<fuzz::Found> out;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (!std::filesystem::exists(entry.path() / "repro.toml")) continue;
    auto const repro = load_repro(entry.path().string());
    if (!repro) return std::unexpected(repro.error());
    out.push_back({.problem = {.kind = repro->kind, .bucket = repro->bucket, .says = repro->says, .report = {}}, .folder = entry.path()});
  }
  std::ranges::sort(out, {}, &fuzz::Found::folder);
  return out;
}

/// The traces and captures that lie in a folder: what a run leaves under tests/, or anybody's.
std::optional<Refusal> add_recorded(std::vector<fuzz::Script>& corpus, std::filesystem::path const& folder) {
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    auto const& path = entry.path();
    bool const has_trace = path.extension() != ".jsonl" && std::filesystem::exists(std::filesystem::path(path).replace_extension(".jsonl"));
    if (!has_trace && (path.extension() == ".jsonl" || path.extension() == ".pcapng" || path.extension() == ".pcap")) files.push_back(path);
  }
  std::ranges::sort(files);
  for (auto const& file : files) {
    auto const trace = load_trace(file.string());
    if (!trace) return trace.error();
    for (auto& script : fuzz::recorded_in(*trace)) corpus.push_back(std::move(script));
  }
  return std::nullopt;
}

std::expected<Start, Refusal> start_of(Options const& options) {
  Start start{.seed = options.seed.value_or(fresh_seed()), .out = options.out};
  if (options.resume) {
    if (options.out.empty()) return std::unexpected(Refusal{exit_usage, "--resume goes on in the folder of --out"});
    auto const state = fuzz::journaled(options.out);
    if (!state) return std::unexpected(Refusal{exit_bad_file, state.error().text()});
    if (options.seed && *options.seed != state->seed)
      return std::unexpected(Refusal{exit_usage, fmt::format("--resume goes on with seed {}", state->seed)});
    start.seed = state->seed;
    start.first = state->next;
    auto found = found_in(options.out);
    if (!found) return std::unexpected(found.error());
    start.found = std::move(*found);
  }
  if (start.out.empty()) start.out = reports::default_folder(wall_stamp(), start.seed);
  for (auto const& folder : {options.corpus, options.resume ? options.out : std::string()}) {
    if (folder.empty()) continue;
    auto corpus = fuzz::read_corpus(folder);
    if (!corpus) return std::unexpected(Refusal{exit_bad_file, corpus.error().text()});
    start.corpus.insert(start.corpus.end(), corpus->begin(), corpus->end());
  }
  if (auto const refusal = add_recorded(start.corpus, options.corpus)) return std::unexpected(*refusal);
  return start;
}

class Fuzzing {
 public:
  Fuzzing(FuzzGround& ground, Baseline const& baseline, fuzz::CampaignOptions plan)
      : ground_(ground), baseline_(baseline), plan_(plan),
        campaign_(ground.clock, ground.network, ground.sut, ground.flows, std::move(plan)) {}

  /// What an earlier part of the campaign has found belongs to its reports too.
  void goes_on_behind(std::vector<fuzz::Found> const& found) {
    for (auto const& one : found) {
      results_.push_back(result_of(one));
      baseline_.apply(results_.back());
    }
  }

  fuzz::Campaign::End go() {
    return campaign_.run({.progress = [this](fuzz::Progress const& now) { show(now); },
                          .found = [this](fuzz::Found const& one) { note(one); },
                          .says = [](std::string const& what) { fmt::print("note: {}\n", what); }});
  }

  /// The reports of the folder and those beside it; the exit code.
  int report(fuzz::Campaign::End end, Options const& options, std::vector<reports::ExtraReport> extra) {
    fmt::print("{}\n", figures(campaign_.progress(), campaign_.found().size()));
    fmt::print("{}", ground_truth(options.faults, campaign_.found()));
    fuzz::write_state(plan_.out, campaign_.state(), campaign_.corpus());
    if (!options.corpus.empty()) fuzz::write_state(options.corpus, campaign_.state(), campaign_.corpus());
    advise();
    results_.insert(results_.begin(), result_of(campaign_, end));
    Run run;
    run.version = TOLLGATE_VERSION;
    run.seed = plan_.seed;
    run.sut = ground_.sut.name;
    run.profile = ground_.sut.profile.bundle;
    run.started_at = wall_time();
    run.duration = campaign_.progress().running;
    run.out = plan_.out.string();
    run.sut_toml = ground_.sut.without_secrets;
    run.cases = std::move(results_);
    run.exit = end == fuzz::Campaign::End::interrupted ? exit_interrupted : exit_code(run);
    reports::RunFolder folder(run, std::move(extra));
    folder.complete();
    if (end == fuzz::Campaign::End::unreachable) return refuse({exit_unreachable, campaign_.why()});
    if (end == fuzz::Campaign::End::nothing_played) return refuse({run.exit, campaign_.why() + "; --time has to be longer"});
    return run.exit;
  }

 private:
  /// What fails nothing.
  void advise() const {
    auto const& advisories = campaign_.advisories();
    if (advisories.size() == 0) return;
    auto const file = plan_.out / "advisories.txt";
    reports::write_file(file, advisories.text());
    fmt::print("{} kinds of malformed messages were not answered as their standard says, which fails nothing: {}\n", advisories.size(),
               file.string());
  }
  void show(fuzz::Progress const& now) {
    constexpr Duration every = 5s;
    if (ground_.clock.now() < next_line_) return;
    next_line_ = ground_.clock.now() + every;
    fmt::print("{}\n", figures(now, campaign_.found().size()));
    std::fflush(stdout);
  }
  void note(fuzz::Found const& found) {
    auto result = result_of(found);
    baseline_.apply(result);
    tell(found, result);
    results_.push_back(std::move(result));
  }

  FuzzGround& ground_;
  Baseline const& baseline_;
  fuzz::CampaignOptions plan_;
  fuzz::Campaign campaign_;
  std::vector<CaseResult> results_;
  Instant next_line_{};
};

}  // namespace

int fuzz(Options const& as_given) {
  note_interruptions();
  auto options = as_given;
  options.faults = with_planted(as_given.faults);
  auto ground = FuzzGround::make(options);
  if (!ground) return refuse(ground.error());
  auto const channels = channels_of(options, (*ground)->sut);
  if (!channels) return refuse(channels.error());
  auto const time = time_of(options);
  if (!time) return refuse(time.error());
  auto const baseline = load_baseline(options);
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
                             .channels = *channels,
                             .out = start->out,
                             .corpus = std::move(start->corpus),
                             .server = (*ground)->repro(options, start->seed)};
  plan.servers = servers_of(options);
  if (options.jobs > 0) plan.side_by_side = options.jobs;
  for (auto const& one : start->found) plan.found.push_back(one.problem.bucket);
  fmt::print("fuzzing {}  seed {}  from case {}  {}, built on {}\n", (*ground)->sut.name, start->seed, start->first,
             options.messages ? fmt::format("single messages to {} servers", plan.servers)
                              : fmt::format("{} flows side by side", plan.side_by_side),
             (*ground)->names());
  std::fflush(stdout);
  try {
    Fuzzing fuzzing(**ground, baseline->known, std::move(plan));
    fuzzing.goes_on_behind(start->found);
    auto const end = fuzzing.go();
    return fuzzing.report(end, options, std::move(*extra));
  } catch (reports::ReportError const& error) {
    return refuse({exit_report_not_written, error.what()});
  }
}

}  // namespace tollgate::cli
