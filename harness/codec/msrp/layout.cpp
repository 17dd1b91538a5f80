/// Finds the end of an MSRP message: its length stands nowhere, only its end-line tells.
///   msrp-request      = req-start headers [content-stuff] end-line
///   content-stuff     = *( Other-Mime-header CRLF ) Content-Type 2CRLF data CRLF
///   end-line          = "-------" transact-id continuation-flag CRLF
///   continuation-flag = "+" / "$" / "#"   (RFC 4975 9, 7.1)
#include "codec/msrp/layout.hpp"

#include <algorithm>
#include <string>

namespace tollgate::msrp {

namespace {

constexpr std::string_view clause = "RFC 4975 9";
constexpr std::string_view crlf = "\r\n";

std::unexpected<ParseError> more(std::size_t offset, std::string_view rule) {
  return std::unexpected(ParseError{What::need_more, offset, rule, clause, {}});
}

enum class Match : std::uint8_t { none, partial, whole };

/// Whether `text`, which begins at a line start, begins with an end-line. `mark` is "-------" transact-id.
Match match_end_line(std::string_view text, std::string_view mark) {
  auto const common = std::min(text.size(), mark.size());
  if (text.substr(0, common) != mark.substr(0, common)) return Match::none;
  text.remove_prefix(common);
  if (common < mark.size() || text.empty()) return Match::partial;
  if (text[0] != '$' && text[0] != '+' && text[0] != '#') return Match::none;
  auto const line_end = text.substr(1, crlf.size());
  if (!crlf.starts_with(line_end)) return Match::none;
  return line_end == crlf ? Match::whole : Match::partial;
}

/// The offset of what ends the header lines that start at `begin`: the end-line or the blank line.
Parsed<std::size_t> end_of_headers(std::string_view text, std::size_t begin, std::string_view mark,
                                   Limits const& limits) {
  auto at = begin;
  for (std::size_t fields = 0;; ++fields) {
    auto const rest = text.substr(at);
    auto const match = match_end_line(rest, mark);
    if (match == Match::whole || rest.starts_with(crlf)) return at;
    if (match == Match::partial || rest == "\r") return more(text.size(), "headers");
    if (fields == limits.fields) return over_limit(at, "headers", clause, "too many header fields");
    auto const left = limits.header - (at - begin);
    auto const end = rest.substr(0, left).find(crlf);
    if (end == std::string_view::npos) {
      if (rest.size() < left) return more(text.size(), "headers");
      return over_limit(begin + limits.header, "headers", clause, "header section too long");
    }
    at += end + crlf.size();
  }
}

/// The offset of the CRLF before the end-line. The needle holds one CR only, so `find` never reads an octet more than
/// a constant number of times.
Parsed<std::size_t> end_of_body(std::string_view text, std::size_t begin, std::string_view mark) {
  if (match_end_line(text.substr(begin), mark) == Match::whole)
    return invalid(begin, "end-line", clause, "no CRLF between the blank line and the end-line");
  auto const needle = std::string(crlf).append(mark);
  for (auto from = begin;;) {
    auto const found = text.find(needle, from);
    if (found == std::string_view::npos) return more(text.size(), "end-line");
    auto const match = match_end_line(text.substr(found + crlf.size()), mark);
    if (match == Match::whole) return found;
    if (match == Match::partial) return more(text.size(), "end-line");
    from = found + crlf.size();
  }
}

Parsed<Layout> parse_parts(std::string_view stream, std::string_view text, Limits const& limits) {
  Layout layout;
  auto const start = parse_start_line(stream, limits.start_line);
  if (!start) return std::unexpected(start.error());
  layout.start = *start;
  if (start->size > text.size()) return more(text.size(), "req-start");
  auto const mark = std::string("-------").append(start->transaction_id);

  auto const headers_end = end_of_headers(text, start->size, mark, limits);
  if (!headers_end) return std::unexpected(headers_end.error());
  layout.headers = text.substr(start->size, *headers_end - start->size);
  auto end_line = *headers_end;
  if (text.substr(end_line).starts_with(crlf)) {
    auto const body = end_line + crlf.size();
    auto const body_end = end_of_body(text, body, mark);
    if (!body_end) return std::unexpected(body_end.error());
    layout.body = text.substr(body, *body_end - body);
    end_line = *body_end + crlf.size();
  }
  layout.flag = text[end_line + mark.size()];
  layout.size = end_line + mark.size() + 1 + crlf.size();
  return layout;
}

}  // namespace

Parsed<Layout> parse_layout(std::string_view stream, Limits const& limits) {
  auto layout = parse_parts(stream, stream.substr(0, limits.octets), limits);
  if (!layout && layout.error().what == What::need_more && stream.size() >= limits.octets)
    return over_limit(limits.octets, "msrp-request", clause, "message too large");
  return layout;
}

Framed frame(std::string_view stream, Limits limits) {
  auto const layout = parse_layout(stream, limits);
  if (layout) return Framed::message(layout->size);
  return layout.error().what == What::need_more ? Framed::more() : Framed::bad(layout.error());
}

}  // namespace tollgate::msrp
