#pragma once
/// What two messages show that must meet, of one flow or of two, comes by chance. The same flows with more time between the two show it
/// each time: the timing becomes a part of the case, a change like any other, and is made smaller and played again as such.
#include <span>
#include <vector>

#include "fuzz/script/script.hpp"

namespace tollgate::fuzz {

/// Each of our first messages on that channel goes out `stretch_ms` later, but those that a flow changes otherwise already: what the
/// server does until it has them takes so long.
[[nodiscard]] std::vector<Script> stretched(std::span<Script const> flows, trace::Channel channel);
inline constexpr std::uint64_t stretch_ms = 300;  ///< within T1, so that nobody repeats a request (RFC 3261 17.1.1.2)

/// The same flows with each event, the `also` of a change, a little behind its message, so that the server has read that one: of two
/// sockets it reads either first.
[[nodiscard]] std::vector<Script> with_later_events(std::span<Script const> flows);
inline constexpr std::uint64_t later_ms = 30;

/// Both: the debit and the BYE wait for our answers, and events come while they do.
[[nodiscard]] std::vector<Script> slow_motion(std::span<Script const> flows);

/// The flows that do more than send changed messages, with nothing but that: what no mutation of others can end otherwise.
[[nodiscard]] std::vector<Script> events_alone(std::span<Script const> flows);

/// The same flows with one event, the `also` of a change, at another of our messages: one list for each place.
[[nodiscard]] std::vector<std::vector<Script>> with_moved_events(std::span<Script const> flows);

}  // namespace tollgate::fuzz
