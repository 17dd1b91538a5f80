#include "fuzz/campaign/campaign.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <limits>

#include "fuzz/campaign/gone.hpp"
#include "fuzz/campaign/tried_capabilities.hpp"
#include "fuzz/oracle/novelty.hpp"
#include "fuzz/script/capabilities.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

using Seconds = std::chrono::duration<double>;

Campaign::Campaign(WallClock& clock, Network& network, SutFile file, std::span<BaseFlow const> flows, CampaignOptions options)
    : clock_(clock), network_(network), file_(std::move(file)), flows_(flows), options_(std::move(options)),
      seeds_(options_.corpus.begin(), options_.corpus.end()), corpus_(options_.known), journal_(options_.out), unconfirmed_(options_.out),
      next_(options_.first) {
  if (options_.feedback == Feedback::coverage && !file_.launch.empty()) {
    coverage_ = std::make_unique<CoverageMap>();
    file_.env.merge(coverage_->environment());
  }
  buckets_.insert(options_.found.begin(), options_.found.end());
}

Campaign::~Campaign() = default;

Progress Campaign::progress() const {
  auto out = progress_;
  out.single_messages = options_.single_messages;
  out.edges = coverage_ ? coverage_->reached() : 0;
  out.features = features_.size();
  out.corpus = corpus_.size();
  if (beside_) out.making_sure_of = beside_->name();
  if (lives_begun_) out.running += clock_.now() - *lives_begun_;
  return out;
}

std::vector<Script> Campaign::corpus() const {
  auto out = corpus_;
  out.insert(out.end(), seeds_.begin(), seeds_.end());
  return out;
}

bool Campaign::is_over() const {
  return was_interrupted() || is_gone() || (options_.cases_most != 0 && started_ >= options_.cases_most) ||
         (options_.time != Duration::zero() && clock_.now() - begun_ >= options_.time);
}

Ground Campaign::ground() {
  return {.clock = clock_,
          .network = network_,
          .file = file_,
          .flows = flows_,
          .seed = options_.seed,
          .lasting = file_.launch.empty() ? &lasting_ : nullptr,
          .has_served = generator_.has_value(),
          .asks_watchdog = asks_watchdog_};
}

/// What a server cannot play by itself it is asked no more.
bool Campaign::calibrates() {
  auto calibration = calibrated(ground(), listener_.says);
  asks_watchdog_ = calibration.answers_watchdog;
  why_ = calibration.why;
  if (!why_.empty() || was_interrupted()) return false;
  auto const& profiles = calibration.profiles;
  features_ = std::move(calibration.features);
  originals_ = std::move(calibration.originals);
  if (coverage_) (void)coverage_->news();
  auto const is_unknown = [&](Script const& kept) { return std::ranges::find(profiles, kept.base, &FlowProfile::base) == profiles.end(); };
  std::erase_if(seeds_, is_unknown);
  std::erase_if(corpus_, is_unknown);  // of an earlier part with other flows
  known_good_ = std::move(calibration.known_good);
  usual_end_ = std::move(calibration.usual_end);
  if (Beside::can_be_with(file_)) beside_ = std::make_unique<Beside>(ground());
  bool const has_capabilities = options_.channels.ch2 && options_.channels.binding == ch2::Binding::diameter && !file_.launch.empty();
  Generator::Draws const draws{.mutates_only = options_.single_messages,
                               .capabilities = has_capabilities && !options_.single_messages,
                               .avoids_found = options_.feedback != Feedback::none};
  generator_.emplace(options_.seed, profiles, options_.channels, draws);
  return true;
}

Campaign::End Campaign::run(Listener listener) {
  listener_ = std::move(listener);
  begun_ = clock_.now();
  if (!calibrates()) return was_interrupted() ? End::interrupted : End::unreachable;
  if (!generator_->can_change_any()) {
    why_ = "no flow that passes unchanged sends a message over what --channel names: there is nothing to change";
    return End::nothing_played;
  }
  constexpr Duration most_behind_the_end = 120s;
  if (options_.time != Duration::zero()) until_ = begun_ + options_.time + most_behind_the_end;
  auto const calibrated = clock_.now() - begun_;
  suspects_still();
  while (!is_over()) {
    lives_begun_ = clock_.now();
    plays_lives();
    progress_.running += clock_.now() - *std::exchange(lives_begun_, std::nullopt);
    if (!why_.empty() && !is_gone() && !was_interrupted()) return lets_be_unreachable();
    plays_alone();
    if (beside_) {
      puts_in_line();
      tends_while([this] { return !waiting_.empty() && is_soon_sure() && !is_over(); });  // what ends each life is known then
    } else {
      for (auto& suspicion : std::exchange(suspicions_, {}))
        if (is_new(suspicion.problem)) confirms(std::move(suspicion), Search::brief);
      seeks_thoroughly([this] { return unconfirmed_.has_share_of(clock_.now() - begun_) && !is_over(); });
    }
  }
  until_ = std::min(until_, clock_.now() + most_behind_the_end);
  if (beside_) finishes_beside(until_);
  seeks_thoroughly([this] { return clock_.now() < until_; });
  tells_now_and_then();
  if (is_gone()) return finds_gone();
  if (was_interrupted()) return End::interrupted;
  if (progress_.cases > 0) return End::complete;
  why_ = fmt::format(
      "no case was played: the time, {:.3g} s, was over when the {} flows had been played unchanged, which took {:.1f} s; --time has to be "
      "longer",
      Seconds(options_.time).count(), flows_.size(), Seconds(calibrated).count());
  return End::nothing_played;
}

