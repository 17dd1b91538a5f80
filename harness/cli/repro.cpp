// tollgate repro: a finding of the campaign, played again on fresh servers; tollgate minimize: made smaller.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/fuzz_ground.hpp"
#include "fuzz/finding/finding_folder.hpp"
#include "fuzz/finding/nearest_few.hpp"
#include "fuzz/finding/regression.hpp"
#include "fuzz/script/shrink.hpp"
#include "fuzz/script/shrink_messages.hpp"
#include "fuzz/script/tamper.hpp"
#include "reports/run_folder.hpp"
#include "runner/duration_expression.hpp"
#include "runner/interruption.hpp"

namespace tollgate::cli {

using namespace std::chrono_literals;

namespace {

class Replay {
 public:
  Replay(fuzz::ReproFile repro, std::unique_ptr<FuzzGround> ground) : repro_(std::move(repro)), ground_(std::move(ground)) {}

  /// The bucket is seen again.
  bool shows(std::span<fuzz::Script const> flows) {
    if (!plays(flows, Instant::max())) return false;
    keep(flows);
    return true;
  }
  /// The same up to then; twice in a row where flows may have to meet, for what came by chance leads nowhere. What says no place is seen
  /// behind the same step as the last time: it may be another bug elsewhere.
  bool shows_for_sure(std::span<fuzz::Script const> flows, Instant until) {
    bool const may_be_elsewhere = says_no_place(repro_.problem);
    unsigned const times = flows.size() == 1 ? 1 : 2;
    for (unsigned i = 0; i < times; ++i)
      if (!plays(flows, until) || (may_be_elsewhere && seen_.step() != shown_by_.step())) return false;
    keep(flows);
    return true;
  }
  [[nodiscard]] fuzz::TrialResult const& seen() const { return seen_; }
  /// As that message went out when the bucket was seen last; "" where it did not.
  [[nodiscard]] Octets octets(fuzz::MessagePlace const& place) const {
    auto const flow = std::ranges::find(shown_by_.played, shown_.at(place.flow), &fuzz::Played::script);
    return flow == shown_by_.played.end() ? "" : fuzz::octets_sent(flow->result.trace, place.channel, place.nth);
  }
  /// What the flows are that were seen last, as a finding that comes so often.
  [[nodiscard]] fuzz::FindingFacts facts(unsigned reproduced, unsigned times) const {
    auto const* const problem = fuzz::find_problem(shown_by_.problems, repro_.problem.bucket);
    auto repro = repro_;
    if (problem != nullptr) repro.problem.says = fuzz::says_where(*problem, repro_.problem);
    auto told = repro.problem;
    if (problem != nullptr) told.report = problem->report;
    return {.repro = std::move(repro),
            .problem = std::move(told),
            .seen = shown_by_,
            .reproduced = reproduced,
            .times = times,
            .server = ground_->sut};
  }
  [[nodiscard]] Instant now() const { return ground_->clock.now(); }
  [[nodiscard]] fuzz::ReproFile& repro() { return repro_; }

 private:
  bool plays(std::span<fuzz::Script const> flows, Instant until) {
    seen_ = fuzz::replayed(repro_, flows, ground_->ground(repro_.seed), until);
    return seen_.has(repro_.problem.bucket);
  }
  void keep(std::span<fuzz::Script const> flows) {
    shown_ = {flows.begin(), flows.end()};
    shown_by_ = seen_;
  }

