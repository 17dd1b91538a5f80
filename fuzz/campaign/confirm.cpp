#include "fuzz/campaign/confirm.hpp"

#include <algorithm>
#include <utility>

#include "fuzz/campaign/growth.hpp"
#include "fuzz/campaign/shrink.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

/// What one suspicion may cost.
struct Effort {
  Duration searching = 40s, shrinking = 20s;
  unsigned times = 5;  ///< that it is played again
};

/// What grows is seen in rounds, each of which waits for the server's timers.
Effort effort_for(Problem const& problem) {
  if (problem.bucket == growth_of_files || problem.bucket == growth_of_memory) return {.searching = 180s, .shrinking = 60s, .times = 2};
  return {};
}

/// As many copies of all the flows as that many flows hold, at least one.
std::vector<Script> copies(std::vector<Script> const& flows, std::size_t most) {
  auto out = flows;
  while (out.size() + flows.size() <= most) out.insert(out.end(), flows.begin(), flows.end());
  return out;
}

/// What the server itself shows; anything else is our judgement, and must come every time.
bool is_its_own_word(Problem const& problem) {
  return problem.kind == "crash" || problem.kind == "hang" || problem.kind == "leak";
}

class Confirming {
 public:
  Confirming(Ground const& ground, Suspicion const& suspicion)
      : ground_(ground), suspicion_(suspicion), effort_(effort_for(suspicion.problem)) {}

  Confirmation go() {
    auto as_found = search();
    if (as_found.empty()) return std::move(out_);
    constexpr unsigned trials_most = 80;
    auto const until = ground_.clock.now() + effort_.shrinking;
    auto const smallest = shrunk(as_found, [&](auto some) { return ground_.clock.now() < until && shows(some); }, trials_most, simplest());
    out_.times = effort_.times;
    plays_again(smallest);
    auto const loud = copies(smallest, many_at_once);
    for (auto const& louder : {as_found, loud})
      if (out_.reproduced < out_.times && louder != smallest) plays_again(louder);
    constexpr unsigned rounds = 20;
    if (out_.reproduced < out_.times && is_its_own_word(suspicion_.problem)) plays_again(loud, rounds);
    return std::move(out_);
  }

 private:
  bool shows(std::span<Script const> some, unsigned rounds = 1) {
    auto how = looking_for(suspicion_.problem.kind, suspicion_.problem.bucket, some.size());
    how.rounds = rounds;
    auto result = try_out(ground_, some, how);
    bool const has = result.has(suspicion_.problem.bucket);
    ended_otherwise_ = !has && std::ranges::any_of(result.problems, is_its_own_word);
    if (has) out_.seen = std::move(result);
    return has;
  }

  /// The plain push, in a campaign that plays it.
  [[nodiscard]] std::string simplest() const {
    auto const plain = plain_push().name;
    return std::ranges::find(ground_.flows, plain, &BaseFlow::name) != ground_.flows.end() ? plain : "";
  }

  /// So many of them, if they show it and there is time to see.
  std::vector<Script> tried(std::size_t from, std::size_t to) {
    if (from >= to || ground_.clock.now() >= until_ || was_interrupted()) return {};
    auto const begin = suspicion_.scripts.begin();
    std::vector<Script> some(begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(to));
    return shows(some) ? some : std::vector<Script>();
  }

  /// The same; where the server ends otherwise, what had yet to be played is in one of the halves.
  std::vector<Script> bisected(std::size_t from, std::size_t to) {
    auto out = tried(from, to);
    if (!out.empty() || !std::exchange(ended_otherwise_, false) || to - from <= 1) return out;
    auto const middle = from + (to - from) / 2;
    out = bisected(middle, to);
    return out.empty() ? bisected(from, middle) : out;
  }

  /// More and more of the last; then all that are likely, part by part, for what they do may end the server otherwise; then all of these
  /// together, several times where two of them may have to meet; then all.
  std::vector<Script> search() {
    until_ = ground_.clock.now() + effort_.searching;
    auto const all = suspicion_.scripts.size(), unlikely = suspicion_.unlikely, likely = all - unlikely;
    std::vector<Script> out;
    for (std::size_t last = 1; out.empty() && last < likely; last *= 4) out = tried(all - last, all);
    bool const is_own_word = is_its_own_word(suspicion_.problem);
    constexpr std::size_t alone = 2, part = 24;
    auto const before = [&](std::size_t to) { return to - std::min(part, to - unlikely); };
    for (std::size_t to = all; out.empty() && is_own_word && to > unlikely; to = before(to)) out = bisected(before(to), to);
    constexpr unsigned often = 12;
    for (unsigned i = 0; out.empty() && i < (likely > alone && is_own_word ? often : 1); ++i) out = tried(unlikely, all);
    until_ = Instant::max();
    return out.empty() && unlikely > 0 ? tried(0, all) : out;
  }

  /// Kept where they show it more often than what was kept before.
  void plays_again(std::vector<Script> flows, unsigned rounds = 1) {
    unsigned reproduced = 0;
    for (unsigned i = 0; i < effort_.times && !was_interrupted(); ++i) reproduced += shows(flows, rounds) ? 1 : 0;
    if (reproduced <= out_.reproduced) return;
    out_.reproduced = reproduced;
    out_.rounds = rounds;
    out_.flows = std::move(flows);
  }

  Ground ground_;
  Suspicion const& suspicion_;
  Effort effort_;
  Instant until_{};               ///< searches no longer
  bool ended_otherwise_ = false;  ///< the server, in the last play
  Confirmation out_;
};

}  // namespace

bool Confirmation::is_sure(Problem const& problem) const {
  return reproduced > 0 && (is_its_own_word(problem) || reproduced == times);
}

Confirmation confirm(Ground const& ground, Suspicion const& suspicion) {
  return Confirming(ground, suspicion).go();
}

}  // namespace tollgate::fuzz
