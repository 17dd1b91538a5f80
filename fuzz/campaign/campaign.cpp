#include "fuzz/campaign/campaign.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "fuzz/campaign/novelty.hpp"
#include "reports/run_folder.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

constexpr std::size_t life_most = 5000;        ///< flows until the server is looked at with its end: leaks
constexpr std::size_t lingering_most = 1500;   ///< flows that only wait for timers of the server
constexpr Duration flow_most = 5s;
constexpr std::size_t growing_most = 256;      ///< flows that may have left something behind

}  // namespace

Campaign::Campaign(WallClock& clock, Network& network, SutFile file, std::span<BaseFlow const> flows, CampaignOptions options)
    : clock_(clock), network_(network), file_(std::move(file)), flows_(flows), options_(std::move(options)), corpus_(options_.corpus),
      journal_(options_.out), next_(options_.first) {
  if (options_.coverage && !file_.launch.empty()) {
    coverage_ = std::make_unique<CoverageMap>();
    file_.env.merge(coverage_->environment());
  }
  buckets_.insert(options_.found.begin(), options_.found.end());
}

Campaign::~Campaign() = default;

Progress Campaign::progress() const {
  auto out = progress_;
  out.edges = coverage_ ? coverage_->reached() : 0;
  out.features = features_.size();
  out.corpus = corpus_.size();
  if (life_begun_) out.running += clock_.now() - *life_begun_;
  return out;
}

bool Campaign::is_over() const {
  return was_interrupted() || (options_.cases_most != 0 && started_ >= options_.cases_most) ||
         (options_.time != Duration::zero() && clock_.now() - begun_ >= options_.time);
}

/// Every base flow once, unchanged: what it sends is what there is to change, and a server that cannot play it is asked no more.
bool Campaign::calibrates() {
  std::vector<FlowProfile> profiles;
  for (auto const& flow : flows_) {
    Script const script{.base = flow.name};
    auto const seen = try_out({clock_, network_, file_, flows_, options_.seed}, std::span(&script, 1), {.ends_server = false});
    if (!seen.unready.empty() || was_interrupted()) {
      why_ = seen.unready;
      return false;
    }
    if (!seen.problems.empty() || seen.played.empty() || seen.played.front().result.verdict != Verdict::pass) {
      auto const because = !seen.problems.empty() ? seen.problems.front().says
                           : seen.played.empty()  ? std::string("it did not end")
                                                  : seen.played.front().result.because;
      listener_.says(fmt::format("the flow {} does not pass by itself and is left out: {}", flow.name, because));
      continue;
    }
    FlowProfile profile{.base = flow.name};
    for (auto const& event : seen.played.front().result.trace.events())
      if (event.kind == trace::Kind::message && event.direction == trace::Direction::sent && event.repeats == 0)
        ++profile.sent.at(static_cast<std::size_t>(event.channel));
    profiles.push_back(std::move(profile));
    for (auto const feature : features_of(seen.played.front().result.trace)) features_.insert(feature);
  }
  if (coverage_) (void)coverage_->news();
  if (profiles.empty()) {
    why_ = "no flow passes unchanged: there is nothing to build on. `tollgate run` says what is wrong";
    return false;
  }
  std::erase_if(corpus_, [&](Script const& kept) { return std::ranges::find(profiles, kept.base, &FlowProfile::base) == profiles.end(); });
  generator_.emplace(options_.seed, std::move(profiles), options_.channels);
  return true;
}

Campaign::End Campaign::run(Listener listener) {
  listener_ = std::move(listener);
  begun_ = clock_.now();
  if (!calibrates()) return was_interrupted() ? End::interrupted : End::unreachable;
  while (!is_over()) {
    life_begun_ = clock_.now();
    plays_one_life();
    progress_.running += clock_.now() - *std::exchange(life_begun_, std::nullopt);
    if (!why_.empty()) return End::unreachable;
    for (auto& suspicion : std::exchange(suspicions_, {}))
      if (is_new(suspicion.problem) && !was_interrupted()) confirms(std::move(suspicion));
  }
  return was_interrupted() ? End::interrupted : End::complete;
}

