#include "fuzz/play/arena.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <ranges>
#include <stdexcept>

#include "base/assert.hpp"
#include "fuzz/play/nearness.hpp"
#include "fuzz/script/mutations.hpp"
#include "runner/declaration.hpp"
#include "runner/hook.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

/// The number of a case that is none: a flow that is played to see whether it still passes.
constexpr auto known_good_number = std::numeric_limits<std::uint64_t>::max();

/// A server that runs already knows what has been played on it before: everything is drawn anew, whoever plays.
std::uint64_t seed_for(Ground const& ground) {
  if (!ground.file.launch.empty()) return ground.seed;
  auto const now = std::chrono::seconds(ground.file.ixit.started_at) + ground.clock.now();
  return Random::of({ground.seed, static_cast<std::uint64_t>(std::chrono::nanoseconds(now).count())}).next();
}

}  // namespace

Arena::Arena(Ground const& ground, SutFile const& file)
    : ground_(ground), is_ours_(!file.launch.empty()), clock_(ground.clock), flows_(ground.flows), seed_(seed_for(ground)), random_(seed_),
      terms_(terms_of(file.profile, file.ixit)), reset_command_(file.reset_command),
      sut_(ground.clock, ground.network, file, random_.fork()), later_(clock_) {
  if (is_ours_) ground_.lasting = nullptr;
  if (ground_.lasting != nullptr && ground_.lasting->users) users_ = *ground_.lasting->users;
  sut_.on_end = [this](std::string const& how) {
    if (!ended_.empty()) return;
    ended_ = how;
    hangs_ = !sut_.how_it_ended();
  };
  if (!is_ours_) sut_.on_absent = [this](std::string const& how) { lets_go(how); };
  beat();
}

Arena::~Arena() {
  clock_.cancel(beat_);
  sut_.on_end = nullptr;
  sut_.on_absent = nullptr;
  flights_.clear();  // who has done with a user gives it back
  if (ground_.lasting != nullptr) ground_.lasting->users = users_;
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
  if (why == "" && ground_.lasting != nullptr) {
    users_ = UserPool(users_.count());
    ground_.lasting->has_worn_users = false;
  }
  return why.value_or("interrupted");
}

static bool is_silent(std::string const& why) {
  return why.starts_with("no answer to OPTIONS");
}

/// One that is not ours has had its time to come back.
bool Arena::may_serve_later(std::string const& why) const {
  return !why.empty() && ground_.has_served && !was_interrupted() && (is_ours_ || !is_silent(why));
}

std::string Arena::becomes_ready() {
  constexpr Duration first_rest = 1s, last_rest = 4s;
  auto why = serves();
  if (!capabilities_.empty()) return serves_after_capabilities(why);
  for (Duration rest = first_rest; may_serve_later(why) && rest <= last_rest; rest *= 2) {
    wait([] { return was_interrupted(); }, rest);
    if (!was_interrupted()) why = serves();
  }
  if (ground_.lasting != nullptr && ground_.has_served && is_silent(why)) ground_.lasting->gone = why;
  return why;
}

void Arena::changes_capabilities(Change const& change) {
  sut_.world().charging_enabler.changes_capabilities([this, change](Octets const& answer) {
    capabilities_ = mutated(change, answer).value_or(answer);
    return capabilities_;
  });
}

/// Nobody tries again whether it bears them. One that is silent may be one that wants to be charged first.
std::string Arena::serves_after_capabilities(std::string const& why) {
  if (auto const how = sut_.how_it_ended()) ended_ = *how;
  return ended_.empty() ? why : "";
}

trace::Trace Arena::capabilities_exchange() const {
  trace::Trace out;
  auto const& all = sut_.peer_trace();
  for (auto const& event : all.events()) {
    if (event.octets != capabilities_ || event.direction != trace::Direction::sent || event.about == 0) continue;
    auto request = all.at(event.about), answer = event;
    answer.about = out.record(std::move(request));
    out.record(std::move(answer));
  }
  return out;
}

