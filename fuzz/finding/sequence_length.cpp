#include "fuzz/finding/sequence_length.hpp"

#include <algorithm>

#include "fuzz/script/tamper.hpp"

namespace tollgate::fuzz {

static bool is_ours(trace::Event const& event) {
  return event.kind == trace::Kind::message && event.direction == trace::Direction::sent;
}

/// What is sent of it beside the message itself.
static std::size_t copies_more(Change const& change) {
  if (change.act == Change::Act::repeat) return change.number - std::min<std::uint64_t>(change.number, 1);
  return change.act == Change::Act::mutate && change.what == "raw.twice_in_one" ? 1 : 0;
}

std::size_t messages_sent(std::span<Played const> played) {
  std::size_t out = 0;
  for (auto const& [script, result] : played) {
    auto const& events = result.trace.events();
    out += static_cast<std::size_t>(std::ranges::count_if(events, [&](auto const& event) {
      return is_ours(event) && (event.repeats == 0 || event.octets != result.trace.at(event.repeats).octets);
    }));
    for (auto const& change : script.changes)
      if (auto const more = copies_more(change); more > 0 && !octets_sent(result.trace, change.channel, change.nth).empty()) out += more;
  }
  return out;
}

}  // namespace tollgate::fuzz
