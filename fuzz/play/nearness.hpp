#pragma once
/// Who has brought about a server's end, of many flows side by side: what it read last was rather of one that did something just when it
/// last said anything.
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/script/script.hpp"
#include "trace/trace.hpp"

namespace tollgate::fuzz {

/// A flow, and what is known of it.
struct Doing {
  Script const* script = nullptr;
  trace::Trace const* trace = nullptr;  ///< null where there is none yet
};

/// What of a flow is looked at.
enum class Deed : std::uint8_t {
  changed,  ///< our messages that its script has changed
  sent,     ///< all of our messages: where each is retimed, every one of them is changed
};

/// The flows, the nearest last; those that did nothing are the first of them. All traces are of one server's life.
[[nodiscard]] std::vector<Script> by_nearness(std::span<Doing const> flows, Deed deed);

}  // namespace tollgate::fuzz
