#include "runner/simulated_run.hpp"

#include <algorithm>

#include "runner/declaration.hpp"
#include "runner/reference_sut.hpp"
#include "runner/timers.hpp"
#include "sim/sim_clock.hpp"
#include "sim/wall_clock.hpp"
#include "transport/tls.hpp"

namespace tollgate {

namespace {

/// Of the server and of us, in all worlds: it takes longer to make than most cases take.
std::shared_ptr<TlsIdentity const> const& identity() {
  static auto const one = TlsIdentity::around(Ixit().started_at, Random(1), "ims.example");
  return one;
}

/// In one world.
bool play(std::span<Case const* const> plan, std::span<CaseResult> results, SimulatedOptions options, Runner::Listener const& listener) {
  SimClock clock;
  Random random(options.seed);
  LoopbackNetwork network(clock, random.fork(), options.conditions);
  Ixit ixit = reference_sut::ixit();
  ixit.sip_transport = options.ways.sip;
  ixit.ch2_transport = options.ways.ch2;
  ixit.identity = identity();
  ixit.load_percent = options.load_percent;
  scale_waits(ixit, options.clock_scale);
  scale_timers(ixit, options.clock_scale);
  Recorder peer_recorder(clock);
  auto const host = ixit.bind = options.ways.host();
  ixit.binding = options.ways.binding;
  auto const charging_enabler = make_charging_enabler(clock, network, ixit, {host, 3868}, peer_recorder);
  refserver::Config config;
  config.sip = {host, 5060};
  config.sip_tls = {host, 5061};
  config.sip_form = options.sip_form;
  config.units_at = options.units_at;
  config.chunk_octets = options.chunk_octets;
  config.connects = options.server_connects;
  config.charging_enabler = charging_enabler->address();
  config.charging_tls = options.ways.ch2 == trace::Transport::tls;
  config.identity = ixit.identity;
  config.binding = options.ways.binding;
  config.password = ixit.password;
  config.secured_prefix = reference_sut::secured_prefix;
  config.msrps_prefix = reference_sut::msrps_prefix;
  config.timers.scale(options.clock_scale);
  config.faults = options.faults;
  config.looked_at = options.looked_at;
  config.profile = options.server_profile;
  config.user_prefix = reference_sut::user_prefix;
  config.reliable_provisional = config.third_party_register = true;
  auto server = std::make_unique<refserver::Server>(clock, network, random.fork(), config);
  ixit.sut_sip = server->sip();
  ixit.sut_sip_tls = server->sip_tls();
  auto const restart = [&]() -> Task<void> {
    co_await pause(clock, Duration::zero());  // not inside a call of the server's
    server.reset();
    server = std::make_unique<refserver::Server>(clock, network, random.fork(), config);
    Instant const end = clock.now() + ixit.live;
    do co_await pause(clock, 1ms);
    while (!charging_enabler->has_peer() && clock.now() < end);
  };

  Instant const patience = clock.now() + ixit.live;
  clock.run_until([&] { return charging_enabler->has_peer() || clock.now() >= patience; });
  World world{.clock = clock,
              .network = network,
              .ixit = ixit,
              .charging_enabler = *charging_enabler,
              .profile = filled(options.profile, options.server_profile),
              .claims = claims_over(options.ways.binding),
              .restart = restart,
              .facts = facts_of(options.profile, ixit),
              .users = UserPool(ixit.user_count)};
  options.runner.seed = options.seed;
  Runner runner(world, plan, results, terms_of(options.profile, ixit), options.runner, listener);
  runner.run();
  return !runner.deadline_passed();
}

/// A deadline is a time of whoever waits for the run; in simulated time it would pass in a moment.
void by_the_wall(RunnerOptions& options) {
  if (options.deadline == Duration::zero()) return;
  auto const wall = std::make_shared<WallClock>();
  options.is_time_up = [wall, deadline = options.deadline] { return wall->now() >= deadline; };
  options.deadline = Duration::zero();
}

/// As a run of that one case does by itself.
bool play_alone(std::span<Case const* const> plan, std::span<CaseResult> results, std::size_t index, SimulatedOptions options,
                Runner::Listener listener) {
  options.seed += static_cast<std::uint64_t>(std::ranges::count(plan.first(index), plan[index]));
  if (listener.judged)
    listener.judged = [index, judged = listener.judged](std::size_t, CaseResult const& result) { judged(index, result); };
  return play(plan.subspan(index, 1), results.subspan(index, 1), std::move(options), listener);
}

}  // namespace

bool run_simulated(std::span<Case const* const> plan, std::span<CaseResult> results, SimulatedOptions options,
                   Runner::Listener const& listener) {
  by_the_wall(options.runner);
  bool const may_end_early = options.runner.max_fail > 0 || options.runner.until_fail;
  if (may_end_early || plan.size() == 1) return play(plan, results, std::move(options), listener);
  auto shared = options;
  shared.runner.leaves_alone = true;
  bool complete = play(plan, results, std::move(shared), listener);
  for (std::size_t i = 0; i < plan.size(); ++i)
    if (plan[i]->alone) complete &= play_alone(plan, results, i, options, listener);
  return complete;
}

}  // namespace tollgate
