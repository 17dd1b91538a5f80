/// Messages on a stream: the header section ends at a blank line, Content-Length says how much body follows.
///   Content-Length = ( "Content-Length" / "l" ) HCOLON 1*DIGIT   (RFC 3261 20.14, mandatory by 18.3)
#include <optional>

#include "base/text.hpp"
#include "codec/sip/layout.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

namespace {

struct HeaderSection {
  bool complete = false;
  std::size_t end = 0;                ///< where the body starts
  std::optional<std::size_t> length;  ///< Content-Length
};

/// Takes the value of one more Content-Length field.
Parsed<void> take_length(HeaderSection& section, FieldAt const& field) {
  constexpr std::string_view clause = "RFC 3261 20.14";
  if (auto const bad = field.value.find_first_not_of("0123456789"); bad != std::string_view::npos)
    return invalid(field.value_at + bad, "Content-Length", clause, "not a digit");
  if (field.value.empty()) return invalid(field.value_at, "Content-Length", clause, "empty");
  auto const length = to_number<std::size_t>(field.value);
  if (!length) return invalid(field.value_at, "Content-Length", clause, "number overflows");
  if (section.length && *section.length != *length)
    return invalid(field.value_at, "Content-Length", clause, "differs from an earlier one");
  section.length = length;
  return {};
}

Parsed<HeaderSection> read_headers(std::string_view stream, Limits limits) {
  auto at = leading_line_ends(stream);
  HeaderSection section;
  auto const start = next_line(stream, at);
  if (!start) return section;
  if (auto const line = parse_start_line(start->text); !line) return shifted(line.error(), at);
  at = start->end;
  for (std::size_t fields = 0;; ++fields) {
    auto const line = next_field(stream, at);
    if (!line) return section;
    if (line->text.empty()) {
      section.complete = true;
      section.end = line->end;
      return section;
    }
    if (fields == limits.fields) return over_limit(at, "message-header", "RFC 3261 7.3", "too many header fields");
    auto const field = parse_field(line->text);
    if (!field) return shifted(field.error(), at);
    if (field->name == Name::content_length)
      if (auto const taken = take_length(section, *field); !taken) return shifted(taken.error(), at);
    at = line->end;
  }
}

}  // namespace

Framed frame(std::string_view stream, Limits limits) {
  auto const section = read_headers(stream, limits);
  if (!section) return Framed::bad(section.error());
  if (!section->complete) {
    if (stream.size() <= limits.octets) return Framed::more();
    return Framed::bad({What::limit, limits.octets, "SIP-message", "RFC 3261 7", "header section too long"});
  }
  auto const body_at = section->end;
  if (!section->length)
    return Framed::bad({What::invalid, body_at, "Content-Length", "RFC 3261 18.3", "missing on a stream"});
  if (body_at > limits.octets || *section->length > limits.octets - body_at)
    return Framed::bad({What::limit, body_at, "SIP-message", "RFC 3261 7", "too many octets"});
  if (stream.size() - body_at < *section->length) return Framed::more();
  return Framed::message(body_at + *section->length);
}

}  // namespace tollgate::sip
