#include "fuzz/campaign/arena.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <limits>
#include <ranges>
#include <stdexcept>
#include <tuple>

#include "base/assert.hpp"
#include "runner/declaration.hpp"
#include "runner/hook.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

Arena::Arena(WallClock& clock, Network& network, SutFile const& file, std::span<BaseFlow const> flows, std::uint64_t seed)
    : clock_(clock), flows_(flows), seed_(seed), random_(seed), terms_(terms_of(file.profile, file.ixit)),
      reset_command_(file.reset_command), sut_(clock, network, file, random_.fork()), later_(clock) {
  sut_.on_end = [this](std::string const& how) {
    if (!ended_.empty()) return;
    ended_ = how;
    hangs_ = !sut_.how_it_ended();
  };
  beat();
}

Arena::~Arena() {
  clock_.cancel(beat_);
  sut_.on_end = nullptr;
}

void Arena::beat() {
  beat_ = clock_.after(10ms, [this] { beat(); });
}

std::string Arena::resets() {
  if (reset_command_.empty()) return "";
  static constexpr Duration patience = 60s;
  std::optional<std::string> why;
  TaskScope scope;
  scope.start([](WallClock& clock, std::vector<std::string> command, std::optional<std::string>& out) -> Task<void> {
    out = co_await run_hook(clock, std::move(command), patience);
  }(clock_, reset_command_, why));
  clock_.run_until([&] { return why.has_value() || was_interrupted(); });
  return why.value_or("interrupted");
}

std::string Arena::becomes_ready() {
  std::optional<std::string> why;
  TaskScope scope;
  scope.start([](Sut& sut, std::optional<std::string>& out) -> Task<void> {
    try {
      co_await sut.becomes_ready();
      out = "";
    } catch (Unreachable const& unreachable) {
      out = unreachable.what();
    }
  }(sut_, why));
  clock_.run_until([&] { return why.has_value() || was_interrupted(); });
  return why.value_or("interrupted");
}

Task<void> Arena::play(Bed& bed, Flight& flight, BaseFlow const& flow) {
  tampers(bed, flight.script.changes, pool_);
  std::optional<CaseStopped> stopped;
  try {
    co_await flow.run(bed);
  } catch (CaseStopped const& why) {
    stopped = why;  // a changed message may leave the flow anywhere; what the server did then is for the monitors
  }
  flight.lingers_since = clock_.now();
  if (stopped && flight.script.changes.empty()) throw CaseStopped(*stopped);
}

void Arena::start(Script script) {
  auto const flow = std::ranges::find(flows_, script.base, &BaseFlow::name);
  TOLLGATE_ASSERT(flow != flows_.end());
  auto const flight = flights_.emplace(flights_.end());
  flight->script = std::move(script);
  flight->result.info.id = fmt::format("case-{}", flight->script.number);
  flight->what.info = flight->result.info;
  flight->what.run = [this, flight, flow](Bed& bed) { return play(bed, *flight, *flow); };
  constexpr Duration guard = 120s;
  auto const random = random_of_case(seed_, flight->script.number, played_[flight->script.number]++);
  flight->running = std::make_unique<RunningCase>(sut_.world(), flight->what, flight->result, terms_, random, guard,
                                                  RunningCase::Listener{.judged = {}, .finished = [this, flight] { finished(flight); }});
  flight->running->start();
}

void Arena::finished(std::list<Flight>::iterator flight) {
  later_.post([this, flight] {  // not inside the case's own call
    Played played{std::move(flight->script), std::move(flight->result)};
    flights_.erase(flight);
    if (on_played) on_played(std::move(played));
  });
}

std::size_t Arena::lingering() const {
  return static_cast<std::size_t>(std::ranges::count_if(flights_, [](Flight const& one) { return one.lingers_since.has_value(); }));
}

bool Arena::has_late_departures() const {
  return std::ranges::any_of(flights_, [](Flight const& one) { return one.running->has_late_departures(); });
}

/// When the server last said anything in that flow, or 0.
static std::int64_t last_heard(trace::Trace const& flow) {
  for (auto const& event : flow.events() | std::views::reverse)
    if (event.kind == trace::Kind::message && event.direction == trace::Direction::received) return event.at_ns;
  return 0;
}

/// How far from that moment the flow changed something; one that never did is farther than any that did.
static std::int64_t nearest_change(trace::Trace const& flow, std::int64_t moment) {
  auto nearest = std::numeric_limits<std::int64_t>::max();
  for (auto const& event : flow.events())
    if (event.kind == trace::Kind::tampered) nearest = std::min(nearest, std::abs(event.at_ns - moment));
  return nearest;
}

std::vector<Script> Arena::scripts_under_way() const {
  std::int64_t moment = 0;
  for (auto const& flight : flights_)
    if (auto const* trace = flight.running->trace()) moment = std::max(moment, last_heard(*trace));
  std::vector<std::tuple<std::int64_t, std::size_t, Flight const*>> by_distance;
  for (auto const& flight : flights_) {
    auto const* const trace = flight.running->trace();
    auto const distance = trace != nullptr ? nearest_change(*trace, moment) : std::numeric_limits<std::int64_t>::max();
    by_distance.emplace_back(-distance, by_distance.size(), &flight);
  }
  std::ranges::sort(by_distance);
  std::vector<Script> out;
  for (auto const& [distance, nth, flight] : by_distance) out.push_back(flight->script);
  return out;
}

void Arena::trims_lingering(std::size_t most) {
  constexpr Duration to_end_well = 500ms;
  auto left = lingering();
  for (auto flight = flights_.rbegin(); left > most && flight != flights_.rend(); ++flight) {
    if (!flight->lingers_since || clock_.now() - *flight->lingers_since < to_end_well) continue;
    flight->running->stop(Verdict::inconc, "cut off", "the campaign went on without it");
    --left;
  }
}

void Arena::cut_off() {
  for (auto& flight : flights_) flight.running->stop(Verdict::inconc, "cut off", "the campaign went on without it");
  constexpr Duration to_judge_all = 120s;
  wait([this] { return flights_.empty(); }, to_judge_all);
}

void Arena::wait(std::function<bool()> const& done, Duration most) {
  auto const until = clock_.now() + most;
  clock_.run_until([&] { return done() || clock_.now() >= until; });
}

std::vector<Problem> Arena::last_words() {
  constexpr Duration to_symbolise = 10s, in_its_pipe = 50ms;
  if (!sut_.how_it_ended()) {
    sut_.aborts();
    wait([this] { return sut_.how_it_ended().has_value(); }, to_symbolise);
  }
  wait([] { return false; }, in_its_pipe);
  return problems_of_end(ended_, sut_.output());
}

bool Arena::answers() {
  if (!ended_.empty()) return false;
  std::optional<bool> answered;
  TaskScope scope;
  scope.start([](Sut& sut, std::string const& ended, std::optional<bool>& out) -> Task<void> {
    co_await sut.world().pulse->asked("which the campaign had asked");
    out = ended.empty();
  }(sut_, ended_, answered));
  clock_.run_until([&] { return answered.has_value() || !ended_.empty(); });
  if (auto const& why = sut_.world().pulse->could_not_ask(); !why.empty())
    throw std::runtime_error(why + ": with so few open files (`ulimit -n`) no campaign can be played");
  return answered.value_or(false) && ended_.empty();
}

std::vector<Problem> Arena::ends() {
  sut_.on_end = nullptr;
  auto const how = sut_.ends();
  return problems_of_end(how, sut_.output());
}

}  // namespace tollgate::fuzz
