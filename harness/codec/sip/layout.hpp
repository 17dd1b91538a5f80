#pragma once
/// How a SIP message is laid out in lines: shared by `Message::parse` and `frame` (RFC 3261 7, 25.1).
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/name.hpp"

namespace tollgate::sip {

/// A line without its line end; `end` is where the next one begins.
struct LineAt {
  std::string_view text;
  std::size_t end = 0;
};

/// CRLFs and LFs before the start line (RFC 3261 7.5): how many octets.
[[nodiscard]] std::size_t leading_line_ends(std::string_view octets);
/// Nothing when no line end follows.
[[nodiscard]] std::optional<LineAt> next_line(std::string_view octets, std::size_t at);
/// A header field with its folded continuation lines (RFC 3261 7.3.1). Nothing when its end is not there yet: the octet
/// behind the line end decides whether it goes on.
[[nodiscard]] std::optional<LineAt> next_field(std::string_view octets, std::size_t at);

struct StartLine {
  std::string_view method, request_uri, reason;
  int status = 0;
};
[[nodiscard]] Parsed<StartLine> parse_start_line(std::string_view line);

/// A header field inside the line that was given; `value_at` is where its value starts there.
struct FieldAt {
  Name name = Name::unknown;
  std::string_view spelling;
  std::string_view value;
  std::size_t value_at = 0;
};
/// Holds every line with a colon: a name that is no token is spelled as it stands and unknown.
[[nodiscard]] Parsed<FieldAt> parse_field(std::string_view line);

}  // namespace tollgate::sip
