#include "fuzz/finding/confirm.hpp"

#include <algorithm>
#include <utility>

#include "fuzz/finding/nearest_few.hpp"
#include "fuzz/oracle/growth.hpp"
#include "fuzz/play/flow.hpp"
#include "fuzz/play/known_good.hpp"
#include "fuzz/script/retimed.hpp"
#include "fuzz/script/tamper.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

/// What one suspicion may cost.
struct Effort {
  Duration searching = 40s, shrinking = 60s, steadying = 60s, in_all = 240s;
  unsigned times = 5;  ///< that it is played again
  Duration searching_briefly = 10s;
};

/// What grows is seen in rounds, each of which waits for the server's timers; that a server hangs is known after three questions.
Effort effort_for(Problem const& problem) {
  if (problem.bucket == growth_of_files || problem.bucket == growth_of_memory)
    return {.searching = 180s, .in_all = 600s, .times = 2, .searching_briefly = 60s};
  if (problem.kind == "hang") return {.searching = 60s, .steadying = 120s, .searching_briefly = 20s};
  return {};
}

/// As many copies of all the flows as that many flows hold, at least one.
std::vector<Script> copies(std::vector<Script> const& flows, std::size_t most) {
  auto out = flows;
  while (out.size() + flows.size() <= most) out.insert(out.end(), flows.begin(), flows.end());
  return out;
}

/// What a flow took to show it, and some more: nothing else is worth waiting for. Without its trace as long as a server's timers may.
Duration settle_most(Suspicion const& suspicion) {
  constexpr Duration more = 2s;
  auto const& events = suspicion.trace.events();
  auto const most = TrialOptions{}.settle_most;
  return events.empty() ? most : std::min(most, Duration(events.back().at_ns - events.front().at_ns) + more);
}

class Confirming {
 public:
  Confirming(Clock const& clock, std::span<SimpleBase const> simple, PlayFlows const& play, Suspicion const& suspicion, Search search,
             Instant until)
      : clock_(clock), simple_(simple), play_(play), suspicion_(suspicion), search_(search), effort_(effort_for(suspicion.problem)),
        end_(until) {}

  Confirmation go() {
    end_ = std::min(end_, clock_.now() + effort_.in_all);
    auto as_found = search();
    until_ = end_;
    bool const is_too_late = clock_.now() >= end_;
    if (as_found.empty()) {
      out_.times = is_too_late ? 0 : 1;
      return std::move(out_);
    }
    if (is_too_late) {  // a server's own word is one all the same
      if (is_its_own_word(suspicion_.problem)) keep(std::move(as_found), 1, 1);
      out_.times = out_.reproduced;
      return std::move(out_);
    }
    out_.times = effort_.times;
    if (as_found.size() > 1 && may_meet(suspicion_.problem)) as_found = steadier(simpler(nearest(as_found)));
    plays_again(smaller(as_found));
    bool const is_own_word = is_its_own_word(suspicion_.problem);
    if (!is_steady() && is_own_word) steadies(out_.flows.empty() ? as_found : out_.flows);
    auto const loud = copies(out_.flows.empty() ? as_found : out_.flows, many_at_once);
    for (auto const& louder : {as_found, loud})
      if (!is_steady() && clock_.now() < end_) plays_again(louder);
    constexpr unsigned rounds = 20;
    if (!is_steady() && is_own_word && clock_.now() < end_) plays_again(loud, rounds);
    if (is_steady() && out_.rounds == 1) plays_again_if_smaller(as_they_came());
    if (out_.flows.empty() && clock_.now() >= end_) out_.times = 0;  // nobody can say
    return std::move(out_);
  }

 private:
  bool shows(std::span<Script const> some, unsigned rounds = 1) {
    auto how = looking_for(suspicion_.problem, side_by_side_);
    how.rounds = rounds;
    how.settle_most = settle_most(suspicion_);
    how.until = until_;
    auto const begin = clock_.now();
    if (is_made_smaller_) how.until = std::min(until_, begin + longest_of_smaller());
    auto result = play_(some, how);
    bool const has = result.has(suspicion_.problem.bucket);
    if (has) took_ = clock_.now() - begin;
    ended_otherwise_ = !has && std::ranges::any_of(result.problems, is_its_own_word);
    if (has) seen_ = std::move(result);
    return has;
  }

