#include "fuzz/disorder/journal.hpp"

#include <fmt/format.h>
#include <utility>

namespace tollgate::fuzz {

trace::EventId Journal::record(trace::Event event) {
  event.at_ns = clock_.now().count();
  return trace_.record(std::move(event));
}

Octets Journal::mangled(Protocol protocol, Octets octets) {
  auto const seed = std::exchange(seed_, std::nullopt);
  if (!seed) return octets;
  Random random(*seed);
  return mutate(protocol, octets, random);
}

std::string story(trace::Trace const& trace) {
  std::string story;
  for (auto const& e : trace.events()) {
    bool const is_message = e.kind == trace::Kind::message;
    story += fmt::format("  #{:<3} {:>10.3f} ms {} {:<8} {} {}", e.id, static_cast<double>(e.at_ns) / 1e6, to_string(e.channel),
                         to_string(e.direction), e.party, is_message ? e.meaning.label() : std::string(to_string(e.kind)));
    if (e.meaning.requested) story += fmt::format(" asks {}", *e.meaning.requested);
    if (e.meaning.granted) story += fmt::format(" grants {}", *e.meaning.granted);
    if (e.meaning.used) story += fmt::format(" used {}", *e.meaning.used);
    if (e.about != 0) story += fmt::format(" about #{}", e.about);
    if (e.repeats != 0) story += fmt::format(" repeats #{}", e.repeats);
    story += (e.note.empty() ? "" : " (" + e.note + ")") + "\n";
  }
  return story;
}

}  // namespace tollgate::fuzz
