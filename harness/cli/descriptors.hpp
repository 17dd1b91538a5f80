#pragma once
/// How many files and sockets this process may have open.

#include "trace/event.hpp"

namespace tollgate::cli {

/// Takes as many as it may, up to 65536: each user of a run has some sockets, and thousands are under way at a time. What it starts
/// may have as many.
void takes_descriptors();

/// Flows that one case may play side by side over that transport with what there is: four cases of load are under way at a time,
/// and a flow takes at most 8 sockets over UDP, 12 over TCP and 16 over TLS, some tenth of all being for the rest of the run.
[[nodiscard]] unsigned flows_within_descriptors(trace::Transport transport);

}  // namespace tollgate::cli
