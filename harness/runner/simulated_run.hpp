#pragma once
/// A run in simulated time: actors, cases and the reference server in one process, on one simulated network.
#include <cstdint>
#include <span>
#include <vector>

#include "refserver/server.hpp"
#include "runner/bundle.hpp"
#include "runner/runner.hpp"
#include "runner/ways.hpp"
#include "transport/loopback.hpp"

namespace tollgate {

struct SimulatedOptions {
  std::uint64_t seed = 1;
  std::set<refserver::Fault> faults;
  std::set<refserver::Fault>* looked_at = nullptr;  ///< if set: gets the faults whose switch the server looks at
  refserver::Profile server_profile;
  LoopbackConditions conditions;
  Ways ways;
  refserver::SipForm sip_form;              ///< in which the server writes SIP
  ch2::UnitsAt units_at = ch2::UnitsAt::command;
  bool server_connects = false;             ///< it offers a=setup:active
  std::size_t chunk_octets = 2048;          ///< of a chunk of the server's
  tollgate::Profile profile;  ///< what the server is taken to declare
  double clock_scale = 1;       ///< factor on the timers of the server, and on ours
  unsigned load_percent = 100;  ///< of the repetitions of the cases of load
  RunnerOptions runner;         ///< whose `deadline` is by the wall: simulated time would have it pass in a moment
};

/// Runs the plan; the same options give the same results to the octet. `results` as in Runner. Where nothing ends the run early,
/// cases that need the SUT for themselves have a world of their own: the same as when they are all of the plan.
/// False when the deadline of the run passed first.
bool run_simulated(std::span<Case const* const> plan, std::span<CaseResult> results, SimulatedOptions options,
                   Runner::Listener const& listener);

}  // namespace tollgate
