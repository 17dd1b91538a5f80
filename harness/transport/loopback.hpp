#pragma once
/// A simulated network in one process. Delay, reordering, loss and splitting are drawn from a seed, so the same seed
/// gives the same run.
#include <map>
#include <memory>

#include "base/random.hpp"
#include "sim/clock.hpp"
#include "transport/network.hpp"

namespace tollgate {

/// How the simulated network treats what it carries. Streams keep their order whatever is set.
struct LoopbackConditions {
  Duration delay = 20us;       ///< one way, every message
  Duration jitter{};           ///< up to this much more, evenly; datagrams may overtake each other by it
  unsigned drop_permille = 0;  ///< datagrams lost, of 1000
  std::size_t split_most = 0;  ///< streams arrive in pieces of 1 to this many octets; 0 leaves them whole
};

class LoopbackNetwork final : public Network {
 public:
  LoopbackNetwork(Clock& clock, Random random, LoopbackConditions conditions = {});
  ~LoopbackNetwork() override;

  [[nodiscard]] std::unique_ptr<Datagrams> bind(Address const& local) override;
  [[nodiscard]] std::unique_ptr<Listener> listen(Address const& local, Manner manner = Manner::usual) override;
  [[nodiscard]] std::unique_ptr<Stream> connect(std::string const& from, Address const& to, Manner manner = Manner::usual) override;

 private:
  struct Shared;
  class LoopbackDatagrams;
  class LoopbackListener;
  class LoopbackStream;
  std::shared_ptr<Shared> shared_;
};

}  // namespace tollgate
