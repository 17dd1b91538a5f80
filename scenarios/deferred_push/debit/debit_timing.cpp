#include "scenarios/deferred_push/debit/debit_timing.hpp"

#include <algorithm>
#include <ranges>

namespace tollgate::deferred_push {

using rules::DebitTiming;

std::optional<DebitTiming> classify(std::span<std::size_t const> answered_before, std::size_t messages) {
  if (answered_before.size() == messages && std::ranges::equal(answered_before, std::views::iota(std::size_t{1}, messages + 1)))
    return DebitTiming::each;
  if (answered_before.size() != 1) return std::nullopt;
  auto const answered = answered_before.front();
  if (answered == 0) return DebitTiming::pre;
  if (answered == 1) return DebitTiming::first;
  return answered == messages ? std::optional(DebitTiming::all) : std::nullopt;
}

std::string_view axis_value(DebitTiming timing) {
  switch (timing) {
    case DebitTiming::first: return "D-FIRST";
    case DebitTiming::each: return "D-EACH";
    case DebitTiming::all: return "D-ALL";
    case DebitTiming::pre: return "D-PRE";
    case DebitTiming::any: break;
  }
  return "";
}

}  // namespace tollgate::deferred_push
