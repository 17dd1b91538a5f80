/// Request-Line = Method SP Request-URI SP SIP-Version CRLF              (RFC 3261 7.1)
/// Status-Line  = SIP-Version SP Status-Code SP Reason-Phrase CRLF       (RFC 3261 7.2)
/// Status-Code  = 3DIGIT, 100 to 699;  SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT, without case   (RFC 3261 25.1)
#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/layout.hpp"

namespace tollgate::sip {

static constexpr std::string_view version = "SIP/2.0";

static bool is_version(std::string_view text) {
  return text == version || iequals(text, version);
}

static Parsed<StartLine> status_line(std::string_view line) {
  constexpr std::string_view clause = "RFC 3261 7.2";
  constexpr std::size_t code_at = version.size() + 1;
  constexpr std::size_t code_end = code_at + 3;
  if (line.size() < code_at || line[version.size()] != ' ')
    return invalid(version.size(), "Status-Line", clause, "expected SP behind the SIP-Version");
  auto const digits = line.substr(code_at, digit_set.run(line, code_at));
  auto const code = digits.size() == 3 ? to_number<unsigned>(digits) : std::nullopt;
  if (!code || *code < 100 || *code > 699) return invalid(code_at, "Status-Code", clause, "expected 100 to 699");
  if (line.size() == code_end || line[code_end] != ' ')
    return invalid(code_end, "Status-Line", clause, "expected SP before the Reason-Phrase");
  return StartLine{.method = {}, .request_uri = {}, .reason = line.substr(code_end + 1), .status = static_cast<int>(*code)};
}

/// Why a line that starts with "Method SP" is no Request-Line, when its three parts were not found at first sight.
static std::unexpected<ParseError> bad_request_line(std::string_view line, std::size_t uri_at) {
  constexpr std::string_view clause = "RFC 3261 7.1";
  if (uri_at == line.size()) return invalid(uri_at, "Request-URI", clause, "missing");
  if (is_space(line[uri_at])) return invalid(uri_at, "Request-Line", clause, "more than one SP");
  auto const text_end = line.find_last_not_of(" \t") + 1;
  if (text_end < line.size()) return invalid(text_end, "Request-Line", clause, "white space at its end");
  auto const last = line.rfind(' ');
  if (last < uri_at) return invalid(line.size(), "Request-Line", clause, "no SIP-Version");
  if (auto const space = line.find_last_not_of(" \t", last) + 1; space < last)
    return invalid(space + 1, "Request-Line", clause, "more than one SP");
  return invalid(line.find_first_of(" \t", uri_at), "Request-URI", clause, "white space in it");
}

Parsed<StartLine> parse_start_line(std::string_view line) {
  constexpr std::string_view clause = "RFC 3261 7.1";
  if (is_version(line.substr(0, version.size()))) return status_line(line);
  auto const method = token_size(line);
  if (method == 0 || method >= line.size() || line[method] != ' ') return invalid(method, "Method", clause, "expected a token and SP");
  auto const uri_at = method + 1;
  auto const uri_end = line.find(' ', uri_at);
  if (uri_end == std::string_view::npos || uri_end == uri_at) return bad_request_line(line, uri_at);
  auto const uri = line.substr(uri_at, uri_end - uri_at);
  auto const last = line.substr(uri_end + 1);
  if (uri.contains('\t')) return bad_request_line(line, uri_at);
  bool const has_version = is_version(last);
  if (!has_version && (last.empty() || last.find_first_of(" \t") != std::string_view::npos)) return bad_request_line(line, uri_at);
  if (!has_version) return invalid(uri_end + 1, "SIP-Version", clause, "expected SIP/2.0");
  return StartLine{.method = line.substr(0, method), .request_uri = uri, .reason = {}, .status = 0};
}

}  // namespace tollgate::sip