/// What was kept of earlier campaigns first. Then every other case is built on one that showed something new, once there are such.
Script Campaign::next_script(std::uint64_t number) {
  if (!seeds_.empty()) {
    auto out = std::move(seeds_.front());
    seeds_.pop_front();
    out.number = number;
    return out;
  }
  bool const builds = options_.feedback != Feedback::none && !corpus_.empty() && number % 2 == 0;
  return generator_->make(number, builds ? &corpus_[(number / 2) % corpus_.size()] : nullptr);
}

void Campaign::feed(Life& life) {
  constexpr std::uint64_t seldom = 1000;  // of single messages the journal has one in so many
  while (!is_over() && life.has_room(options_.side_by_side)) {
    ++started_;
    if (!unplayed_.empty()) {
      life.play(std::move(unplayed_.front()));
      unplayed_.pop_front();
      continue;
    }
    auto const number = next_++;
    auto script = next_script(number);
    if (!options_.single_messages || number % seldom == 0) journal_.note(script);
    if (change_of_capabilities(std::span(&script, 1)) != nullptr)
      alone_.push_back(std::move(script));
    else
      life.play(std::move(script));
  }
}

std::unique_ptr<Life> Campaign::begun_life() {
  ++progress_.lives;
  constexpr std::uint64_t now_and_then = 4;
  auto const length = !file_.launch.empty() && progress_.lives % now_and_then == 0 ? Life::Length::brief : Life::Length::whole;
  auto out = std::make_unique<Life>(ground(), options_.single_messages ? originals_ : std::vector<Original>(), length);
  if (!options_.single_messages && known_good_) out->watches(*known_good_);
  out->on_unplayed = [this](Script script) {
    --started_;
    unplayed_.push_back(std::move(script));
  };
  out->on_played = [this, life = out.get()](Played const& played) { judged(*life, played); };
  out->on_read = [this](std::span<Script const> read, std::set<std::uint64_t> const& answers) {
    progress_.cases += read.size();
    progress_.messages += read.size();
    learns(read, answers);
  };
  why_ = out->begins(std::exchange(is_exhausted_, false));
  if (lasting_.has_worn_users) says_users_are_out();
  return out;
}

void Campaign::says_users_are_out() {
  if (!std::exchange(has_said_users_, true)) listener_.says(out_of_users(file_));
}

void Campaign::plays_lives() {
  std::vector<std::unique_ptr<Life>> lives;
  while (lives.size() < options_.servers && why_.empty()) lives.push_back(begun_life());
  if (!why_.empty()) return;
  auto const any = [&](auto const& what) { return std::ranges::any_of(lives, [&](auto const& life) { return what(*life); }); };
  auto const has_ended = [](Life const& life) { return !life.arena().ended().empty(); };
  auto const has_room = [this](Life const& life) { return life.has_room(options_.side_by_side); };
  Instant next_look = clock_.now();
  while (!is_over() && (beside_ || suspicions_.empty()) && !any(has_ended) && !any([](Life const& life) { return life.is_long(); })) {
    tends();
    for (auto const& life : lives) {
      life->makes_room();
      feed(*life);
    }
    lives.front()->arena().wait([&] { return any(has_ended) || any(has_room); }, 20ms);
    if (clock_.now() < next_look) continue;
    next_look = clock_.now() + 1s;
    progress_.under_way = progress_.lingering = 0;
    for (auto const& life : lives) {
      life->beats();
      progress_.under_way += life->arena().under_way();
      progress_.lingering += life->arena().lingering();
    }
    journal_.flush();
    listener_.progress(progress());
    if (!std::ranges::all_of(lives, [this](auto const& life) { return goes_on(*life); })) break;
    if (beside_) puts_in_line();  // what was suspected of a server that answers now is no word of one that hangs
  }
  for (auto const& life : lives) ends(*life);
}

