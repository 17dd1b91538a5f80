// What a campaign does with what it suspects: it is made sure, told, and left behind.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "fuzz/campaign/campaign.hpp"
#include "fuzz/campaign/gone.hpp"
#include "fuzz/finding/sequence_length.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

static constexpr std::string_view interrupted = "interrupted before it was made sure",
                                  time_was_over = "the time was over before it was made sure";

static bool has_bucket(auto const& suspicions, std::string const& bucket) {
  return std::ranges::any_of(suspicions, [&](Suspicion const& one) { return one.problem.bucket == bucket; });
}

bool Campaign::is_new(Problem const& problem) const {
  return !buckets_.contains(problem.bucket) && !unconfirmed_.has_been_tried(problem) && !is_pending(problem.bucket);
}

bool Campaign::is_pending(std::string const& bucket) const {
  return has_bucket(waiting_, bucket) || now_and_then_.contains(bucket) || (beside_ && beside_->bucket() == bucket);
}

/// Where many have to come together, hardly any of them is what shows it, and nothing else would be found by them any more.
void Campaign::avoids(std::vector<Script> const& found) {
  constexpr std::size_t few = 6;
  std::vector<Change> all;
  for (auto const& script : found)
    for (auto const& change : script.changes)
      if (std::ranges::find(all, change) == all.end()) all.push_back(change);
  if (all.size() > few) return;
  for (auto const& change : all) generator_->avoid(change);
}

/// What builds on what has been found would find it again.
void Campaign::forget_like(std::vector<Script> const& found) {
  auto const finds_it_again = [&](Script const& kept) {
    return std::ranges::any_of(found, [&](Script const& one) {
      return !one.changes.empty() && std::ranges::all_of(one.changes, [&](Change const& change) {
        return std::ranges::find(kept.changes, change) != kept.changes.end();
      });
    });
  };
  std::erase_if(corpus_, finds_it_again);
  std::erase_if(seeds_, finds_it_again);
}

void Campaign::suspects(Suspicion suspicion) {
  if (!is_new(suspicion.problem) || has_bucket(suspicions_, suspicion.problem.bucket)) return;
  std::vector<Script> likely, all;
  for (auto& script : suspicion.scripts) {
    bool const is_unlikely = std::ranges::any_of(script.changes, [this](auto const& change) { return generator_->avoids(change); });
    (is_unlikely ? all : likely).push_back(std::move(script));
  }
  suspicion.unlikely = all.size();
  std::ranges::move(likely, std::back_inserter(all));
  suspicion.scripts = std::move(all);
  suspicions_.push_back(std::move(suspicion));
}

void Campaign::suspects_still() {
  auto const is_known = [this](Script const& one) { return std::ranges::find(flows_, one.base, &BaseFlow::name) != flows_.end(); };
  std::size_t taken_up = 0;
  for (auto& [suspicion, folder] : std::exchange(options_.untried, {})) {
    auto const problem = suspicion.problem;
    if (has_bucket(suspicions_, problem.bucket) || !is_new(problem) || !std::ranges::all_of(suspicion.scripts, is_known))
      continue;  // it lies there still
    unconfirmed_.take_up(problem, std::move(folder));
    suspects(std::move(suspicion));
    ++taken_up;
  }
  if (taken_up == 0) return;
  listener_.says(fmt::format("{} suspicion{} of the earlier part {} made sure first", taken_up, taken_up == 1 ? "" : "s",
                             taken_up == 1 ? "is" : "are"));
  if (beside_) return puts_in_line();
  for (auto& suspicion : std::exchange(suspicions_, {})) confirms(std::move(suspicion), Search::brief);
}

ReproFile Campaign::repro_of(Problem const& problem, std::vector<Script> flows) const {
  auto out = options_.server;
  out.problem = problem;
  out.problem.report.clear();
  out.seed = options_.seed;
  out.flows = std::move(flows);
  return out;
}

void Campaign::seeks_thoroughly(std::function<bool()> const& may) {
  while (may() && !was_interrupted() && !is_gone()) {
    auto suspicion = unconfirmed_.next();
    if (!suspicion) return;
    if (buckets_.contains(suspicion->problem.bucket)) continue;
    auto const from = clock_.now();
    confirms(std::move(*suspicion), Search::thorough);
    unconfirmed_.sought_for(clock_.now() - from);
  }
}

