#include "runner/runner.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <numeric>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "runner/interruption.hpp"
#include "runner/pulse.hpp"

namespace tollgate {

/// A case's randomness depends on the seed, its id and its repetition alone: run by itself it draws the same users, branches,
/// tags and waits. Played again it draws others: the store of the SUT may hold messages of the play before.
static Random random_for(std::uint64_t seed, std::span<Case const* const> plan, std::size_t index, unsigned play) {
  auto const& id = plan[index]->info.id;
  auto const repetition = std::ranges::count(plan.first(index), plan[index]);
  Random random(hash_of(id) ^ (seed + static_cast<std::uint64_t>(repetition)));
  for (unsigned before = 1; before < play; ++before) random = random.fork();
  return random;
}

Runner::Runner(World& world, std::span<Case const* const> plan, std::span<CaseResult> results, rules::Terms terms, RunnerOptions options,
               Listener listener)
    : world_(world), plan_(plan), results_(results), terms_(terms), options_(options), listener_(std::move(listener)), later_(world.clock) {
  TOLLGATE_ASSERT(plan_.size() == results_.size());
  put_in_order();
}

void Runner::gives_own_worlds(std::function<World*(Case const&)> own_world) {
  own_world_ = std::move(own_world);
  put_in_order();
}

void Runner::put_in_order() {
  enum class Turn : std::uint8_t { loads, side_by_side, one_by_one };
  auto const turn = [this](Case const& one) {
    if (!one.alone) return Turn::side_by_side;
    if (!has_own_world(one)) return Turn::one_by_one;
    return one.burst > Duration::zero() ? Turn::loads : Turn::side_by_side;
  };
  order_.resize(plan_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  if (options_.leaves_alone) std::erase_if(order_, [this](auto index) { return plan_[index]->alone; });
  std::ranges::sort(order_, {}, [&](auto index) { return std::pair(turn(*plan_[index]), index); });
}

Runner::~Runner() {
  world_.clock.cancel(start_timer_);
  world_.clock.cancel(show_timer_);
}

void Runner::show() {
  std::vector<UnderWay> all;
  for (auto const& [index, running] : running_)
    all.push_back({.index = index,
                   .waits_for = running->waits_for(),
                   .since = world_.clock.now() - results_[index].started,
                   .trace = running->trace()});
  std::ranges::sort(all, {}, [](UnderWay const& one) { return std::pair(-one.since.count(), one.index); });
  listener_.under_way(all);
  show_timer_ = world_.clock.after(500ms, [this] { show(); });
}

void Runner::run() {
  TimerId deadline;
  if (options_.deadline > Duration::zero()) deadline = world_.clock.after(options_.deadline, [this] { deadline_passed_ = true; });
  start_more();
  if (listener_.under_way) show();
  auto const is_over = [this] { return running_.empty() && next_ == order_.size(); };
  auto const is_time_up = [this] {
    deadline_passed_ = deadline_passed_ || (options_.is_time_up && options_.is_time_up());
    return deadline_passed_;
  };
  world_.clock.run_until([&] { return is_over() || is_time_up() || was_interrupted(); });
  world_.clock.cancel(deadline);
  if (is_over()) return;
  auto const why =
      deadline_passed_ ? "the deadline of the run passed before this case ended" : "the run was interrupted before this case ended";
  closing_ = Closing{Verdict::error, "incomplete", why};
  close_rest(*closing_);
  for (auto const& [index, running] : running_) running->stop(Verdict::error, "incomplete", why);
  world_.clock.run_until([this] { return running_.empty(); });  // what they have seen is still judged
}

/// Neither does a case that has the SUT for itself start beside others, nor another beside it: what is played again comes behind it.
bool Runner::may_start(std::size_t next) const {
  if (has_the_sut(next)) return running_.empty();
  bool const is_taken = std::ranges::any_of(running_, [&](auto const& entry) { return has_the_sut(entry.first); });
  return !is_taken && running_.size() < options_.jobs;
}

bool Runner::has_the_sut(std::size_t index) const {
  auto const& one = *plan_[index];
  return (one.alone && !has_own_world(one)) || held_up_.contains(index);
}

void Runner::start_more() {
  bool const in_doubt = world_.pulse != nullptr && world_.pulse->is_asking();  // whether there is a SUT to run them against
  while (!in_doubt && next_ < order_.size() && may_start(order_[next_])) {
    if (world_.clock.now() < next_start_) return wait_to_start();
    std::size_t const index = order_[next_++];
    if (results_[index].verdict != Verdict::na && !stands(index)) start(index);
  }
}

void Runner::start(std::size_t index) {
  Case const& one = *plan_[index];
  bool const has_its_own = has_own_world(one);
  next_start_ = world_.clock.now() + (has_its_own ? std::max(options_.stagger, one.burst) : options_.stagger);
  World& world = has_its_own ? *own_world_(one) : world_;
  bool const is_beside_others = options_.jobs > 1 && plan_.size() > 1 && !has_the_sut(index) && !has_its_own;
  RunningCase::Listener to{.judged = nullptr, .finished = [this, index] { finished(index); }, .is_beside_others = is_beside_others};
  if (listener_.judged) to.judged = [judged = listener_.judged, index](CaseResult const& result) { judged(index, result); };
  running_[index] = std::make_unique<RunningCase>(
      world, one, results_[index], terms_, random_for(options_.seed, plan_, index, results_[index].plays), options_.guard, std::move(to));
  running_[index]->start();
}

void Runner::wait_to_start() {
  if (is_waiting_) return;
  is_waiting_ = true;
  start_timer_ = world_.clock.after(next_start_ - world_.clock.now(), [this] {
    is_waiting_ = false;
    start_more();
  });
}

/// What others may have held up, and nobody has seen by itself, says nothing of the SUT.
static void leave_open(CaseResult& result, std::string const& unplayed) {
  auto& own = result.findings.front();
  own.verdict = result.verdict = Verdict::inconc;
  own.reason = result.reason = "held up";
  own.because += fmt::format("; others' answers that were withheld may have held it up, and it was not played by itself: {}", unplayed);
  result.because = own.because;
}

void Runner::finished(std::size_t index) {
  CaseResult& result = results_[index];
  bool const may_be_open = deserves_another_play(result), once_more = may_be_open && !closing_;
  if (once_more) {
    plays_again(index);
  } else {
    if (may_be_open && result.verdict == Verdict::fail && !closing_->is_end_of_sut) leave_open(result, closing_->because);
    if (held_up_.contains(index)) {
      was_held_up_ |= result.verdict == Verdict::pass;
      held_up_in_vain_ += result.verdict == Verdict::fail ? 1 : 0;
    }
    if (may_be_open && listener_.judged) listener_.judged(index, result);  // which has waited for another play
    listener_.finished(result);  // a baseline may know the failure
    fails_ += result.verdict == Verdict::fail ? 1 : 0;
  }
  later_.post([this, index, once_more] {  // not inside the case's own coroutine
    running_.erase(index);
    if (once_more) order_.push_back(index);  // not before: another's end could start it in the place of the one that ends
    if (closing_) return close_rest(*closing_);
    if (options_.until_fail && fails_ > 0)
      close_rest({Verdict::inconc, "not run", "not run: --until-fail ended the run at the first fail"});
    else if (options_.max_fail > 0 && fails_ >= options_.max_fail)
      close_rest({Verdict::inconc, "not run", fmt::format("not run: --max-fail {} was reached", options_.max_fail)});
    start_more();
  });
}

void Runner::plays_again(std::size_t index) {
  CaseResult& result = results_[index];
  CaseResult next{.info = result.info, .plays = result.plays + 1, .again = result.again};
  bool const is_held_up = result.verdict == Verdict::fail;  // else our lag has left it open
  next.played_alone = result.played_alone || is_held_up;
  if (is_held_up) held_up_.emplace(index, std::move(result));
  result = std::move(next);
}

bool Runner::is_of_the_sut() const {
  constexpr unsigned in_vain_most = 5;  // each takes its time
  return !was_held_up_ && held_up_in_vain_ >= in_vain_most;
}

bool Runner::stands(std::size_t index) {
  return is_of_the_sut() && restores(index);
}

bool Runner::restores(std::size_t index) {
  auto first = held_up_.extract(index);
  if (first.empty()) return false;
  auto& result = results_[index] = std::move(first.mapped());
  if (listener_.judged) listener_.judged(index, result);
  listener_.finished(result);
  fails_ += result.verdict == Verdict::fail ? 1 : 0;
  return true;
}

void Runner::close_rest(Closing const& how) {
  while (close_next(how)) {
  }
}

bool Runner::close_next(Closing const& how) {
  while (next_ < order_.size() && results_[order_[next_]].verdict == Verdict::na) ++next_;
  if (next_ == order_.size()) return false;
  auto const index = order_[next_++];
  auto const first = held_up_.find(index);
  bool const is_open = first != held_up_.end() && !how.is_end_of_sut && !is_of_the_sut();
  if (is_open) leave_open(first->second, how.because);
  if (restores(index)) return true;
  CaseResult& result = results_[index];
  result.verdict = how.verdict;
  result.reason = how.reason;
  result.because = how.because;
  result.finished = how.verdict != Verdict::error;
  listener_.finished(result);
  return true;
}

void Runner::sut_lives() {
  start_more();
}

/// Whose fault it was nobody knows when no case ran: the next one says that there is no SUT any more.
void Runner::sut_ended(std::string const& how) {
  bool const somebody_ran = std::ranges::any_of(running_, [this](auto const& entry) { return &entry.second->world() == &world_; });
  if (!somebody_ran) close_next({Verdict::fail, "SUT ended", "the SUT ended before this case: " + how, true});
  closing_ = Closing{Verdict::inconc, "SUT ended", "not run: the SUT had ended: " + how, true};
  close_rest(*closing_);
  sut_ended_in_a_case(world_, how);
}

void Runner::sut_ended_in_a_case(World const& world, std::string const& how) {
  for (auto const& [index, running] : running_)
    if (&running->world() == &world) running->stop(Verdict::fail, "SUT ended", "the SUT ended while this case ran: " + how);
}

}  // namespace tollgate