bool Campaign::is_new(Problem const& problem) const {
  constexpr unsigned tries = 3;  // what no fresh server shows again is let be
  auto const tried = unconfirmed_.find(problem.bucket);
  return !buckets_.contains(problem.bucket) && (tried == unconfirmed_.end() || tried->second < tries);
}

void Campaign::feed(Arena& arena) {
  while (!is_over() && arena.playing() < options_.side_by_side && arena.lingering() < lingering_most) {
    auto const number = next_++;
    ++started_;
    // Every other case is built on one that showed something new, once there are such.
    bool const builds = !corpus_.empty() && number % 2 == 0;
    auto script = generator_->make(number, builds ? &corpus_[(number / 2) % corpus_.size()] : nullptr);
    journal_.note(script);
    arena.start(std::move(script));
  }
}

void Campaign::plays_one_life() {
  ++progress_.lives;
  Arena arena(clock_, network_, file_, flows_, options_.seed + progress_.lives);
  if (std::exchange(is_exhausted_, false)) why_ = arena.resets();
  if (why_.empty()) why_ = arena.becomes_ready();
  if (!why_.empty()) return;
  health_ = {};
  health_.at_rest(arena.footprint());
  arena.on_played = [this](Played played) { judged(std::move(played)); };
  finished_.clear();
  auto const until = started_ + life_most;
  Instant next_look = clock_.now();
  while (!is_over() && arena.ended().empty() && suspicions_.empty() && started_ < until) {
    feed(arena);
    arena.wait([&] { return !arena.ended().empty() || arena.playing() < options_.side_by_side; }, 20ms);
    progress_.under_way = arena.under_way();
    progress_.lingering = arena.lingering();
    if (clock_.now() < next_look) continue;
    next_look = clock_.now() + 1s;
    journal_.flush();
    listener_.progress(progress());
    if (!goes_on(arena)) break;
  }
  ends_life(arena);
}

bool Campaign::goes_on(Arena& arena) {
  auto const held = arena.footprint();
  if (auto problem = health_.growth(held, arena.under_way()); problem && is_new(*problem)) {
    suspects({.problem = std::move(*problem), .scripts = recent(growing_most)});
    return false;
  }
  if (auto const why = health_.exhausted(held); !why.empty()) {
    constexpr std::size_t least = 4;
    options_.side_by_side = std::max(options_.side_by_side / 2, least);
    listener_.says(fmt::format("{} under our load: the server is exhausted, not crashed; it begins anew, with {} flows side by side", why,
                               options_.side_by_side));
    is_exhausted_ = true;
    return false;
  }
  return arena.answers();
}

std::vector<Script> Campaign::recent(std::size_t most) const {
  auto const from = finished_.size() > most ? finished_.size() - most : 0;
  return {finished_.begin() + static_cast<std::ptrdiff_t>(from), finished_.end()};
}

void Campaign::ends_life(Arena& arena) {
  auto const how = arena.ended();
  auto const suspects_of = [&](std::size_t most) {
    auto out = recent(most);
    for (auto& script : arena.scripts_under_way()) out.push_back(std::move(script));
    return out;
  };
  if (!how.empty()) {
    auto scripts = suspects_of(options_.side_by_side);
    auto problems = arena.last_words();
    arena.cut_off();
    for (auto& problem : problems) suspects({.problem = std::move(problem), .scripts = scripts});
    return;
  }
  if (!was_interrupted()) {  // the last flows go to their end; what lingers of them says little more
    arena.wait([&] { return arena.playing() == 0 || !arena.ended().empty(); }, flow_most);
    if (!arena.ended().empty()) return ends_life(arena);
  }
  auto scripts = suspects_of(life_most);
  arena.cut_off();
  if (was_interrupted()) return;
  for (auto& problem : arena.ends()) suspects({.problem = std::move(problem), .scripts = scripts});
}