void Campaign::leave(Suspicion const& suspicion, std::string_view how, Confirmation const& tried) {
  auto repro = repro_of(suspicion.problem, suspicion.scripts);
  repro.reproduced = tried.reproduced;
  repro.times = tried.times;
  repro.problem.says += fmt::format("; {}", how);
  auto const folder = unconfirmed_.keep(suspicion, repro);
  listener_.says(fmt::format("{}: {}: {}", suspicion.problem.name(), repro.problem.says, folder.string()));
}

void Campaign::confirms(Suspicion suspicion, Search search) {
  if (was_interrupted()) return leave(suspicion, interrupted);
  if (clock_.now() >= until_) return leave(suspicion, time_was_over);
  auto const& problem = suspicion.problem;
  progress_.making_sure_of = problem.name();
  auto confirmed = confirm(ground(), suspicion, search, [this] { listener_.progress(progress()); }, until_);
  progress_.making_sure_of.clear();
  concludes(std::move(suspicion), search, std::move(confirmed));
}

void Campaign::concludes(Suspicion suspicion, Search search, Confirmation confirmed) {
  auto const& problem = suspicion.problem;
  confirmed.at_case = suspicion.scripts.empty() ? next_ : suspicion.scripts.back().number;
  if (confirmed.is_sure(problem) && search == Search::brief && confirmed.reproduced < confirmed.times && !was_interrupted()) {
    avoids(confirmed.flows);
    leave(suspicion, "it came now and then, and is sought thoroughly", confirmed);
    now_and_then_.insert_or_assign(problem.bucket, std::pair(problem, std::move(confirmed)));
    if (unconfirmed_.put_off(std::move(suspicion))) return;  // sought thoroughly it may come each time
    return tells_now_and_then();
  }
  if (auto before = now_and_then_.extract(problem.bucket); !before.empty() && before.mapped().second.reproduced >= confirmed.reproduced)
    confirmed = std::move(before.mapped().second);
  if (confirmed.is_sure(problem)) return finds(problem, std::move(confirmed));
  if (was_interrupted()) return leave(suspicion, interrupted);
  if (is_gone() && confirmed.reproduced == 0 && is_its_own_word(problem))
    return finds(as_gone(problem), as_played(lasting_, suspicion.scripts, options_.side_by_side));
  if (confirmed.times == 0) return leave(suspicion, time_was_over);
  leave(suspicion,
        fmt::format("{} fresh server showed it again{}", confirmed.reproduced == 0 ? "no" : "not every",
                    search == Search::brief ? " so far" : ""),
        confirmed);
  if (search == Search::brief) (void)unconfirmed_.put_off(std::move(suspicion));
}

void Campaign::puts_in_line() {
  for (auto& suspicion : std::exchange(suspicions_, {}))
    if (is_new(suspicion.problem)) waiting_.push_back(std::move(suspicion));
}

/// What is suspected until then may be why.
Campaign::End Campaign::lets_be_unreachable() {
  constexpr Duration most = 60s;
  puts_in_line();
  if (beside_) finishes_beside(clock_.now() + most);
  tells_now_and_then();
  for (auto const& suspicion : std::exchange(waiting_, {})) leave(suspicion, "the server came up no more");
  return End::unreachable;
}

std::optional<std::pair<Suspicion, Search>> Campaign::next_to_make_sure() {
  if (!waiting_.empty()) {
    auto out = std::move(waiting_.front());
    waiting_.pop_front();
    return std::pair(std::move(out), Search::brief);
  }
  while (auto put_off = unconfirmed_.next())
    if (!buckets_.contains(put_off->problem.bucket)) return std::pair(std::move(*put_off), Search::thorough);
  return std::nullopt;
}

void Campaign::tends() {
  if (!beside_) return;
  if (auto done = beside_->takes()) concludes(std::move(done->suspicion), done->search, std::move(done->confirmation));
  if (beside_->is_busy() || was_interrupted() || clock_.now() >= until_) return;
  auto next = next_to_make_sure();
  if (!next) return;
  beside_->begins(std::move(next->first), next->second, until_ == Instant::max() ? Duration::max() : until_ - clock_.now());
  beside_since_ = clock_.now();
}

