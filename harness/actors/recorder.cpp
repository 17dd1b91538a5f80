#include "actors/recorder.hpp"

namespace tollgate {

trace::EventId Recorder::record(trace::Event event) {
  last_activity_ = clock_.now();
  event.at_ns = last_activity_.count();
  return trace_.record(std::move(event));
}

Duration Recorder::worst_lag() const {
  return trace_.empty() ? Duration::zero() : clock_.worst_lag(Instant(trace_.events().front().at_ns));
}

void Recorder::answered(trace::EventId request) {
  unanswered_.erase(request);
  if (withheld_.erase(request) == 0) return;
  auto const& about = trace_.at(request);
  record({.kind = trace::Kind::released,
          .channel = about.channel,
          .direction = trace::Direction::sent,
          .actor = about.actor,
          .party = about.party,
          .about = request,
          .note = "answer to " + about.meaning.label()});
}

void Recorder::withholds_all(std::string const& silence_of, std::string const& actor) {
  for (auto const request : unanswered_) {
    if (!withheld_.insert(request).second) continue;
    auto const about = trace_.at(request);
    record({.kind = trace::Kind::withheld,
            .channel = about.channel,
            .direction = trace::Direction::sent,
            .actor = about.actor,
            .party = about.party,
            .about = request,
            .note = "answer to " + about.meaning.label()});
  }
  record({.kind = trace::Kind::silence, .direction = trace::Direction::received, .actor = actor, .note = silence_of});
}

}  // namespace tollgate
