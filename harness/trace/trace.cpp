#include "trace/trace.hpp"

#include "base/assert.hpp"

namespace tollgate::trace {

EventId Trace::record(Event event) {
  event.id = events_.size() + 1;
  if (event.kind == Kind::message) {
    event.meaning = read_meaning(event.channel, event.octets);
    // MSRP responses and Diameter answers are named after the request that they answer.
    if (event.about != 0 && event.channel != Channel::sip) event.meaning.name = at(event.about).meaning.name;
  }
  events_.push_back(std::move(event));
  return events_.size();
}

void Trace::rewrite(EventId unkept, std::string note) {
  TOLLGATE_ASSERT(at(unkept).kind == Kind::unkept);
  events_[unkept - 1].note = std::move(note);
}

Event const& Trace::at(EventId id) const {
  TOLLGATE_ASSERT(id >= 1 && id <= events_.size());
  return events_[id - 1];
}

std::string_view to_string(Channel channel) {
  switch (channel) {
    case Channel::sip: return "sip";
    case Channel::msrp: return "msrp";
    case Channel::ch2: return "ch2";
  }
  return "";
}

std::string_view to_string(Direction direction) {
  return direction == Direction::sent ? "sent" : "received";
}

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::message: return "message";
    case Kind::opened: return "opened";
    case Kind::closed: return "closed";
    case Kind::unsecured: return "unsecured";
    case Kind::withheld: return "withheld";
    case Kind::released: return "released";
    case Kind::silence: return "silence";
    case Kind::stored: return "stored";
    case Kind::measured: return "measured";
    case Kind::restarted: return "restarted";
    case Kind::tampered: return "tampered";
    case Kind::foreign: return "foreign";
    case Kind::unkept: return "unkept";
    case Kind::played: return "played";
  }
  return "";
}

std::string_view to_string(Transport transport) {
  switch (transport) {
    case Transport::udp: return "udp";
    case Transport::tcp: return "tcp";
    case Transport::tls: return "tls";
  }
  return "";
}

}  // namespace tollgate::trace