bool Campaign::is_soon_sure() const {
  constexpr Duration soon = 15s;
  return clock_.now() - beside_since_ < soon;
}

void Campaign::tends_while(std::function<bool()> const& goes_on) {
  Instant next_look = clock_.now();
  while (!was_interrupted()) {
    tends();
    if (!goes_on()) return;
    clock_.run_until([this, next = clock_.now() + 20ms] { return clock_.now() >= next; });
    if (clock_.now() < next_look) continue;
    next_look = clock_.now() + 1s;
    listener_.progress(progress());
  }
}

/// A finding all the same.
void Campaign::tells_now_and_then() {
  for (auto& [bucket, known] : std::exchange(now_and_then_, {})) finds(known.first, std::move(known.second));
}

void Campaign::finishes_beside(Instant until) {
  tends_while([this, until] { return beside_->is_busy() && clock_.now() < until; });
  if (auto done = beside_->ends()) concludes(std::move(done->suspicion), done->search, std::move(done->confirmation));
  tells_now_and_then();
  for (auto const& suspicion : std::exchange(waiting_, {})) leave(suspicion, was_interrupted() ? interrupted : time_was_over);
}

/// It answers no more, and nothing was suspected of it, or nothing that explains that.
Campaign::End Campaign::finds_gone() {
  why_ = lasting_.gone;
  bool const is_told = std::ranges::any_of(found_, [](Found const& one) { return one.times == 0 && is_its_own_word(one.problem); });
  if (is_told) return End::gone;
  auto suspicion = suspicion_of(lasting_);
  finds(as_gone(std::move(suspicion.problem)), as_played(lasting_, std::move(suspicion.scripts), options_.side_by_side));
  return End::gone;
}

bool Campaign::is_another(Problem& problem, Confirmation const& confirmed) {
  if (!says_no_place(problem)) return buckets_.insert(problem.bucket).second;
  auto const known = static_cast<unsigned>(std::ranges::count(found_, problem.bucket, [](Found const& one) { return one.problem.bucket; }));
  unsigned const again_most = problem.kind == "hang" ? 1 : 4 * std::max(known, 1U);  // from there on it only costs time
  problem.step = confirmed.seen.step();
  if (buckets_.insert(problem.key()).second) return true;
  if (++found_again_[problem.bucket] < again_most) return false;
  buckets_.insert(problem.bucket);
  listener_.says(fmt::format("\"{}\" came behind steps that are known {} times: what comes so is sought no more, and may hide others",
                             problem.bucket, again_most));
  return false;
}

void Campaign::finds(Problem problem, Confirmation confirmed) {
  unconfirmed_.forget(problem);
  avoids(confirmed.flows);
  forget_like(confirmed.flows);
  if (!is_another(problem, confirmed)) return;
  auto const* const again = find_problem(confirmed.seen.problems, problem.bucket);  // it names the events that are left
  problem.says = says_where(again == nullptr ? problem : *again, problem);
  Found found{.problem = problem,
              .folder = options_.out / problem.name(),
              .reproduced = confirmed.reproduced,
              .times = confirmed.times,
              .at_case = confirmed.at_case,
              .after = clock_.now() - begun_};
  FindingFacts facts{.repro = repro_of(problem, std::move(confirmed.flows)),
                     .problem = problem,
                     .seen = std::move(confirmed.seen),
                     .reproduced = found.reproduced,
                     .times = found.times,
                     .server = file_};
  facts.repro.rounds = confirmed.rounds;
  if (facts.repro.flows.size() > 1) facts.repro.side_by_side = confirmed.side_by_side;
  found.messages = messages_sent(facts.seen.played);
  if (auto const* told = told_by(facts)) found.trace = told->result.trace;
  write_finding(found.folder, facts);
  found.output = std::move(facts.seen.output);
  found_.push_back(std::move(found));
  listener_.found(found_.back());
}

}  // namespace tollgate::fuzz
