// A trace as JSON lines: {"schema":"tollgate.trace/1","facts":{"bundle":"CR-ALL"}} and then an event a line. Octets are base64, so any octet survives.
#include <array>
#include <boost/json.hpp>

#include "codec/utf8.hpp"
#include "trace/trace.hpp"

namespace tollgate::trace {

namespace json = boost::json;

static constexpr std::string_view schema = "tollgate.trace/1";

/// JSON is UTF-8, and a party or a note may hold octets of the SUT: a text that is not UTF-8 is shown with `\x..`.
static std::string utf8(std::string_view text) {
  return first_not_utf8(text) == text.size() ? std::string(text) : printable(text, text.size());
}

std::string save(Trace const& trace) {
  json::object header{{"schema", schema}};
  if (!trace.facts().empty()) {
    json::object facts;
    for (auto const& [name, value] : trace.facts()) facts[utf8(name)] = utf8(value);
    header["facts"] = std::move(facts);
  }
  std::string text = json::serialize(header) + "\n";
  for (Event const& event : trace.events()) {
    json::object line;
    line["id"] = event.id;
    line["t"] = event.at_ns;
    line["kind"] = to_string(event.kind);
    line["channel"] = to_string(event.channel);
    line["direction"] = to_string(event.direction);
    line["actor"] = utf8(event.actor);
    line["party"] = utf8(event.party);
    if (std::string const label = event.meaning.label(); !label.empty()) line["what"] = utf8(label);
    if (event.kind == Kind::message) {
      line["transport"] = to_string(event.transport);
      line["local"] = utf8(event.local);
      line["remote"] = utf8(event.remote);
      line["octets"] = to_base64(event.octets);
    }
    if (event.kind == Kind::stored) line["octets"] = to_base64(event.octets);
    if (event.about != 0) line["about"] = event.about;
    if (event.repeats != 0) line["repeats"] = event.repeats;
    if (!event.note.empty()) line["note"] = utf8(event.note);
    text += json::serialize(line) + "\n";
  }
  return text;
}

/// The value whose word is `text`; nothing when there is none.
template <class Enum, std::size_t N>
static std::optional<Enum> word(std::string_view text, std::array<Enum, N> const& all) {
  for (Enum const value : all)
    if (to_string(value) == text) return value;
  return std::nullopt;
}

static std::string text_of(json::object const& line, std::string_view key) {
  auto const* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

static std::int64_t number_of(json::object const& line, std::string_view key) {
  auto const* value = line.if_contains(key);
  if (value == nullptr) return 0;
  boost::system::error_code not_a_number;
  auto const number = value->to_number<std::int64_t>(not_a_number);
  return not_a_number ? 0 : number;
}

static Parsed<Event> read_event(json::object const& line, std::size_t offset, std::size_t events) {
  constexpr std::array kinds{Kind::message, Kind::opened, Kind::closed,   Kind::withheld, Kind::released,
                             Kind::silence, Kind::stored, Kind::measured, Kind::tampered};
  constexpr std::array channels{Channel::sip, Channel::msrp, Channel::ch2};
  constexpr std::array directions{Direction::received, Direction::sent};
  constexpr std::array transports{Transport::udp, Transport::tcp, Transport::tls};
  auto const kind = word(text_of(line, "kind"), kinds);
  auto const channel = word(text_of(line, "channel"), channels);
  auto const direction = word(text_of(line, "direction"), directions);
  auto const octets = from_base64(text_of(line, "octets"));
  if (!kind || !channel || !direction || !octets) return invalid(offset, "event", schema, "unknown or missing member");
  Event event;
  event.at_ns = number_of(line, "t");
  event.kind = *kind;
  event.channel = *channel;
  event.direction = *direction;
  event.actor = text_of(line, "actor");
  event.party = text_of(line, "party");
  event.transport = word(text_of(line, "transport"), transports).value_or(Transport::tcp);
  event.local = text_of(line, "local");
  event.remote = text_of(line, "remote");
  event.octets = *octets;
  event.about = static_cast<EventId>(number_of(line, "about"));
  event.repeats = static_cast<EventId>(number_of(line, "repeats"));
  event.note = text_of(line, "note");
  if (event.about > events || event.repeats > events) return invalid(offset, "event", schema, "refers to a later event");
  return event;
}

static Facts read_facts(json::object const& header) {
  Facts facts;
  auto const* all = header.if_contains("facts");
  if (all == nullptr || !all->is_object()) return facts;
  for (auto const& [name, value] : all->get_object())
    if (value.is_string()) facts[std::string(name)] = std::string(value.get_string());
  return facts;
}

Parsed<Trace> load(std::string_view text) {
  Trace trace;
  std::size_t offset = 0;
  for (bool first = true; offset < text.size(); first = false) {
    auto const line = text.substr(offset, text.find('\n', offset) - offset);
    boost::system::error_code error;
    auto const value = json::parse(line, error);
    if (error || !value.is_object()) return invalid(offset, "line", schema, "not a JSON object");
    if (first && text_of(value.get_object(), "schema") != schema) return invalid(offset, "schema", schema, "not a trace of this tool");
    if (first) {
      trace.declare(read_facts(value.get_object()));
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