  /// So many plays in a row show it.
  bool shows_each_time(std::span<Script const> some, unsigned plays) {
    for (unsigned i = 0; i < plays; ++i)
      if (!shows(some)) return false;
    return true;
  }

  /// What is smaller shows it about as soon as what it was made from: a flow of it may wait for half a minute, which is left out then.
  [[nodiscard]] Duration longest_of_smaller() const {
    constexpr Duration more = 5s;
    return 2 * took_ + more;
  }

  /// No trial goes on for longer.
  void has_time(Duration time) { until_ = std::min(end_, clock_.now() + time); }
  auto within(Duration time, auto const& what) {
    has_time(time);
    auto out = what();
    until_ = end_;
    return out;
  }

  [[nodiscard]] bool is_steady() const { return out_.reproduced == out_.times; }

  /// Made sure by so many plays of each step. The time that steadies it stays.
  std::vector<Script> smaller(std::vector<Script> const& flows, unsigned plays = 1) {
    constexpr unsigned trials_most = 120;
    auto const shows_still = [&](std::span<Script const> some) {
      return clock_.now() < until_ && (plays == 1 || !hurries(some)) && shows_each_time(some, plays);
    };
    is_made_smaller_ = true;
    auto out = within(effort_.shrinking, [&] { return shrunk(flows, shows_still, trials_most, simple_); });
    is_made_smaller_ = false;
    return out;
  }

  /// What was late is hardly so.
  static bool hurries(std::span<Script const> flows) {
    constexpr std::uint64_t hardly_ms = 1;
    return std::ranges::any_of(flows, [](Script const& flow) {
      return std::ranges::any_of(flow.changes, [](Change const& one) { return one.act == Change::Act::late && one.number == hardly_ms; });
    });
  }

  std::vector<Script> nearest(std::vector<Script> const& flows) {
    return within(effort_.steadying, [&] {
      return nearest_few(flows, seen_, [&](auto some) { return clock_.now() < until_ && !was_interrupted() && shows(some); });
    });
  }

  /// Where no mutation has to do with it, most of the flows have not.
  std::vector<Script> simpler(std::vector<Script> flows) {
    auto events = events_alone(flows);
    bool const is_fewer = !events.empty() && events.size() < flows.size();
    return is_fewer && shows(events) ? events : flows;
  }

  /// What comes by chance cannot be made smaller step by step: with more time between what must meet, where that helps.
  std::vector<Script> steadier(std::vector<Script> flows) {
    constexpr unsigned plays = 2;
    return within(effort_.steadying, [&] {
      for (auto const& way : {flows, slow_motion(flows), stretched(flows, trace::Channel::msrp)})
        if (clock_.now() < until_ && !was_interrupted() && shows_each_time(way, plays)) return way;
      return flows;
    });
  }

  /// With more time between what must meet, one flow after the other or side by side.
  void steadies(std::vector<Script> const& flows) {
    auto const until = clock_.now() + effort_.steadying;
    auto const as_found = side_by_side_;
    std::vector<std::vector<Script>> ways{flows, slow_motion(flows)};
    for (auto const channel : {trace::Channel::msrp, trace::Channel::ch2, trace::Channel::sip}) ways.push_back(stretched(flows, channel));
    for (auto& moved : with_moved_events(flows)) ways.push_back(stretched(moved, trace::Channel::ch2));
    for (auto const& way : ways)
      for (std::size_t const side_by_side : {std::size_t{1}, many_at_once}) {
        if (is_steady() || clock_.now() >= until || was_interrupted()) break;
        bool const is_known = &way == &ways.front() && side_by_side == as_found;
        if (is_known || (side_by_side != 1 && way.size() == 1)) continue;
        side_by_side_ = side_by_side;
        plays_again(way);
        constexpr unsigned plays = 2;
        if (is_steady()) plays_again_if_smaller(smaller(out_.flows, plays));
      }
    side_by_side_ = out_.side_by_side;
  }

