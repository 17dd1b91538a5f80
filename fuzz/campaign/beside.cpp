#include "fuzz/campaign/beside.hpp"

#include <utility>

#include "fuzz/play/coverage_map.hpp"
#include "transport/sockets.hpp"

namespace tollgate::fuzz {

namespace {

/// Thrown between two trials.
struct Ended {};

}  // namespace

/// What its servers reach is no news to the campaign.
Beside::Beside(Ground const& ground) : file_(ground.file), flows_(ground.flows), seed_(ground.seed), asks_watchdog_(ground.asks_watchdog) {
  for (auto const* const name : CoverageMap::variables) file_.env.erase(name);
}

Beside::~Beside() {
  ends_ = true;
  if (confirmed_.valid()) confirmed_.wait();
}

bool Beside::can_be_with(SutFile const& file) {
  return !file.launch.empty() && file.says_address;
}

void Beside::begins(Suspicion suspicion, Search search, Duration most) {
  suspicion_ = std::move(suspicion);
  most_ = most;
  search_ = search;
  confirmed_ = std::async(std::launch::async, [this] { return confirmed(); });
}

std::optional<Beside::Done> Beside::takes() {
  if (!confirmed_.valid() || confirmed_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return std::nullopt;
  auto confirmation = confirmed_.get();
  return Done{std::move(suspicion_), search_, std::move(confirmation)};
}

std::optional<Beside::Done> Beside::ends() {
  ends_ = true;
  if (confirmed_.valid()) confirmed_.wait();
  return takes();
}

Confirmation Beside::confirmed() const {
  WallClock clock;
  SocketNetwork network(clock);
  Ground const ground{.clock = clock,
                      .network = network,
                      .file = file_,
                      .flows = flows_,
                      .seed = seed_,
                      .has_served = true,
                      .asks_watchdog = asks_watchdog_};
  try {
    auto const until = most_ == Duration::max() ? Instant::max() : clock.now() + most_;
    auto const before_each = [this] {
      if (ends_) throw Ended{};
    };
    return confirm(ground, suspicion_, search_, before_each, until);
  } catch (Ended const&) {
    return {};
  }
}

}  // namespace tollgate::fuzz
