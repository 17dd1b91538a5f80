// One twelve-step flow without timers: deposit, REGISTER to the 200 of BYE, recorded and judged. In simulated time and on
// the machine's sockets, actors and reference server in one thread. The budgets are 50 microseconds and 25 milliseconds.
#include <benchmark/benchmark.h>

#include "actors/charging_enabler/diameter_enabler.hpp"
#include "refserver/server.hpp"
#include "runner/push_state.hpp"
#include "runner/runner.hpp"
#include "sim/sim_clock.hpp"
#include "sim/wall_clock.hpp"
#include "transport/loopback.hpp"
#include "transport/sockets.hpp"

namespace tollgate {
namespace {

constexpr int flows_a_case = 50;

Task<void> twelve_steps(Bed& bed) {
  auto& alice = bed.client("alice");
  auto const reached = co_await reach(bed, PushState::sending, "alice", 1);
  alice.answers(*reached.send, 200);
  bed.ocs().answers(co_await bed.ocs().receives("debit_units", bed.ixit().live));
  alice.answers(co_await alice.receives("BYE", bed.ixit().live), 200);
}

Task<void> many_flows(Bed& bed) {
  for (int i = 0; i < flows_a_case; ++i) {
    bed.renews("alice");
    co_await twelve_steps(bed);
  }
}

/// Runs the flows against a fresh reference server. False unless the case passed.
bool run_flows(Clock& clock, Network& network, std::uint64_t seed) {
  Ixit ixit;
  ixit.epsilon = 1us;  // the wait behind a case is no part of a flow
  Recorder peers(clock);
  DiameterEnabler charging_enabler(clock, network, ixit, {"127.0.0.1", 0}, peers);
  refserver::Config config;
  config.charging_enabler = charging_enabler.address();
  refserver::Server const server(clock, network, Random(seed), config);
  ixit.sut_sip = server.sip();
  clock.run_until([&] { return charging_enabler.has_peer(); });
  World world{.clock = clock, .network = network, .ixit = ixit, .charging_enabler = charging_enabler};
  Case const flows{.info = {.id = "FLOW-01"}, .run = many_flows};
  std::vector<Case const*> const plan{&flows};
  std::vector<CaseResult> results(1);
  Runner runner(world, plan, results, {}, {.seed = seed}, {.finished = [](CaseResult&) {}});
  runner.run();
  return results.front().verdict == Verdict::pass;
}

void report(benchmark::State& state, double budget_seconds) {
  auto const flows = static_cast<double>(state.iterations()) * flows_a_case;
  state.counters["flow"] = benchmark::Counter(flows, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["of_budget"] = benchmark::Counter(flows * budget_seconds, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void twelve_steps_in_simulated_time(benchmark::State& state) {
  std::uint64_t seed = 0;
  for (auto _ : state) {
    SimClock clock;
    LoopbackNetwork network(clock, Random(++seed));
    if (!run_flows(clock, network, seed)) state.SkipWithError("a flow failed");
  }
  report(state, 50e-6);
}
BENCHMARK(twelve_steps_in_simulated_time)->Name("TwelveStepsInSimulatedTime")->Unit(benchmark::kMillisecond);

void twelve_steps_on_sockets(benchmark::State& state) {
  std::uint64_t seed = 0;
  for (auto _ : state) {
    WallClock clock;
    SocketNetwork network(clock);
    if (!run_flows(clock, network, ++seed)) state.SkipWithError("a flow failed");
  }
  report(state, 25e-3);
}
BENCHMARK(twelve_steps_on_sockets)->Name("TwelveStepsOnSockets")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace tollgate
