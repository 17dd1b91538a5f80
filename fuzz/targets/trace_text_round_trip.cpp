/// A trace that can be loaded is saved as it will load again: the same text, the same events.
#include "fuzz/support/target.hpp"
#include "trace/trace.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzz::text(data, size);
  auto const loaded = trace::load(text);
  if (!loaded) {
    require(loaded.error().offset <= text.size(), "an error lies outside of the text");
    return 0;
  }
  auto const saved = trace::save(*loaded);
  auto const again = trace::load(saved);
  require(again.has_value(), "what was saved cannot be loaded");
  require_equal(trace::save(*again), saved, "what was saved is saved otherwise");
  require(again->events().size() == loaded->events().size(), "the number of events changes");
  for (std::size_t i = 0; i < loaded->events().size(); ++i) {
    auto const& before = loaded->events()[i];
    auto const& after = again->events()[i];
    require(before.id == after.id && before.at_ns == after.at_ns && before.kind == after.kind, "an event changes");
    require(before.channel == after.channel && before.direction == after.direction, "an event changes its direction");
    require(before.about == after.about && before.repeats == after.repeats, "an event refers to another");
    require(before.kind != trace::Kind::message || before.octets == after.octets, "an event's octets change");
    require_equal(after.meaning.label(), before.meaning.label(), "an event means something else");
    require_equal(after.actor + after.party + after.note, before.actor + before.party + before.note, "texts change");
  }
  return 0;
}
