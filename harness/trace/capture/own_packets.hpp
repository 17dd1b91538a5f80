#pragma once
/// What a capture of ours says beside its messages, so that it can be judged as the trace can: in the user data of its packets stands
/// the header of the trace, an event without its octets, or which event the octets continue or precede.
#include <optional>
#include <vector>

#include "trace/capture/capture_file.hpp"
#include "trace/trace.hpp"

namespace tollgate::trace {

/// The member that says so: {"continues":12}.
inline constexpr std::string_view continues = "continues";
/// Of line ends before a start line: {"precedes":12}.
inline constexpr std::string_view precedes = "precedes";

/// One line for the list of packets: "withheld: the answer to #5", "silence: INVITE for 500 ms".
[[nodiscard]] std::string sentence_of(Event const& event);

/// The packets begin with the header of a trace.
[[nodiscard]] bool are_ours(std::vector<Packet> const& packets);
/// The trace that was written. The offset of an error is the number of the packet, from 1.
[[nodiscard]] Parsed<Trace> read_own(std::vector<Packet> const& packets);

}  // namespace tollgate::trace
