#pragma once
/// When a server debits, seen from what it had been answered by then (axis D; test purposes, section 3).
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "rules/rule.hpp"

namespace tollgate::deferred_push {

/// `answered_before[i]`: how many of the `messages` SENDs, two or more, had been answered when debit i came. Nothing for what
/// is none of the four readings.
[[nodiscard]] std::optional<rules::DebitTiming> classify(std::span<std::size_t const> answered_before, std::size_t messages);
/// "D-FIRST"
[[nodiscard]] std::string_view axis_value(rules::DebitTiming timing);

}  // namespace tollgate::deferred_push
