/// Lines of a SIP message (RFC 3261 7, 7.3.1, 25.1).
///   generic-message = start-line *message-header CRLF [ message-body ]
///   message-header  = header-name HCOLON header-value CRLF,  HCOLON = *( SP / HTAB ) ":" SWS
/// Bare LF line ends are held, so that what a peer sent can be shown; RFC 3261 allows CRLF only.
#include "codec/sip/layout.hpp"

#include <algorithm>

#include "codec/sip/characters.hpp"

namespace tollgate::sip {

static constexpr CharSet line_end_set{"\r\n"};

Layout::Layout(std::string_view octets)
    : octets_(octets), marks_(octets), start_begin_(line_end_set.run(octets)), start_lf_(marks_.find_first(start_begin_)),
      at_(start_lf_ == none ? octets.size() : start_lf_ + 1) {}

std::string_view Layout::start_line() const {
  auto const line = octets_.substr(start_begin_, at_ - start_begin_);
  if (!has_start_line()) return line;
  return line.substr(0, line.size() - (line.ends_with("\r\n") ? 2 : 1));
}

FieldView Layout::view(FieldLine const& line) const {
  auto const spelling = octets_.substr(line.begin, line.name_end - line.begin);
  return {name_of(spelling), spelling, octets_.substr(line.value_begin, line.value_end - line.value_begin),
          octets_.substr(line.begin, line.next - line.begin)};
}

ParseError Layout::missing_colon(FieldLine const& line) const {
  return {What::invalid, octets_.find_first_of("\r\n", line.begin), "HCOLON", "RFC 3261 7.3.1", "expected a colon"};
}

}  // namespace tollgate::sip
