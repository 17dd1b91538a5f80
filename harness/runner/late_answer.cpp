#include "runner/late_answer.hpp"

namespace tollgate {

std::optional<trace::EventId> answered_too_late(trace::Trace const& trace, Duration limit) {
  for (auto const& event : trace.events()) {
    bool const is_answer = event.kind == trace::Kind::message && event.channel == trace::Channel::ch2 &&
                           event.direction == trace::Direction::sent && event.about != 0;
    if (is_answer && Duration(event.at_ns - trace.at(event.about).at_ns) > limit) return event.id;
  }
  return std::nullopt;
}

}  // namespace tollgate
