#pragma once
/// The trace of one case: in the order in which things happened at our sockets.
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/parsed.hpp"
#include "trace/event.hpp"

namespace tollgate::trace {

/// What judges of a trace must know besides its events, by name: the bundle, the timers.
using Facts = std::map<std::string, std::string>;

class Trace {
 public:
  /// Gives the event its id and its meaning (of messages) and keeps it.
  EventId record(Event event);
  /// What an event of Kind::unkept counts has gone on.
  void rewrite(EventId unkept, std::string note);

  [[nodiscard]] std::deque<Event> const& events() const { return events_; }
  /// Asserts that there is such an event.
  [[nodiscard]] Event const& at(EventId id) const;
  [[nodiscard]] bool empty() const { return events_.empty(); }

  void declare(Facts facts) { facts_ = std::move(facts); }
  [[nodiscard]] Facts const& facts() const { return facts_; }

 private:
  Facts facts_;
  std::deque<Event> events_;  ///< none ever moves, however long the trace
};

/// JSON lines: a header line with the schema and the facts, then one event a line; octets in base64. Byte-identical for equal traces.
[[nodiscard]] std::string save(Trace const& trace);
/// Errors carry the offset in `text`. Meanings are read anew from the octets.
[[nodiscard]] Parsed<Trace> load(std::string_view text);

}  // namespace tollgate::trace
