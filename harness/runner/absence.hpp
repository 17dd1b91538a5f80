#pragma once
/// Whether nobody is at the SUT's SIP address, as its machine says at once: a UDP port that ICMP calls unreachable, a connection that is
/// refused. A server that died shows it until another one has its place; one that is silent does not.
#include <functional>
#include <memory>

#include "actors/ixit.hpp"
#include "sim/later.hpp"
#include "sim/mailbox.hpp"
#include "sim/task.hpp"
#include "sim/wall_clock.hpp"
#include "transport/network.hpp"

namespace tollgate {

class Absence {
 public:
  /// All of them outlive it.
  Absence(WallClock& clock, Network& network, Ixit const& ixit);
  ~Absence();

  /// Called once for each watch that saw it, not inside a call of anybody's.
  std::function<void()> on_absent;
  /// Looks again and again for half a second from now. One watch at a time.
  void watch();
  /// Looks once.
  [[nodiscard]] Task<bool> is_refused();

 private:
  [[nodiscard]] Task<void> looks();

  WallClock& clock_;
  Network& network_;
  Ixit const& ixit_;
  bool is_watching_ = false;
  TaskScope scope_;
  Later later_;
};

}  // namespace tollgate
