#include "actors/recorder.hpp"

#include <fmt/format.h>
#include <memory>

namespace tollgate {

trace::EventId Recorder::record(trace::Event event) {
  last_activity_ = clock_.now();
  event.at_ns = last_activity_.count();
  if (auto const late = went_out_as_.find(event.about); late != went_out_as_.end()) event.about = late->second;
  return trace_.record(std::move(event));
}

trace::EventId Recorder::record_few(trace::Event event, std::string_view kind, std::size_t most) {
  auto& few = few_.try_emplace(std::string(kind)).first->second;
  auto const octets = event.octets.size();
  if (few.says_so == 0 && few.events < most && few.octets + octets <= kept_octets_most) {
    ++few.events;
    few.octets += octets;
    return record(std::move(event));
  }
  ++few.more;
  few.more_octets += octets;
  auto const size = few.more_octets == 0 ? "" : fmt::format(", {} octets,", few.more_octets);
  auto const note = fmt::format("{} more {}{} are not kept", few.more, kind, size);
  if (few.says_so != 0)
    trace_.rewrite(few.says_so, note);
  else
    few.says_so = record({.kind = trace::Kind::unkept, .channel = event.channel, .actor = event.actor, .party = event.party, .note = note});
  return 0;
}

Recorder::~Recorder() {
  for (auto const& timer : late_departures_) clock_.cancel(timer);
}

trace::EventId Recorder::put(trace::Event event, Segments segments, Wire const& wire) {
  if (!wire.put(event.octets, segments)) return record(unsent(std::move(event)));
  if (!wire.waits || !wire.waits()) return record(std::move(event));
  auto const told = hands_over({.channel = event.channel,
                                .actor = event.actor,
                                .party = event.party,
                                .note = fmt::format("the answer to #{} waits for the response that goes before it", event.about)});
  wire.when_out([this, told, event = std::move(event)](bool is_out) { went_out(told, record(is_out ? event : unsent(event))); });
  return told;
}

trace::Event Recorder::unsent(trace::Event event) {
  if (event.repeats == 0) event.kind = trace::Kind::released;
  event.note = "the connection was gone";
  return event;
}

trace::EventId Recorder::sends(trace::Event event, Segments segments, Wire const& wire) {
  if (!tamper_) return put(std::move(event), segments, wire);
  if (event.repeats != 0) {
    auto const of = event.repeats;
    auto const sent = put(as_first_sent(std::move(event)), segments, wire);
    if (late_octets_.contains(of)) went_out_as_.try_emplace(of, sent);  // it comes before the one that it repeats
    return sent;
  }
  auto how = tamper_(event, segments);
  event.octets = how.octets;
  if (how.says.empty()) return put(std::move(event), how.segments, wire);
  auto const told = record({.kind = trace::Kind::tampered,
                            .channel = event.channel,
                            .direction = trace::Direction::sent,
                            .actor = event.actor,
                            .party = event.party,
                            .note = how.says});
  if (how.late == Duration::zero()) {
    auto const sent = depart(event, how, wire);
    return sent == 0 ? told : sent;
  }
  auto const timer = std::make_shared<TimerId>();
  auto const late = how.late;
  late_octets_[told] = event.octets;
  *timer = clock_.after(late, [this, timer, told, event = std::move(event), how = std::move(how), wire]() mutable {
    late_departures_.erase(*timer);
    late_octets_.erase(told);
    event.repeats = as_sent(told) == told ? 0 : as_sent(told);
    if (auto const sent = depart(event, how, wire); sent != 0) went_out_as_.try_emplace(told, sent);
  });
  late_departures_.insert(*timer);
  return told;
}

trace::EventId Recorder::hands_over(trace::Event event) {
  event.kind = trace::Kind::played;
  event.direction = trace::Direction::sent;
  auto const told = record(std::move(event));
  handed_over_.insert(told);
  return told;
}

void Recorder::went_out(trace::EventId handed_over, trace::EventId sent) {
  handed_over_.erase(handed_over);
  if (sent != 0) went_out_as_[handed_over] = sent;
}

trace::EventId Recorder::as_sent(trace::EventId event) const {
  auto const later = went_out_as_.find(event);
  return later == went_out_as_.end() ? event : later->second;
}

trace::EventId Recorder::latest(trace::EventId request) const {
  for (auto later = superseded_.find(request); later != superseded_.end(); later = superseded_.find(request)) request = later->second;
  return request;
}

/// A repetition has the octets that went out, or that go out later; where nothing does it is the first.
trace::Event Recorder::as_first_sent(trace::Event event) const {
  auto const& first = trace_.at(as_sent(event.repeats));
  auto const late = late_octets_.find(event.repeats);
  if (first.kind == trace::Kind::message)
    event.octets = first.octets;
  else if (late != late_octets_.end())
    event.octets = late->second;
  event.repeats = first.kind == trace::Kind::message ? first.id : 0;
  return event;
}

/// A changed copy is a request more, or the answer of another dialog (RFC 3261 13.2.2.4); else what was answered is answered again.
static bool is_one_more(trace::Event const& event, Departure const& how) {
  auto const to_tag = [&](Octets const& octets) { return trace::read_meaning(event.channel, octets).to_tag; };
  return event.about == 0 || (event.channel == trace::Channel::sip && to_tag(how.behind) != to_tag(how.octets));
}

trace::EventId Recorder::depart(trace::Event const& event, Departure const& how, Wire const& wire) {
  trace::EventId first = event.repeats;
  for (unsigned i = 0; i < how.copies; ++i) {
    auto copy = event;
    copy.repeats = first;
    auto const sent = put(std::move(copy), how.segments, wire);
    if (first == 0) first = sent;
  }
  if (!how.behind.empty()) {
    auto changed = event;
    changed.octets = how.behind;
    changed.repeats = is_one_more(event, how) ? 0 : first;
    auto const sent = put(std::move(changed), how.segments, wire);
    if (first == 0) first = sent;
  }
  if (how.end != Departure::End::none && wire.end) wire.end(how.end == Departure::End::reset);
  return first;
}

Duration Recorder::worst_lag() const {
  return trace_.empty() ? Duration::zero() : clock_.worst_lag(Instant(trace_.events().front().at_ns));
}

void Recorder::answered(trace::EventId request) {
  unanswered_.erase(request);
  if (withheld_.erase(request) != 0) note_answer(trace::Kind::released, request);
}

void Recorder::withholds(trace::EventId request) {
  if (withheld_.insert(request).second) note_answer(trace::Kind::withheld, request);
}

void Recorder::note_answer(trace::Kind kind, trace::EventId request) {
  auto const about = trace_.at(request);
  record({.kind = kind,
          .channel = about.channel,
          .direction = trace::Direction::sent,
          .actor = about.actor,
          .party = about.party,
          .about = request,
          .note = "answer to " + about.meaning.label()});
}

void Recorder::withholds_all(std::string const& silence_of, std::string const& actor) {
  for (auto const request : unanswered_) withholds(request);
  record({.kind = trace::Kind::silence, .direction = trace::Direction::received, .actor = actor, .note = silence_of});
}

}  // namespace tollgate