std::string Arena::serves() {
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
    flight.has_no_user = why.reason == no_user_left;
  }
  flight.lingers_since = clock_.now();
  ++lingering_;
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
    bool const has_no_user = flight->has_no_user;
    Played played{std::move(flight->script), std::move(flight->result)};
    if (flight->lingers_since) --lingering_;
    flights_.erase(flight);
    if (played.script.number == known_good_number)
      unchanged_ = std::move(played.result);
    else if (has_no_user && on_unplayed)
      on_unplayed(std::move(played.script));
    else
      note(std::move(played));
  });
}

void Arena::cut_off(Flight& flight) {
  flight.running->stop(Verdict::inconc, "cut off", "the campaign went on without it");
}

void Arena::note(Played played) {
  constexpr std::size_t kept_most = 32;
  if (ground_.lasting != nullptr) {
    auto& last = ground_.lasting->played;
    last.push_back(played);
    if (last.size() > kept_most) last.pop_front();
  }
  if (on_played) on_played(std::move(played));
}

/// Where users are scarce, all of their messages are stored by one who is none of theirs.
bool Arena::has_users_for(std::size_t flows) const {
  return users_.free() >= std::min<std::size_t>(users_.count(), flows * (users_.is_scarce() ? 1 : 2));
}

void Arena::wears_users() {
  if (ground_.lasting == nullptr) return;
  users_ = UserPool(users_.count());
  ground_.lasting->has_worn_users = true;
}

std::optional<CaseResult> Arena::plays_unchanged(std::string const& base) {
  constexpr Duration most = 5s;
  unchanged_.reset();
  start({.base = base, .changes = {}, .number = known_good_number});
  wait([this] { return unchanged_ || !ended_.empty() || was_interrupted(); }, most);
  if (unchanged_) return std::exchange(unchanged_, {});
  for (auto& flight : flights_)
    if (flight.script.number == known_good_number) cut_off(flight);
  wait([this] { return unchanged_.has_value(); }, most);
  return std::nullopt;
}

bool Arena::has_late_departures() const {
  return std::ranges::any_of(flights_, [](Flight const& one) { return one.running->has_late_departures(); });
}

std::vector<Script> Arena::scripts_under_way() const {
  std::vector<Doing> flows;
  for (auto const& flight : flights_) flows.push_back({&flight.script, flight.running->trace()});
  return by_nearness(flows, Deed::changed);
}

bool Arena::has_sent(SubscriberName const& name, std::span<Played const> ended) const {
  auto const is_under_way = [&](Flight const& one) { return one.running->trace() != nullptr && name.is_sent_in(*one.running->trace()); };
  auto const asks = [&](trace::Event const& event) {  // the answers to his CCRs name him as well
    return event.channel == trace::Channel::sip && event.direction == trace::Direction::sent && name.is_in(event.octets);
  };
  return std::ranges::any_of(flights_, is_under_way) || name.is_in(capabilities_) ||
         std::ranges::any_of(sut_.peer_trace().events(), asks) ||
         std::ranges::any_of(ended, [&](Played const& one) { return name.is_sent_in(one.result.trace); });
}

bool Arena::is_of_before(std::string_view subscriber) {
  auto const pattern = std::string_view(ixit().user_pattern);
  auto const before_number = pattern.substr(0, pattern.find("{n}"));
  SubscriberName const name(before_number.substr(before_number.find(':') + 1));
  return !is_ours_ && name.is_in(subscriber.substr(0, subscriber.find('@')));
}

/// A server that charges whom a mutation has named does so again and again.
std::vector<Problem> Arena::charges_for_nobody(std::span<Played const> ended) {
  constexpr std::size_t named_most = 200;
  std::vector<Problem> out;
  auto const strays = sut_.world().charging_enabler.strays_since(strays_seen_);
  strays_seen_ += strays.size();
  for (auto const& stray : strays) {
    if (!stray.charges || strays_named_ >= named_most || strays_told_.contains(stray.label)) continue;
    if (is_of_before(stray.subscriber) || has_sent(SubscriberName(stray.subscriber), ended)) {
      ++strays_named_;
      continue;
    }
    strays_told_.emplace(stray.label, stray.event);
    out.push_back(charge_for_nobody(stray.subscriber, stray.label));
  }
  return out;
}

