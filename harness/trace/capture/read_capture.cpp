#include "trace/capture/read_capture.hpp"

#include "trace/capture/flows.hpp"
#include "trace/capture/messages.hpp"
#include "trace/capture/observer.hpp"
#include "trace/capture/own_packets.hpp"

namespace tollgate::trace {

Parsed<Capture> read_capture(std::string_view file) {
  auto packets = read_capture_file(file);
  if (!packets) return std::unexpected(packets.error());
  if (are_ours(*packets)) {
    auto trace = read_own(*packets);
    if (!trace) return std::unexpected(trace.error());
    return Capture{.trace = std::move(*trace), .is_ours = true};
  }
  auto flows = flows_of(*packets);
  return Capture{.trace = observed(messages_in(std::move(flows.pieces))), .gaps = flows.gaps, .unread = flows.unread};
}

}  // namespace tollgate::trace
