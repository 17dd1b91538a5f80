/// Reads the first line octet by octet, so that a stream that is no MSRP is refused at the first wrong octet.
///   req-start  = pMSRP SP transact-id SP method CRLF
///   resp-start = pMSRP SP transact-id SP status-code [SP comment] CRLF
///   method = 1*UPALPHA, status-code = 3DIGIT, comment = utf8text   (RFC 4975 9)
/// A transaction id of any length is held: 400 needs its transaction id to be answered.
#include "codec/msrp/start_line.hpp"

#include "codec/msrp/ident.hpp"

namespace tollgate::msrp {

namespace {

constexpr std::string_view clause = "RFC 4975 9";

std::unexpected<ParseError> more(std::size_t offset, std::string_view rule) {
  return std::unexpected(ParseError{What::need_more, offset, rule, clause, {}});
}

/// The offset behind `word`, which must stand at `at`.
Parsed<std::size_t> expect(std::string_view text, std::size_t at, std::string_view word, std::string_view rule) {
  for (char const c : word) {
    if (at == text.size()) return more(at, rule);
    if (text[at] != c) return invalid(at, rule, clause, "unexpected octet");
    ++at;
  }
  return at;
}

Parsed<std::size_t> finish_status(std::string_view text, std::size_t at, StartLine& line) {
  for (int digits = 0; digits < 3; ++digits, ++at) {
    if (at == text.size()) return more(at, "status-code");
    if (!is_digit(text[at])) return invalid(at, "status-code", clause, "not three digits");
    line.status = line.status * 10 + (text[at] - '0');
  }
  if (line.status == 0) return invalid(at - 3, "status-code", clause, "000");
  if (at == text.size()) return more(at, "status-code");
  if (is_digit(text[at])) return invalid(at, "status-code", clause, "more than three digits");
  if (text[at] != ' ') return at;
  auto const end = run_end(text, at + 1, [](char c) { return c != '\r' && c != '\n'; });
  line.comment = text.substr(at + 1, end - at - 1);
  return end;
}

Parsed<std::size_t> finish_method(std::string_view text, std::size_t at, StartLine& line) {
  auto const end = run_end(text, at, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (end == text.size()) return more(end, "method");
  if (end == at) return invalid(at, "method", clause, "not upper-case letters");
  line.method = text.substr(at, end - at);
  return end;
}

Parsed<StartLine> parse_line(std::string_view text) {
  auto const id = expect(text, 0, "MSRP ", "pMSRP");
  if (!id) return std::unexpected(id.error());
  auto const id_end = run_end(text, *id, is_ident_char);
  if (id_end == text.size()) return more(id_end, "transact-id");
  if (id_end == *id) return invalid(id_end, "transact-id", clause, "not an ident character");
  auto const what = expect(text, id_end, " ", "transact-id");
  if (!what) return std::unexpected(what.error());
  if (*what == text.size()) return more(*what, "method");

  StartLine line;
  line.transaction_id = text.substr(*id, id_end - *id);
  auto const end = is_digit(text[*what]) ? finish_status(text, *what, line) : finish_method(text, *what, line);
  if (!end) return std::unexpected(end.error());
  auto const size = expect(text, *end, "\r\n", line.status == 0 ? "req-start" : "resp-start");
  if (!size) return std::unexpected(size.error());
  line.size = *size;
  return line;
}

}  // namespace

Parsed<StartLine> parse_start_line(std::string_view stream, std::size_t octets_max) {
  auto line = parse_line(stream.substr(0, octets_max));
  if (!line && line.error().what == What::need_more && stream.size() >= octets_max)
    return over_limit(octets_max, "req-start", clause, "start line too long");
  return line;
}

}  // namespace tollgate::msrp
