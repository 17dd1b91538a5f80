/// Messages on a stream: the header section ends at a blank line, Content-Length says how much body follows.
///   Content-Length = ( "Content-Length" / "l" ) HCOLON 1*DIGIT   (RFC 3261 20.14, mandatory by 18.3)
#include <optional>

#include "codec/sip/message.hpp"
#include "codec/sip/number.hpp"

namespace tollgate::sip {

namespace {

struct HeaderSection {
  bool complete = false;
  std::size_t end = 0;                ///< where the body starts
  std::optional<std::size_t> length;  ///< Content-Length
};

/// Takes the value of one more Content-Length field.
Parsed<void> take_length(HeaderSection& section, std::string_view value) {
  auto const length = parse_content_length(value);
  if (!length) return std::unexpected(length.error());
  if (section.length && *section.length != *length) return invalid(0, "Content-Length", "RFC 3261 20.14", "differs from an earlier one");
  section.length = *length;
  return {};
}

Parsed<HeaderSection> read_headers(std::string_view stream, Limits limits) {
  Layout layout(stream);
  HeaderSection section;
  if (!layout.has_start_line()) return section;
  if (auto const start = parse_start_line(layout.start_line()); !start) return shifted(start.error(), layout.start_begin());
  FieldLine line;
  for (std::size_t fields = 0;; ++fields) {
    auto const step = layout.next(line);
    if (step == Layout::Step::cut) return section;
    if (step == Layout::Step::blank_line) {
      section.complete = true;
      section.end = layout.at();
      return section;
    }
    if (fields == limits.fields) return over_limit(line.begin, "message-header", "RFC 3261 7.3", "too many header fields");
    if (!line.has_colon) return std::unexpected(layout.missing_colon(line));
    auto const field = layout.view(line);
    if (field.name != Name::content_length) continue;
    if (auto const taken = take_length(section, field.value); !taken)
      return shifted(taken.error(), static_cast<std::size_t>(field.value.data() - stream.data()));
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
  if (!section->length) return Framed::bad({What::invalid, body_at, "Content-Length", "RFC 3261 18.3", "missing on a stream"});
  if (body_at > limits.octets || *section->length > limits.octets - body_at)
    return Framed::bad({What::limit, body_at, "SIP-message", "RFC 3261 7", "too many octets"});
  if (stream.size() - body_at < *section->length) return Framed::more();
  return Framed::message(body_at + *section->length);
}

bool is_keep_alive(std::string_view stream) {
  if (stream.empty()) return false;
  while (stream.starts_with("\r\n")) stream.remove_prefix(2);
  return stream.empty();
}

}  // namespace tollgate::sip
