#include "trace/event_json.hpp"

#include <array>
#include <boost/json.hpp>

#include "codec/utf8.hpp"
#include "trace/json_members.hpp"

namespace tollgate::trace {

namespace json = boost::json;

/// JSON is UTF-8, and a party or a note may hold octets of the SUT: a text that is not UTF-8 is shown with `\x..`.
static std::string utf8(std::string_view text) {
  return first_not_utf8(text) == text.size() ? std::string(text) : printable(text, text.size());
}

json::object header_json(Facts const& facts) {
  json::object header{{"schema", trace_schema}};
  if (facts.empty()) return header;
  json::object members;
  for (auto const& [name, value] : facts) members[utf8(name)] = utf8(value);
  header["facts"] = std::move(members);
  return header;
}

bool is_header(json::object const& json) {
  return text_of(json, "schema") == trace_schema;
}

Facts facts_from(json::object const& header) {
  Facts facts;
  for (auto const& [name, value] : object_of(header, "facts"))
    if (value.is_string()) facts[std::string(name)] = std::string(value.get_string());
  return facts;
}

json::object event_json(Event const& event) {
  json::object line;
  line["id"] = event.id;
  line["t"] = event.at_ns;
  line["kind"] = to_string(event.kind);
  line["channel"] = to_string(event.channel);
  line["direction"] = to_string(event.direction);
  line["actor"] = utf8(event.actor);
  line["party"] = utf8(event.party);
  if (std::string const label = event.meaning.label(); !label.empty()) line["what"] = utf8(label);
  if (event.kind == Kind::message || !event.local.empty() || !event.remote.empty()) {
    line["transport"] = to_string(event.transport);
    line["local"] = utf8(event.local);
    line["remote"] = utf8(event.remote);
  }
  if (event.is_http) line["binding"] = "http";
  if (event.about != 0) line["about"] = event.about;
  if (event.repeats != 0) line["repeats"] = event.repeats;
  if (!event.note.empty()) line["note"] = utf8(event.note);
  return line;
}

/// The value whose word is `text`; nothing when there is none.
template <class Enum, std::size_t N>
static std::optional<Enum> word(std::string_view text, std::array<Enum, N> const& all) {
  for (Enum const value : all)
    if (to_string(value) == text) return value;
  return std::nullopt;
}

Parsed<Event> event_from(json::object const& json, std::size_t before) {
  constexpr std::array kinds{Kind::message, Kind::opened, Kind::closed,   Kind::withheld, Kind::released,
                             Kind::silence, Kind::stored, Kind::measured, Kind::tampered, Kind::unsecured,
                             Kind::foreign, Kind::unkept, Kind::played,   Kind::restarted};
  constexpr std::array channels{Channel::sip, Channel::msrp, Channel::ch2};
  constexpr std::array directions{Direction::received, Direction::sent};
  constexpr std::array transports{Transport::udp, Transport::tcp, Transport::tls};
  auto const kind = word(text_of(json, "kind"), kinds);
  auto const channel = word(text_of(json, "channel"), channels);
  auto const direction = word(text_of(json, "direction"), directions);
  if (!kind || !channel || !direction) return invalid(0, "event", trace_schema, "unknown or missing member");
  Event event;
  event.at_ns = number_of(json, "t");
  event.kind = *kind;
  event.channel = *channel;
  event.direction = *direction;
  event.actor = text_of(json, "actor");
  event.party = text_of(json, "party");
  event.transport = word(text_of(json, "transport"), transports).value_or(Transport::tcp);
  event.local = text_of(json, "local");
  event.remote = text_of(json, "remote");
  event.is_http = text_of(json, "binding") == "http";
  event.about = static_cast<EventId>(number_of(json, "about"));
  event.repeats = static_cast<EventId>(number_of(json, "repeats"));
  event.note = text_of(json, "note");
  if (event.about > before || event.repeats > before) return invalid(0, "event", trace_schema, "refers to a later event");
  return event;
}

}  // namespace tollgate::trace
