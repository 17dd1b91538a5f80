#pragma once
/// A server in simulated time between a telephone and a Charging Enabler, for tests of what the parts do together.
#include <gmock/gmock.h>
#include <optional>
#include <string>

#include "refserver/peers_test.hpp"
#include "refserver/server.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate::refserver {

class ServerBed : public testing::Test {
 protected:
  /// With what `config` says by then.
  void starts() {
    config.sip = {"127.0.0.1", 5060};
    config.charging_enabler = charging.address();
    server.emplace(clock, network, Random(7), config);
    passes(10ms);
  }
  void passes(Duration duration) { clock.run_for(duration); }
  /// `k` messages lie there and the user registers.
  void pushes(unsigned k = 1) {
    for (unsigned i = 1; i <= k; ++i) phone.deposits(alice, "text " + std::to_string(i));
    passes(10ms);
    phone.registers(alice, ++register_cseq_);
    passes(100ms);
  }

  static constexpr char const* alice = "sip:alice@ims.example";
  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  TestCharging charging{network};
  TestPhone phone{network, 6000};
  Config config;
  std::optional<Server> server;
  unsigned register_cseq_ = 0;
};

}  // namespace tollgate::refserver