void Campaign::plays_alone() {
  for (auto const& script : std::exchange(alone_, {})) {
    if (was_interrupted()) return;
    tends();
    ++progress_.cases;
    for (auto& suspicion : tried_capabilities(ground(), script)) suspects(std::move(suspicion));
  }
}

bool Campaign::goes_on(Life& life) {
  constexpr std::size_t growing_most = 256;  // flows that may have left something behind
  if (auto problem = life.growth(); problem && is_new(*problem)) {
    suspects({.problem = std::move(*problem), .scripts = life.finished(growing_most)});
    return false;
  }
  if (auto const why = life.exhausted(); !why.empty()) {
    options_.side_by_side = fewer(options_.side_by_side);
    listener_.says(fmt::format("{} under our load: the server is exhausted, not crashed; it begins anew, with {} flows side by side", why,
                               options_.side_by_side));
    is_exhausted_ = true;
    return false;
  }
  if (life.is_out_of_users()) {
    if (!passes_still(life, true)) return false;
    says_users_are_out();
    is_exhausted_ = true;
    return false;
  }
  return life.arena().answers() && passes_still(life, false);
}

/// What the server shows otherwise comes first. One that passes nothing owes every flow something.
bool Campaign::passes_still(Life& life, bool now) {
  constexpr std::size_t most = 256;  // flows that may have done it
  bool const shows_itself = std::ranges::any_of(suspicions_, [](Suspicion const& one) { return is_its_own_word(one.problem); });
  auto problem = shows_itself ? std::nullopt : life.known_good_fails(now);
  if (!problem || !is_new(*problem)) return true;
  suspicions_.clear();
  suspects({.problem = std::move(*problem), .scripts = life.finished(most)});
  return false;
}

void Campaign::ends(Life& life) {
  auto& arena = life.arena();
  if (!suspicions_.empty() && !was_interrupted()) (void)arena.answers();  // one that hangs owes every flow something
  if (arena.hangs()) std::erase_if(suspicions_, [](Suspicion const& one) { return !is_its_own_word(one.problem); });
  if (arena.ended().empty() && !was_interrupted()) {
    life.settles();  // what lingers then says little more
    if (arena.answers()) (void)passes_still(life, true);
  }
  if (!arena.ended().empty()) {
    auto const scripts = life.suspects(options_.side_by_side);
    auto problems = arena.last_words();
    arena.cut_off();
    for (auto& problem : problems) suspects({.problem = std::move(problem), .scripts = scripts});
    return;
  }
  auto const scripts = life.suspects(std::numeric_limits<std::size_t>::max());
  if (!options_.single_messages)  // whose users were those of other flows
    for (auto& problem : arena.charges_for_nobody({})) suspects({.problem = std::move(problem), .scripts = scripts});
  arena.cut_off();
  if (was_interrupted()) return;
  for (auto& problem : arena.ends())
    if (usual_end_.empty() || problem.bucket != usual_end_) suspects({.problem = std::move(problem), .scripts = scripts});
}

void Campaign::judged(Life& life, Played const& played) {
  auto const& trace = played.result.trace;
  ++progress_.cases;
  for (auto const& event : trace.events()) progress_.messages += event.kind == trace::Kind::message ? 1 : 0;
  advisories_.look(trace, played.script.number);
  learns(std::span(&played.script, 1), features_of(trace));
  if (life.arena().hangs()) return;
  auto problems = problems_in(played.result);
  if (options_.strict_answers) std::ranges::move(problems_of_answers(trace), std::back_inserter(problems));
  for (auto& problem : problems) {
    auto scripts = life.finished(options_.side_by_side);
    scripts.push_back(played.script);
    suspects({.problem = std::move(problem), .scripts = std::move(scripts), .trace = trace});
  }
  for (auto& problem : life.arena().charges_for_nobody(std::span(&played, 1))) {
    auto scripts = life.suspects(options_.side_by_side);
    scripts.push_back(played.script);
    suspects({.problem = std::move(problem), .scripts = std::move(scripts), .trace = trace});
  }
}

/// What showed something new is built on later.
void Campaign::learns(std::span<Script const> played, std::set<std::uint64_t> const& features) {
  if (options_.feedback == Feedback::none) return;
  bool is_new = coverage_ && coverage_->news() > 0;
  for (auto const feature : features) is_new |= features_.insert(feature).second;
  constexpr std::size_t corpus_most = 4000;
  for (auto const& script : played) {
    if (!is_new || script.changes.empty()) continue;
    if (corpus_.size() < corpus_most)
      corpus_.push_back(script);
    else
      corpus_[script.number % corpus_most] = script;
  }
}

}  // namespace tollgate::fuzz
