#pragma once
/// One event, and the header of a trace, as JSON objects: the lines of a recorded trace, and what a capture says beside its packets.
#include <boost/json/object.hpp>

#include "base/parsed.hpp"
#include "trace/trace.hpp"

namespace tollgate::trace {

/// Events of its kind have octets.
[[nodiscard]] constexpr bool has_octets(Event const& event) {
  return event.kind == Kind::message || event.kind == Kind::stored;
}

/// The schema that the header names.
inline constexpr std::string_view trace_schema = "tollgate.trace/1";

[[nodiscard]] boost::json::object header_json(Facts const& facts);
[[nodiscard]] bool is_header(boost::json::object const& json);
[[nodiscard]] Facts facts_from(boost::json::object const& header);

/// All of the event but its octets.
[[nodiscard]] boost::json::object event_json(Event const& event);
/// Octets and meaning stay empty. `before`: how many events there are, which it may refer to. Errors have offset 0.
[[nodiscard]] Parsed<Event> event_from(boost::json::object const& json, std::size_t before);

}  // namespace tollgate::trace
