#include "fuzz/play/nearness.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <ranges>
#include <tuple>

namespace tollgate::fuzz {

namespace {

/// When the server last said anything in that flow, or 0.
std::int64_t last_heard(trace::Trace const& flow) {
  for (auto const& event : flow.events() | std::views::reverse)
    if (event.kind == trace::Kind::message && event.direction == trace::Direction::received) return event.at_ns;
  return 0;
}

bool is(trace::Event const& event, Deed deed) {
  if (event.kind == trace::Kind::tampered) return true;
  return deed == Deed::sent && event.kind == trace::Kind::message && event.direction == trace::Direction::sent;
}

/// Of what the flow did how far the nearest is from that moment.
std::int64_t distance(trace::Trace const& flow, std::int64_t moment, Deed deed) {
  auto nearest = std::numeric_limits<std::int64_t>::max();
  for (auto const& event : flow.events())
    if (is(event, deed)) nearest = std::min(nearest, std::abs(event.at_ns - moment));
  return nearest;
}

}  // namespace

std::vector<Script> by_nearness(std::span<Doing const> flows, Deed deed) {
  std::int64_t moment = 0;
  for (auto const& flow : flows)
    if (flow.trace != nullptr) moment = std::max(moment, last_heard(*flow.trace));
  std::vector<std::tuple<std::int64_t, std::size_t, Script const*>> nearest_last;
  for (auto const& flow : flows) {
    auto const far = flow.trace != nullptr ? distance(*flow.trace, moment, deed) : std::numeric_limits<std::int64_t>::max();
    nearest_last.emplace_back(-far, nearest_last.size(), flow.script);
  }
  std::ranges::sort(nearest_last);
  std::vector<Script> out;
  for (auto const& [far, nth, script] : nearest_last) out.push_back(*script);
  return out;
}

}  // namespace tollgate::fuzz
