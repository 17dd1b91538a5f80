#include "runner/scenario/player.hpp"

#include <fmt/format.h>

#include <memory>

#include "base/assert.hpp"
#include "runner/axes.hpp"
#include "runner/duration_expression.hpp"

namespace tollgate {

Task<void> Player::play() {
  for (Step const& step : flow_.steps) co_await std::visit([this](auto const& what) { return run(what); }, step.what);
}

Duration Player::left(std::string const& duration, std::string const& since) const {
  auto const whole = read_duration(duration, bed_.ixit());
  TOLLGATE_ASSERT(whole);  // the reader has checked it
  return since.empty() ? *whole : *whole - bed_.since(names_.event(since));
}

bool Player::counts(step::Axes const& profile) const { return is_certain(bed_.profile(), profile); }

static Task<void> play_all(std::shared_ptr<Scenario const> scenario, Bed& bed) {
  auto const& flows = scenario->flows;
  if (flows.size() == 1) {
    Player player(flows.front(), bed);
    co_await player.play();
    co_return;
  }
  co_await bed.side_by_side(
      flows.size(),
      [&flows](Bed& branch, std::size_t nth) -> Task<void> {
        Player player(flows[nth], branch);
        co_await player.play();
      },
      [&flows](std::size_t nth) { return flows[nth].label; });
}

Case to_case(Scenario scenario) {
  Case out{.info = scenario.info, .bundles = scenario.bundles, .ambiguity = scenario.ambiguity, .profile = scenario.profile, .run = {}};
  out.run = [shared = std::make_shared<Scenario const>(std::move(scenario))](Bed& bed) { return play_all(shared, bed); };
  return out;
}

}  // namespace tollgate
