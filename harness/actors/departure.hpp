#pragma once
/// What becomes of a message of ours on its way out: it goes as it is, or as a fuzzing campaign has it.
#include <cstdint>
#include <functional>
#include <string>

#include "trace/event.hpp"
#include "transport/segments.hpp"

namespace tollgate {

struct Departure {
  Octets octets;
  Segments segments = {};
  unsigned copies = 1;  ///< 0: it is never sent
  Octets behind = {};   ///< a changed copy that follows; "" where none does
  Duration late{};      ///< it is sent so much later
  enum class End : std::uint8_t { none, close, reset } end = End::none;  ///< of its connection, behind it
  std::string says = {};  ///< what was done to it, for the trace; "" where nothing was
};

/// Decides on each first copy of a message, in the order in which they are sent. `planned` has its octets, channel and actor.
using Tamper = std::function<Departure(trace::Event const& planned, Segments segments)>;

/// The way that a message of ours takes.
struct Wire {
  std::function<bool(Octets const&, Segments)> put;  ///< false when the connection is gone
  std::function<void(bool reset)> end = {};          ///< of the connection; empty where there is none
  std::function<bool()> waits = {};  ///< what was put last goes out behind another that has not been put; empty where nothing can
  std::function<void(std::function<void(bool is_out)>)> when_out = {};  ///< of that: called once, when it goes out or never will
};

}  // namespace tollgate