  /// So many of them, if they show it and there is time to see.
  std::vector<Script> tried(std::size_t from, std::size_t to) {
    if (from >= to || clock_.now() >= until_ || was_interrupted()) return {};
    auto const begin = suspicion_.scripts.begin();
    std::vector<Script> some(begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(to));
    side_by_side_ = usually_side_by_side(some.size());
    some = retime_(some);
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

  /// More and more of the last; then all that are likely, part by part, for what they do may end the server otherwise; then what all of them
  /// do beside sending changed messages. Briefly, then, the last of the others: what is known to end it may end it in another way too. Thoroughly all that are likely again
  /// with more time between what may have to meet; then all together, several times; then the others, part by part, and all.
  std::vector<Script> search() {
    auto const all = suspicion_.scripts.size(), unlikely = suspicion_.unlikely, likely = all - unlikely;
    has_time(search_ == Search::brief ? effort_.searching_briefly : effort_.searching);
    std::vector<Script> out;
    for (std::size_t last = 1; out.empty() && (last < likely || last == 1); last *= 4) out = tried(all - last, all);
    bool const is_own_word = is_its_own_word(suspicion_.problem), has_to_meet = may_meet(suspicion_.problem);
    if (out.empty() && is_own_word) out = tried_in_parts(unlikely, all);
    if (out.empty() && has_to_meet) out = tried_events();
    if (out.empty() && is_own_word && search_ == Search::brief) {
      constexpr std::size_t nearest = 16;
      has_time(effort_.searching_briefly);
      out = bisected(unlikely - std::min(unlikely, nearest), unlikely);
    }
    if (!out.empty() || search_ == Search::brief) return out;
    has_time(effort_.searching);
    constexpr std::size_t alone = 2;
    if (has_to_meet && likely > alone) out = tried_retimed(unlikely, all);
    has_time(effort_.searching / 2);
    constexpr unsigned often = 12;
    for (unsigned i = 0; out.empty() && i < (likely > alone && is_own_word ? often : 1); ++i) out = tried(unlikely, all);
    has_time(effort_.searching / 2);
    if (out.empty() && is_own_word) out = tried_in_parts(0, unlikely);
    if (out.empty() && unlikely > 0) out = tried(0, all);
    return out;
  }

  /// Of all flows, with more time between what may have to meet.
  std::vector<Script> tried_events() {
    auto const events = events_alone(suspicion_.scripts);
    has_time(search_ == Search::brief ? effort_.searching_briefly : effort_.searching / 2);
    side_by_side_ = many_at_once;
    for (auto const& way : {slow_motion(events), stretched(events, trace::Channel::msrp), events}) {
      if (events.empty() || clock_.now() >= until_ || was_interrupted()) break;
      if (shows(way)) return way;
    }
    return {};
  }

  /// In large parts, for they have to meet.
  std::vector<Script> tried_retimed(std::size_t from, std::size_t to) {
    constexpr std::size_t part = 96;
    std::vector<Script> out;
    for (auto const& retime : {Retime([](auto flows) { return slow_motion(flows); }),
                               Retime([](auto flows) { return stretched(flows, trace::Channel::msrp); })}) {
      if (!out.empty()) break;
      retime_ = retime;
      out = tried_in_parts(from, to, part);
    }
    retime_ = as_it_was;
    return out;
  }

  /// From the last on.
  std::vector<Script> tried_in_parts(std::size_t from, std::size_t to, std::size_t part = few_at_once) {
    std::vector<Script> out;
    while (out.empty() && to > from && clock_.now() < until_) {
      auto const before = to - std::min(part, to - from);
      out = bisected(before, to);
      to = before;
    }
    return out;
  }

  /// Kept where they show it more often than what was kept before. No further than that can be told; what has to come every time is
  /// played no more once it did not.
  void plays_again(std::vector<Script> flows, unsigned rounds = 1) {
    unsigned reproduced = 0, played = 0;
    bool const is_own_word = is_its_own_word(suspicion_.problem);
    while (played < effort_.times && !was_interrupted() && clock_.now() < end_) {
      bool const has = shows(flows, rounds);
      if (!has && clock_.now() >= end_) break;  // it was given up
      ++played;
      reproduced += has ? 1 : 0;
      auto const missed = played - reproduced;
      if (effort_.times - missed <= out_.reproduced || (missed > 0 && !is_own_word)) break;
    }
    if (reproduced <= out_.reproduced) return;
    keep(std::move(flows), reproduced, rounds);
    if (clock_.now() >= end_) out_.times = played;
  }

  void keep(std::vector<Script> flows, unsigned reproduced, unsigned rounds) {
    out_.reproduced = reproduced;
    out_.rounds = rounds;
    out_.side_by_side = side_by_side_;
    out_.flows = std::move(flows);
    out_.seen = std::move(seen_);
  }

  /// Without the changes that no message of theirs has come to, when they showed it last.
  [[nodiscard]] std::vector<Script> as_they_came() const {
    auto out = out_.flows;
    for (auto& script : out) {
      auto const played = std::ranges::find(out_.seen.played, script, &Played::script);
      if (played != out_.seen.played.end()) std::erase_if(script.changes, [&](Change const& one) { return !is_told(*played, one); });
    }
    return out;
  }
  static bool is_told(Played const& played, Change const& change) {
    return std::ranges::any_of(played.result.trace.events(), [&](trace::Event const& event) {
      auto const told = event.kind == trace::Kind::tampered ? changes_told(event.note) : std::vector<Change>();
      return std::ranges::find(told, change) != told.end();
    });
  }

  /// What is smaller and shows it as steadily takes the place of what is kept.
  void plays_again_if_smaller(std::vector<Script> flows) {
    if (flows != out_.flows && shows_each_time(flows, effort_.times)) keep(std::move(flows), effort_.times, 1);
  }

  Clock const& clock_;
  std::span<SimpleBase const> simple_;
  PlayFlows const& play_;
  Suspicion const& suspicion_;
  Search search_;
  Effort effort_;
  using Retime = std::function<std::vector<Script>(std::span<Script const>)>;
  static constexpr std::size_t few_at_once = 24;
  static std::vector<Script> as_it_was(std::span<Script const> flows) { return {flows.begin(), flows.end()}; }
  Retime retime_ = as_it_was;  ///< what is tried
  std::size_t side_by_side_ = 1;  ///< flows in a play
  Instant end_;  ///< of all of it
  Instant until_ = Instant::max();  ///< no trial goes on for longer
  bool ended_otherwise_ = false;  ///< the server, in the last play
  bool is_made_smaller_ = false;
  Duration took_{};  ///< the last play that showed it
  TrialResult seen_;  ///< the last that showed it
  Confirmation out_;
};

}  // namespace

/// What is our judgement must come every time, and that an unchanged flow does not pass in time is ours too.
bool Confirmation::is_sure(Problem const& problem) const {
  bool const is_own_word = is_its_own_word(problem) && known_good_of(problem.bucket).empty();
  return reproduced > 0 && (is_own_word || reproduced == times);
}

Confirmation confirm(Clock const& clock, std::span<SimpleBase const> simple, PlayFlows const& play, Suspicion const& suspicion,
                     Search search, Instant until) {
  return Confirming(clock, simple, play, suspicion, search, until).go();
}

Confirmation confirm(Ground const& ground, Suspicion const& suspicion, Search search, std::function<void()> const& before_each,
                     Instant until) {
  return confirm(
      ground.clock, simple_bases(ground.flows),
      [&](std::span<Script const> flows, TrialOptions const& how) {
        before_each();
        return try_out(ground, flows, how);
      },
      suspicion, search, until);
}

}  // namespace tollgate::fuzz
