// A trace as JSON lines: {"schema":"tollgate.trace/1","facts":{"bundle":"CR-ALL"}} and then an event a line. Octets are base64, so any octet survives.
#include <boost/json.hpp>

#include "trace/event_json.hpp"
#include "trace/json_members.hpp"
#include "trace/trace.hpp"

namespace tollgate::trace {

namespace json = boost::json;

std::string save(Trace const& trace) {
  std::string text = json::serialize(header_json(trace.facts())) + "\n";
  for (Event const& event : trace.events()) {
    auto line = event_json(event);
    if (has_octets(event)) line["octets"] = to_base64(event.octets);
    text += json::serialize(line) + "\n";
  }
  return text;
}

static Parsed<Event> read_event(json::object const& line, std::size_t offset, std::size_t events) {
  auto event = event_from(line, events);
  if (!event) return shifted(event.error(), offset);
  auto octets = from_base64(text_of(line, "octets"));
  if (!octets) return invalid(offset, "octets", trace_schema, "not base64");
  event->octets = std::move(*octets);
  return event;
}

Parsed<Trace> load(std::string_view text) {
  Trace trace;
  std::size_t offset = 0;
  for (bool first = true; offset < text.size(); first = false) {
    auto const line = text.substr(offset, text.find('\n', offset) - offset);
    boost::system::error_code error;
    auto const value = json::parse(line, error);
    if (error || !value.is_object()) return invalid(offset, "line", trace_schema, "not a JSON object");
    if (first && !is_header(value.get_object())) return invalid(offset, "schema", trace_schema, "not a trace of this tool");
    if (first) {
      trace.declare(facts_from(value.get_object()));
    } else {
      auto event = read_event(value.get_object(), offset, trace.events().size());
      if (!event) return std::unexpected(event.error());
      trace.record(std::move(*event));
    }
    offset += line.size() + 1;
  }
  return trace;
}

}  // namespace tollgate::trace
