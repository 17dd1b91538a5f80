/// The start line and the Request-URI (RFC 3261 7.1, 7.2, 19.1.1).
#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/tel.hpp"
#include "codec/sip/text_value.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::sip {

/// SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT
static bool is_sip_version(std::string_view text) {
  constexpr std::string_view protocol = "SIP/";
  if (!iequals(text.substr(0, protocol.size()), protocol)) return false;
  auto const major = digit_set.run(text, protocol.size());
  auto const dot = protocol.size() + major;
  auto const minor = digit_set.run(text, dot + 1);
  return major > 0 && text.substr(dot).starts_with('.') && minor > 0 && dot + 1 + minor == text.size();
}

static void judge_request_uri(Case& it, std::string_view text) {
  constexpr std::string_view rule = "Request-URI";
  if (text.starts_with('<')) return it.add(text, rule, "RFC 3261 7.1", Strength::must, bad_syntax, "enclosed in <>");
  auto const uri = parse_uri(text);
  if (!uri) return it.add(text, uri.error(), rule);
  if (!uri->headers.empty()) it.add(uri->headers, rule, "RFC 3261 19.1.1", Strength::must, bad_syntax, "headers may not stand in it");
  if (!iequals(uri->scheme, "tel")) return;
  if (auto const tel = parse_tel(text); !tel) it.add(text, tel.error(), rule);
}

/// What a start line that can be read may still have wrong.
static void judge_parts(Case& it, std::string_view line, StartLine const& start) {
  auto const version = start.status == 0 ? line.substr(line.rfind(' ') + 1) : line.substr(0, line.find(' '));
  if (!version.starts_with("SIP")) it.add(version, "SIP-Version", "RFC 3261 7.1", Strength::must, none, "not in upper case");
  if (start.status == 0) return judge_request_uri(it, start.request_uri);
  if (auto const text = parse_extension_value(start.reason); !text) return it.add(start.reason, text.error(), "Reason-Phrase");
  // Nobody has to read it (RFC 3261 7.2).
  if (auto const reason = parse_reason_phrase(start.reason); !reason) it.add(start.reason, reason.error(), "Reason-Phrase", none);
}

void judge_start_line(Case& it, std::string_view line) {
  auto const start = parse_start_line(line);
  if (start) {
    it.start = *start;
    it.is_request = start->status == 0;
    return judge_parts(it, line, *start);
  }
  bool const is_other_version = start.error().rule == "SIP-Version" && is_sip_version(line.substr(start.error().offset));
  it.add(line, start.error(), "start-line", is_other_version ? Effect{Outcome::reject, Stage::version, 505} : bad_syntax);
  if (start.error().rule == "SIP-Version") judge_request_uri(it, line.substr(0, start.error().offset - 1).substr(line.find(' ') + 1));
}

}  // namespace tollgate::sip
