#include "fuzz/script/shrink_messages.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "fuzz/script/capabilities.hpp"
#include "fuzz/script/part.hpp"
#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

class ShrinkingOf {
 public:
  ShrinkingOf(std::vector<Script> scripts, ShrinkingMessages const& how) : best_(std::move(scripts)), how_(how), left_(how.trials_most) {}

  std::vector<Script> go() {
    auto const places = changed();
    for (auto const& place : places) loses_parts(place);
    for (auto const& place : places) loses_octets(place);
    return std::move(best_);
  }

 private:
  /// The messages with a change that leaves octets to send.
  [[nodiscard]] std::vector<MessagePlace> changed() const {
    std::vector<MessagePlace> out;
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (auto const& change : best_[flow].changes) {
        MessagePlace const place{flow, change.channel, change.nth};
        bool const is_of_flow = change.nth != nth_of_capabilities;
        if (is_of_flow && change.act != Change::Act::drop && std::ranges::find(out, place) == out.end()) out.push_back(place);
      }
    return out;
  }

  bool keeps_without(MessagePlace const& place, std::string part) {
    if (left_ == 0 || was_interrupted()) return false;
    --left_;
    auto candidate = best_;
    auto& changes = candidate[place.flow].changes;
    auto const of_message = std::ranges::find_if(
        changes.rbegin(), changes.rend(), [&](Change const& change) { return change.channel == place.channel && change.nth == place.nth; });
    changes.insert(of_message.base(),  // behind it
                   {.channel = place.channel, .nth = place.nth, .act = Change::Act::without, .what = std::move(part)});
    if (!how_.shows(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  void loses_parts(MessagePlace const& place) {
    for (auto& part : parts_of(place.channel, how_.octets(place))) keeps_without(place, std::move(part));
  }

  /// Zeller's ddmin over the octets, from the end: a stretch that can go is gone before the next is tried.
  void loses_octets(MessagePlace const& place) {
    auto size = how_.octets(place).size();
    for (auto stretch = size / 2; stretch > 0 && left_ > 0; stretch /= 2)
      for (auto end = size; end > 0 && left_ > 0;) {
        auto const from = end > stretch ? end - stretch : 0;
        if (keeps_without(place, fmt::format("{}+{}", from, end - from))) size -= end - from;
        end = from;
      }
  }

  std::vector<Script> best_;
  ShrinkingMessages const& how_;
  unsigned left_;
};

}  // namespace

std::vector<Script> with_smaller_messages(std::vector<Script> scripts, ShrinkingMessages const& how) {
  return ShrinkingOf(std::move(scripts), how).go();
}

}  // namespace tollgate::fuzz
