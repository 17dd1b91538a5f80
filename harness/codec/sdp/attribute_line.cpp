#include "codec/sdp/attribute_line.hpp"

#include "base/text.hpp"
#include "codec/sdp/attributes.hpp"
#include "codec/sdp/characters.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

Parsed<AttributeLine> parse_attribute_line(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.13";
  auto const& [text, offset] = line;
  auto const name = token_set.run(text);
  if (name == 0) return invalid(offset, "attribute-name", clause, "expected a token");
  if (name == text.size()) return AttributeLine{text, std::nullopt};
  if (text[name] != ':') return invalid(offset + name, "attribute-name", clause, "unexpected character");
  if (name + 1 == text.size()) return invalid(offset + name + 1, "attribute-value", clause, "empty");
  return AttributeLine{text.substr(0, name), Piece{text.substr(name + 1), offset + name + 1}};
}

static Parsed<void> check_rtpmap(Piece value) {
  constexpr std::string_view clause = "RFC 8866 6.6";
  Words words(value);
  auto const type = words.next_or_end();
  if (!to_number<std::uint32_t>(type.text)) return invalid(type.offset, "payload-type", clause, "not a number");
  auto const encoding = words.rest();
  if (words.at_end()) return invalid(value.offset + value.text.size(), "encoding-name", clause, "missing");
  auto const name = token_set.run(encoding.text);
  if (name == 0) return invalid(encoding.offset, "encoding-name", clause, "expected a token");
  auto const parts = split(encoding.text.substr(name), '/');
  bool const has_rate = parts.size() >= 2 && parts.size() <= 3 && parts[0].empty() && to_number<std::uint32_t>(parts[1]).value_or(0) > 0;
  if (!has_rate) return invalid(encoding.offset + name, "clock-rate", clause, "expected / and a number of hertz");
  return {};
}

Parsed<void> check_attribute_value(AttributeLine const& line) {
  if (direction_named(line.name) && line.value) return invalid(line.value->offset - 1, "direction", "RFC 8866 6.7", "takes no value");
  if (line.name == "rtpmap") return check_rtpmap(line.value.value_or(Piece{}));
  return {};
}

}  // namespace tollgate::sdp