  fuzz::ReproFile repro_;
  std::unique_ptr<FuzzGround> ground_;
  fuzz::TrialResult seen_;
  std::vector<fuzz::Script> shown_;  ///< when the bucket was seen last
  fuzz::TrialResult shown_by_;
};

std::expected<Replay, Refusal> replay_of(Options const& options) {
  auto repro = load_repro(options.id);
  if (!repro) return std::unexpected(repro.error());
  auto ground = FuzzGround::make_for(*repro, options);
  if (!ground) return std::unexpected(ground.error());
  return Replay(std::move(*repro), std::move(*ground));
}

/// What was seen instead, so that a changed server is told from a healthy one.
void tell_others(fuzz::TrialResult const& seen, std::string const& bucket) {
  for (auto const& problem : seen.problems)
    if (problem.bucket != bucket) fmt::print("      another problem: {} ({})\n", problem.says, problem.name());
}

/// What a finding holds: flows, their changes, and the octets of the messages that were changed.
struct Size {
  std::size_t flows = 0, changes = 0, octets = 0;
};

Size size_of(Replay& replay) {
  Size out;
  std::vector<fuzz::MessagePlace> places;
  for (auto const& flow : replay.repro().flows) {
    out.changes +=
        static_cast<std::size_t>(std::ranges::count_if(flow.changes, [](auto const& c) { return c.act != fuzz::Change::Act::without; }));
    for (auto const& change : flow.changes) {
      fuzz::MessagePlace const place{out.flows, change.channel, change.nth};
      if (std::ranges::find(places, place) != places.end()) continue;
      places.push_back(place);
      out.octets += replay.octets(place).size();
    }
    ++out.flows;
  }
  return out;
}

std::string text(Size const& size) {
  return fmt::format("{} flows with {} changes, {} octets in the messages that they change", size.flows, size.changes, size.octets);
}

/// The flows first, then their messages. In count and time bounded.
void make_smaller(Replay& replay, Duration time) {
  constexpr unsigned trials_of_flows = 400, trials_of_messages = 400;
  constexpr auto time_of_messages = 90s;
  auto const time_of_flows = std::max(time - time_of_messages, time / 2);
  auto& flows = replay.repro().flows;
  auto const simple = fuzz::simple_bases(fuzz::simple_flows());
  auto const flows_until = replay.now() + time_of_flows;
  auto const shows = [&](std::span<fuzz::Script const> some) {
    return replay.now() < flows_until && replay.shows_for_sure(some, flows_until);
  };
  if (flows.size() > 1 && fuzz::may_meet(replay.repro().problem)) flows = fuzz::nearest_few(std::move(flows), replay.seen(), shows);
  flows = fuzz::shrunk(std::move(flows), shows, trials_of_flows, simple);
  auto const until = replay.now() + std::min<Duration>(time_of_messages, time / 2);
  flows = fuzz::with_smaller_messages(
      std::move(flows),
      {.shows = [&](std::span<fuzz::Script const> some) { return replay.now() < until && replay.shows_for_sure(some, until); },
       .octets = [&](fuzz::MessagePlace const& place) { return replay.octets(place); },
       .trials_most = trials_of_messages});
}

/// The folder of a finding holds what is smaller from now on, and in original.toml what was there before; where that comes not each time
/// or of a server that is not the finding's it lies beside it, as it does beside a file. Returns where it is.
std::filesystem::path kept_as(std::filesystem::path const& path, fuzz::FindingFacts const& smaller, bool is_of_its_server) {
  bool const is_folder = std::filesystem::is_directory(path);
  if (!is_folder || !is_of_its_server || smaller.reproduced < smaller.times) {
    auto file = is_folder ? path / "minimized.toml" : std::filesystem::path(path).replace_extension(".min.toml");
    reports::write_file(file, fuzz::to_toml(smaller.repro));
    return file;
  }
  if (!std::filesystem::exists(path / "original.toml")) std::filesystem::copy_file(path / "repro.toml", path / "original.toml");
  for (auto const* const old : {"repro.toml", "report.txt", "messages"})  // who has no repro.toml is not whole
    std::filesystem::remove_all(path / old);
  fuzz::write_finding(path, smaller);
  return path;
}

}  // namespace

int repro(Options const& options) {
  note_interruptions();
  auto replay = replay_of(options);
  if (!replay) return refuse(replay.error());
  auto const& what = replay->repro();
  fmt::print("{}: {}\n", what.problem.kind, what.problem.says);
  unsigned again = 0;
  for (unsigned i = 1; i <= options.times && !was_interrupted(); ++i) {
    bool const shows = replay->shows(what.flows);
    if (!replay->seen().unready.empty()) return refuse({exit_unreachable, replay->seen().unready});
    again += shows ? 1 : 0;
    fmt::print("{:>4} of {}: {}\n", i, options.times, shows ? "reproduced" : "not seen");
    tell_others(replay->seen(), what.problem.bucket);
    std::fflush(stdout);
  }
  if (was_interrupted()) return exit_interrupted;
  fmt::print("reproduced {}/{}\n", again, options.times);
  return again > 0 ? exit_fail : exit_ok;
}

int minimize(Options const& options) {
  note_interruptions();
  auto const path = std::filesystem::absolute(options.id);  // the working folder may be another behind this
  auto const time = read_plain_duration(options.time.empty() ? "390s" : options.time);
  if (!time) return refuse({exit_usage, fmt::format("--time {}: {}", options.time, time.error().detail)});
  auto replay = replay_of(options);
  if (!replay) return refuse(replay.error());
  auto& what = replay->repro();
  if (!replay->shows(what.flows)) {
    if (!replay->seen().unready.empty()) return refuse({exit_unreachable, replay->seen().unready});
    return refuse(
        {exit_harness, "it was not seen again as it is, so nothing smaller can be told from it; `tollgate repro` says how often it is"});
  }
  auto const before = size_of(*replay);
  make_smaller(*replay, *time);
  if (was_interrupted()) return exit_interrupted;
  auto const now = size_of(*replay);
  constexpr unsigned times = 5;
  unsigned again = 0;
  for (unsigned i = 0; i < times && !was_interrupted(); ++i) again += replay->shows(what.flows) ? 1 : 0;
  if (was_interrupted()) return exit_interrupted;
  fmt::print("before: {}\nnow:    {}\nreproduced {}/{}\n{}\n", text(before), text(now), again, times,
             kept_as(path, replay->facts(again, times), options.sut.empty()).string());
  return exit_ok;
}

}  // namespace tollgate::cli
