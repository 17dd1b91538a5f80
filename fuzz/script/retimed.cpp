#include "fuzz/script/retimed.hpp"

#include <algorithm>
#include <array>

namespace tollgate::fuzz {

/// As many as a push has on a channel in which it has most: MESSAGE, REGISTER, 200 INVITE, 200 BYE.
static constexpr unsigned stretched_most = 4;

static bool changes_it(Script const& flow, trace::Channel channel, unsigned nth) {
  return std::ranges::any_of(flow.changes, [&](Change const& change) { return change.channel == channel && change.nth == nth; });
}

std::vector<Script> stretched(std::span<Script const> flows, trace::Channel channel) {
  std::vector<Script> out(flows.begin(), flows.end());
  for (auto& flow : out) {
    auto const as_it_was = flow;
    for (auto& change : flow.changes)
      if (change.channel == channel && change.act == Change::Act::late) change.number = std::max(change.number, stretch_ms);
    for (unsigned nth = 1; nth <= stretched_most; ++nth)
      if (!changes_it(as_it_was, channel, nth))
        flow.changes.push_back({.channel = channel, .nth = nth, .act = Change::Act::late, .number = stretch_ms});
  }
  return out;
}

std::vector<Script> with_later_events(std::span<Script const> flows) {
  std::vector<Script> out(flows.begin(), flows.end());
  for (auto& flow : out)
    for (auto& change : flow.changes)
      if (change.act == Change::Act::also) change.number = std::max(change.number, later_ms);
  return out;
}

std::vector<Script> slow_motion(std::span<Script const> flows) {
  return stretched(stretched(with_later_events(flows), trace::Channel::ch2), trace::Channel::sip);
}

std::vector<Script> events_alone(std::span<Script const> flows) {
  std::vector<Script> out;
  for (auto const& flow : flows) {
    auto without = flow;
    std::erase_if(without.changes, [](Change const& change) { return draws_mutation(change.act) || change.act == Change::Act::cut; });
    if (!without.changes.empty()) out.push_back(std::move(without));
  }
  return out;
}

std::vector<std::vector<Script>> with_moved_events(std::span<Script const> flows) {
  constexpr std::array channels{trace::Channel::sip, trace::Channel::msrp, trace::Channel::ch2};
  std::vector<std::vector<Script>> out;
  for (std::size_t flow = 0; flow < flows.size(); ++flow)
    for (std::size_t change = 0; change < flows[flow].changes.size(); ++change) {
      auto const& event = flows[flow].changes[change];
      if (event.act != Change::Act::also) continue;
      for (auto const channel : channels)
        for (unsigned nth = 1; nth <= stretched_most; ++nth) {
          if (channel == event.channel && nth == event.nth) continue;
          auto& moved = out.emplace_back(flows.begin(), flows.end())[flow].changes[change];
          moved.channel = channel;
          moved.nth = nth;
        }
    }
  return out;
}

}  // namespace tollgate::fuzz