void Arena::adds_charges_for_nobody(trace::Trace& to) const {
  auto const& all = sut_.peer_trace();
  for (auto const& [step, ccr] : strays_told_) {
    auto const about = to.record(all.at(ccr));
    for (auto answer : all.events() | std::views::drop(ccr)) {
      if (answer.about != ccr || answer.kind != trace::Kind::message) continue;
      answer.about = about;
      to.record(std::move(answer));
    }
  }
}

void Arena::trims_lingering(std::size_t most) {
  constexpr Duration to_end_well = 500ms;
  auto left = lingering_;
  for (auto flight = flights_.rbegin(); left > most && flight != flights_.rend(); ++flight) {
    if (!flight->lingers_since || clock_.now() - *flight->lingers_since < to_end_well) continue;
    cut_off(*flight);
    --left;
  }
}

void Arena::cut_off() {
  for (auto& flight : flights_) cut_off(flight);
  constexpr Duration to_judge_all = 120s;
  wait([this] { return flights_.empty(); }, to_judge_all);
}

void Arena::wait(std::function<bool()> const& done, Duration most) {
  auto const until = clock_.now() + most;
  clock_.run_until([&] { return done() || clock_.now() >= until; });
}

std::vector<Problem> Arena::last_words() {
  constexpr Duration to_symbolise = 10s, in_its_pipe = 50ms;
  if (is_ours_ && !sut_.how_it_ended()) {
    sut_.aborts();
    wait([this] { return sut_.how_it_ended().has_value(); }, to_symbolise);
  }
  wait([] { return false; }, in_its_pipe);
  if (has_let_go_) return {{.kind = "crash", .bucket = "let go", .says = ended_, .report = {}}};
  auto out = problems_of_end(ended_, sut_.output());
  for (auto& problem : out)  // SIP goes on, and another lock may be the one
    if (ended_.starts_with(no_answer_to_watchdog) && problem.report.empty()) problem.bucket = "hang DWR";
  return out;
}

void Arena::lets_go(std::string const& how) {
  if (!ended_.empty()) return;
  has_let_go_ = true;
  ended_ = fmt::format("{}, and nobody was at {} any more: it ended", how, ixit().sut_sip_over(ixit().sip_transport).text());
}

bool Arena::answers() {
  if (!ended_.empty()) return false;
  auto& charging = sut_.world().charging_enabler;
  if (ground_.asks_watchdog) charging.asks_watchdog();
  std::optional<bool> answered;
  TaskScope scope;
  scope.start([](Sut& sut, std::string const& ended, std::optional<bool>& out) -> Task<void> {
    co_await sut.world().pulse->asked("which the campaign had asked");
    out = ended.empty();
  }(sut_, ended_, answered));
  clock_.run_until([&] { return answered.has_value() || !ended_.empty(); });
  if (auto const& why = sut_.world().pulse->could_not_ask(); !why.empty())
    throw std::runtime_error(why + ": with so few open files (`ulimit -n`) no campaign can be played");
  if (ended_.empty() && ground_.asks_watchdog) awaits_watchdog();
  return answered.value_or(false) && ended_.empty();
}

void Arena::awaits_watchdog() {
  auto const& charging = sut_.world().charging_enabler;
  auto const patience = sut_.world().pulse->patience();
  wait([&] { return !charging.owes_watchdog() || !ended_.empty() || was_interrupted(); }, patience);
  if (!ended_.empty() || was_interrupted() || !charging.owes_watchdog()) return;
  ended_ = fmt::format("{} at {} within {:.1f} s, though it answers OPTIONS", no_answer_to_watchdog, charging.address().text(),
                       std::chrono::duration<double>(patience).count());
  hangs_ = true;
}

/// By the SIGTERM that it was sent: one that does not catch it, or the shell that it was launched by.
static bool is_as_asked(std::string_view how) {
  return how == "signal 15 (Terminated)" || how == "exit 143";
}

std::vector<Problem> Arena::ends() {
  sut_.on_end = nullptr;
  auto const how = sut_.ends();
  auto out = problems_of_end(is_as_asked(how) ? "exit 0" : how, sut_.output());
  for (auto& problem : out) problem.at_end = true;
  return out;
}

}  // namespace tollgate::fuzz
