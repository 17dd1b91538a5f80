/// Lines of a SIP message and the start line (RFC 3261 7.1, 7.2, 7.3.1, 25.1).
///   Request-Line   = Method SP Request-URI SP SIP-Version CRLF
///   Status-Line    = SIP-Version SP 3DIGIT SP Reason-Phrase CRLF
///   message-header = header-name HCOLON header-value CRLF,  HCOLON = *( SP / HTAB ) ":" SWS
#include "codec/sip/layout.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

std::size_t leading_line_ends(std::string_view octets) {
  return std::min(octets.find_first_not_of("\r\n"), octets.size());
}

std::optional<LineAt> next_line(std::string_view octets, std::size_t at) {
  auto const lf = octets.find('\n', at);
  if (lf == std::string_view::npos) return std::nullopt;
  auto const end = lf > at && octets[lf - 1] == '\r' ? lf - 1 : lf;
  return LineAt{octets.substr(at, end - at), lf + 1};
}

std::optional<LineAt> next_field(std::string_view octets, std::size_t at) {
  auto line = next_line(octets, at);
  if (!line || line->text.empty()) return line;
  while (line->end < octets.size() && (octets[line->end] == ' ' || octets[line->end] == '\t')) {
    auto const more = next_line(octets, line->end);
    if (!more) return std::nullopt;
    auto const text_end = line->end + more->text.size();
    line = LineAt{octets.substr(at, text_end - at), more->end};
  }
  if (line->end >= octets.size()) return std::nullopt;
  return line;
}

static constexpr std::string_view version = "SIP/2.0";

static Parsed<StartLine> status_line(std::string_view line) {
  constexpr std::string_view clause = "RFC 3261 7.2";
  constexpr std::size_t code_at = version.size() + 1;
  constexpr std::size_t code_end = code_at + 3;
  if (line.size() < code_at || line[version.size()] != ' ')
    return invalid(version.size(), "Status-Line", clause, "expected SP behind the SIP-Version");
  auto const text = line.substr(code_at, 3);
  auto const code = text.size() == 3 ? to_number<unsigned>(text) : std::nullopt;
  if (!code || *code < 100 || *code > 699) return invalid(code_at, "Status-Code", clause, "expected 100 to 699");
  if (line.size() == code_end || line[code_end] != ' ')
    return invalid(code_end, "Status-Line", clause, "expected SP before the Reason-Phrase");
  return StartLine{
      .method = {}, .request_uri = {}, .reason = line.substr(code_end + 1), .status = static_cast<int>(*code)};
}

Parsed<StartLine> parse_start_line(std::string_view line) {
  constexpr std::string_view clause = "RFC 3261 7.1";
  if (iequals(line.substr(0, version.size()), version)) return status_line(line);
  auto const method = token_size(line);
  if (method == 0 || method >= line.size() || line[method] != ' ')
    return invalid(method, "Method", clause, "expected a token and SP");
  auto const last = line.rfind(' ');
  auto const uri = line.substr(method + 1, last > method ? last - method - 1 : 0);
  if (uri.empty()) return invalid(method + 1, "Request-URI", clause, "expected a URI and SP");
  if (auto const space = uri.find_first_of(" \t"); space != std::string_view::npos)
    return invalid(method + 1 + space, "Request-URI", clause, "white space in it");
  if (!iequals(line.substr(last + 1), version)) return invalid(last + 1, "SIP-Version", clause, "expected SIP/2.0");
  return StartLine{.method = line.substr(0, method), .request_uri = uri, .reason = {}, .status = 0};
}

Parsed<FieldAt> parse_field(std::string_view line) {
  auto const first_line = line.substr(0, line.find('\n'));
  auto const colon = first_line.find(':');
  if (colon == std::string_view::npos)
    return invalid(std::min(line.find_first_of("\r\n"), line.size()), "HCOLON", "RFC 3261 7.3.1", "expected a colon");
  auto const name_end = first_line.substr(0, colon).find_last_not_of(" \t");
  auto const spelling = line.substr(0, name_end == std::string_view::npos ? 0 : name_end + 1);
  auto const value = trim(line.substr(colon + 1));
  auto const value_at = value.empty() ? colon + 1 : static_cast<std::size_t>(value.data() - line.data());
  return FieldAt{name_of(spelling), spelling, value, value_at};
}

}  // namespace tollgate::sip
