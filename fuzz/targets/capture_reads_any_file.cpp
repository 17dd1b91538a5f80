/// Any file is read as a capture or refused with a place in it; a capture of ours that was read is written as it will be read again.
#include "fuzz/support/target.hpp"
#include "trace/capture/pcapng.hpp"
#include "trace/capture/read_capture.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const file = fuzz::text(data, size);
  auto const capture = trace::read_capture(file);
  if (!capture) {
    require(capture.error().offset <= file.size(), "an error lies outside of the file");
    return 0;
  }
  for (auto const& event : capture->trace.events()) {
    require(event.about < event.id && event.repeats < event.id, "an event refers to a later one");
    require(capture->is_ours || event.kind != trace::Kind::message || !event.octets.empty(), "a message of nothing");
  }
  auto const again = trace::read_capture(trace::pcapng(capture->trace));
  require(again.has_value() && again->is_ours, "what was written cannot be read");
  if (capture->is_ours) require_equal(trace::save(again->trace), trace::save(capture->trace), "what was written is read otherwise");
  return 0;
}
