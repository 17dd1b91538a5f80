#pragma once
/// A capture file as a trace. One of ours gives back the trace that it was written from, whatever was withheld and stored too; of
/// another one the events are those that its packets show.
#include "base/parsed.hpp"
#include "trace/trace.hpp"

namespace tollgate::trace {

struct Capture {
  Trace trace;
  bool is_ours = false;
  std::size_t gaps = 0;    ///< directions of another one's connections of which octets are missing
  std::size_t unread = 0;  ///< packets of another one that are no TCP and no UDP over IP, are fragments, or are cut
};

/// Offsets of errors count from the start of the file; in one of ours, packets, from 1.
[[nodiscard]] Parsed<Capture> read_capture(std::string_view file);

}  // namespace tollgate::trace