void Campaign::judged(Played played) {
  ++progress_.cases;
  for (auto const& event : played.result.trace.events()) progress_.messages += event.kind == trace::Kind::message ? 1 : 0;
  health_.notes(played.result.trace);
  advisories_.look(played.result.trace, played.script.number);
  learns(played);
  for (auto& problem : problems_in(played.result)) {
    auto scripts = recent(options_.side_by_side);
    scripts.push_back(played.script);
    suspects({.problem = std::move(problem), .scripts = std::move(scripts), .trace = played.result.trace});
  }
  finished_.push_back(std::move(played.script));
  if (finished_.size() > life_most) finished_.pop_front();
}

/// What showed something new is built on later.
void Campaign::learns(Played const& played) {
  bool is_new = coverage_ && coverage_->news() > 0;
  for (auto const feature : features_of(played.result.trace)) is_new |= features_.insert(feature).second;
  constexpr std::size_t corpus_most = 4000;
  if (is_new && !played.script.changes.empty() && corpus_.size() < corpus_most) corpus_.push_back(played.script);
}

/// What builds on what has been found would find it again.
void Campaign::forget_like(std::vector<Script> const& found) {
  std::erase_if(corpus_, [&](Script const& kept) {
    return std::ranges::any_of(found, [&](Script const& one) {
      return !one.changes.empty() && std::ranges::all_of(one.changes, [&](Change const& change) {
        return std::ranges::find(kept.changes, change) != kept.changes.end();
      });
    });
  });
}

void Campaign::suspects(Suspicion suspicion) {
  bool const waits = std::ranges::any_of(suspicions_, [&](auto const& one) { return one.problem.bucket == suspicion.problem.bucket; });
  if (!is_new(suspicion.problem) || waits) return;
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

ReproFile Campaign::repro_of(Problem const& problem, std::vector<Script> flows) const {
  auto out = options_.server;
  out.kind = problem.kind;
  out.bucket = problem.bucket;
  out.says = problem.says;
  out.seed = options_.seed;
  out.flows = std::move(flows);
  return out;
}

/// Nothing that a report may claim, and yet something to look at.
void Campaign::lets_be(Suspicion const& suspicion, unsigned reproduced) {
  auto const& problem = suspicion.problem;
  ++progress_.unconfirmed;
  auto const nth = ++unconfirmed_[problem.bucket];
  auto const folder = options_.out / "unconfirmed" / fmt::format("{}-{}", problem.name(), nth);
  std::filesystem::create_directories(folder);
  reports::write_file(folder / "repro.toml", to_toml(repro_of(problem, suspicion.scripts)));
  if (!problem.report.empty()) reports::write_file(folder / "report.txt", problem.report);
  if (!suspicion.trace.empty()) reports::write_file(folder / "trace.jsonl", trace::save(suspicion.trace));
  listener_.says(fmt::format("{}: {}; {} fresh server showed it again: {}", problem.name(), problem.says,
                             reproduced == 0 ? "no" : "not every", folder.string()));
}

void Campaign::confirms(Suspicion suspicion) {
  auto const& problem = suspicion.problem;
  auto confirmed = confirm({clock_, network_, file_, flows_, options_.seed}, suspicion);
  if (!confirmed.is_sure(problem)) return lets_be(suspicion, confirmed.reproduced);
  buckets_.insert(problem.bucket);
  for (auto const& script : confirmed.flows)
    for (auto const& change : script.changes) generator_->avoid(change);
  forget_like(confirmed.flows);
  Found found{.problem = problem,
              .folder = options_.out / problem.name(),
              .reproduced = confirmed.reproduced,
              .times = confirmed.times,
              .at_case = next_,
              .after = clock_.now() - begun_};
  FindingFacts facts{.repro = repro_of(problem, std::move(confirmed.flows)),
                     .problem = problem,
                     .seen = std::move(confirmed.seen),
                     .reproduced = found.reproduced,
                     .times = found.times,
                     .server = file_};
  if (auto const* told = told_by(facts)) found.trace = told->result.trace;
  write_finding(found.folder, facts);
  found_.push_back(std::move(found));
  listener_.found(found_.back());
}

}  // namespace tollgate::fuzz
