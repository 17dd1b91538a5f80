// tollgate repro: a finding of the campaign, played again on fresh servers; tollgate minimize: made smaller.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/fuzz_ground.hpp"
#include "fuzz/campaign/finding_folder.hpp"
#include "fuzz/campaign/shrink.hpp"
#include "reports/run_folder.hpp"
#include "runner/interruption.hpp"

namespace tollgate::cli {

namespace {

class Replay {
 public:
  Replay(fuzz::ReproFile repro, std::unique_ptr<FuzzGround> ground) : repro_(std::move(repro)), ground_(std::move(ground)) {}

  /// The bucket is seen again.
  bool shows(std::span<fuzz::Script const> flows) {
    seen_ = fuzz::try_out(ground_->ground(repro_.seed), flows, fuzz::looking_for(repro_.kind, repro_.bucket));
    return seen_.has(repro_.bucket);
  }
  [[nodiscard]] fuzz::TrialResult const& seen() const { return seen_; }
  [[nodiscard]] fuzz::ReproFile& repro() { return repro_; }

 private:
  fuzz::ReproFile repro_;
  std::unique_ptr<FuzzGround> ground_;
  fuzz::TrialResult seen_;
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

}  // namespace

int repro(Options const& options) {
  note_interruptions();
  auto replay = replay_of(options);
  if (!replay) return refuse(replay.error());
  auto const& what = replay->repro();
  fmt::print("{}: {}\n", what.kind, what.says);
  unsigned again = 0;
  for (unsigned i = 1; i <= options.times && !was_interrupted(); ++i) {
    bool const shows = replay->shows(what.flows);
    if (!replay->seen().unready.empty()) return refuse({exit_unreachable, replay->seen().unready});
    again += shows ? 1 : 0;
    fmt::print("{:>4} of {}: {}\n", i, options.times, shows ? "reproduced" : "not seen");
    tell_others(replay->seen(), what.bucket);
    std::fflush(stdout);
  }
  if (was_interrupted()) return exit_interrupted;
  fmt::print("reproduced {}/{}\n", again, options.times);
  return again > 0 ? exit_fail : exit_ok;
}

int minimize(Options const& options) {
  note_interruptions();
  auto replay = replay_of(options);
  if (!replay) return refuse(replay.error());
  auto& what = replay->repro();
  if (!replay->shows(what.flows)) {
    if (!replay->seen().unready.empty()) return refuse({exit_unreachable, replay->seen().unready});
    return refuse(
        {exit_harness, "it was not seen again as it is, so nothing smaller can be told from it; `tollgate repro` says how often it is"});
  }
  constexpr unsigned trials_most = 400;
  auto const changes = [](std::vector<fuzz::Script> const& flows) {
    std::size_t out = 0;
    for (auto const& flow : flows) out += flow.changes.size();
    return out;
  };
  auto const flows_before = what.flows.size(), changes_before = changes(what.flows);
  std::function<bool(std::span<fuzz::Script const>)> const shows = [&](std::span<fuzz::Script const> flows) {
    return replay->shows(flows);
  };
  what.flows = fuzz::shrunk(std::move(what.flows), shows, trials_most);
  if (was_interrupted()) return exit_interrupted;
  auto const file = std::filesystem::is_directory(options.id) ? std::filesystem::path(options.id) / "minimized.toml"
                                                              : std::filesystem::path(options.id).replace_extension(".min.toml");
  reports::write_file(file, fuzz::to_toml(what));
  fmt::print("{} flows with {} changes, {} with {} before: {}\n", what.flows.size(), changes(what.flows), flows_before, changes_before,
             file.string());
  return exit_ok;
}

}  // namespace tollgate::cli
