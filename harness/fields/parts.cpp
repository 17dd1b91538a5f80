#include "fields/parts.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>

#include "base/text.hpp"
#include "codec/sip/name.hpp"
#include "fields/sdp.hpp"
#include "fields/sip_forms.hpp"

namespace tollgate::fields {

namespace {

using sip::Name;
using Words = std::span<std::string_view const>;
using Refusal = std::unexpected<std::string>;

constexpr std::array<std::string_view, 5> of_uri{"user", "host", "port", "scheme", "aor"};
constexpr std::array<std::string_view, 6> uri_parameters{"transport", "method", "ttl", "maddr", "lr", "gr"};
constexpr std::array<std::string_view, 2> of_address{"uri", "display"};
constexpr std::array<std::string_view, 3> address_parameters{"tag", "expires", "q"};
constexpr std::array<std::string_view, 9> of_via{"transport", "host", "port", "branch", "received", "rport", "maddr", "ttl", "alias"};
constexpr std::array<std::string_view, 2> of_cseq{"seq", "method"};
constexpr std::array<std::string_view, 18> of_digest{"scheme", "realm",    "nonce",   "opaque",    "qop",      "algorithm",
                                                     "stale",  "domain",   "uri",     "username",  "response", "nc",
                                                     "cnonce", "userhash", "charset", "nextnonce", "rspauth",  "username*"};
constexpr std::array<std::string_view, 4> of_other{"charset", "boundary", "id", "duration"};

constexpr std::array<std::string_view, 32> attributes{"path",
                                                      "accept-types",
                                                      "accept-wrapped-types",
                                                      "max-size",
                                                      "setup",
                                                      "connection",
                                                      "fingerprint",
                                                      "sendrecv",
                                                      "sendonly",
                                                      "recvonly",
                                                      "inactive",
                                                      "file-selector",
                                                      "file-range",
                                                      "file-transfer-id",
                                                      "file-disposition",
                                                      "file-date",
                                                      "file-icon",
                                                      "chatroom",
                                                      "msrp-cema",
                                                      "label",
                                                      "content",
                                                      "mid",
                                                      "group",
                                                      "rtpmap",
                                                      "fmtp",
                                                      "lang",
                                                      "sdplang",
                                                      "charset",
                                                      "tool",
                                                      "type",
                                                      "cat",
                                                      "keywds"};
constexpr std::array<std::string_view, 4> of_path{"scheme", "host", "port", "session-id"};

constexpr std::array<std::string_view, 20> msrp_fields{"To-Path",
                                                       "From-Path",
                                                       "Message-ID",
                                                       "Success-Report",
                                                       "Failure-Report",
                                                       "Byte-Range",
                                                       "Status",
                                                       "Expires",
                                                       "Min-Expires",
                                                       "Max-Expires",
                                                       "Use-Path",
                                                       "WWW-Authenticate",
                                                       "Authorization",
                                                       "Authentication-Info",
                                                       "Content-Type",
                                                       "Content-ID",
                                                       "Content-Description",
                                                       "Content-Disposition",
                                                       "Use-Nickname",
                                                       "MIME-Version"};
constexpr std::array<std::string_view, 4> of_range{"start", "end", "total", "fixed"};
constexpr std::array<std::string_view, 10> cpim_fields{"From",    "To", "cc",      "DateTime",     "DateTime.seconds",
                                                       "Subject", "NS", "Require", "Content-Type", "Content-ID"};

/// A field of somebody's own.
bool is_private(std::string_view name) {
  return lower(name.substr(0, 2)) == "x-";
}

bool has(Words words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}
bool has_in_any_case(Words words, std::string_view word) {
  return std::ranges::any_of(words, [&](auto one) { return iequals(one, word); });
}

/// The part is one of these, a feature tag (RFC 3840 9), or any parameter behind a semicolon: "sip.Contact.;x".
std::expected<void, std::string> one_of(Path const& path, std::initializer_list<Words> lists) {
  bool const is_any_parameter = (path.part[0] == ';' || path.part[0] == '+') && path.part.size() > 1;
  if (is_any_parameter) return {};
  for (auto const& list : lists)
    if (has(list, path.part)) return {};
  std::string known;
  for (auto const& list : lists) known += fmt::format("{}{}", known.empty() ? "" : " ", fmt::join(list, " "));
  return Refusal(fmt::format("{} has no part '{}'; there are {}, and any parameter behind a semicolon: {}.;x", path.name, path.part, known,
                             path.name));
}

std::expected<void, std::string> no_part(Path const& path) {
  return Refusal(fmt::format("{} is read as a whole: it has no part '{}'", path.name, path.part));
}

std::expected<void, std::string> check_sip(Path const& path) {
  bool const is_word = path.name == "Method" || path.name == "Status-Code" || path.name == "msg_body" || path.name == "r-uri";
  Name const name = sip::name_of(path.name);
  if (!is_word && name == Name::unknown && !is_private(path.name) && !path.name.starts_with("P-"))
    return Refusal(fmt::format("no header field of SIP is called '{}'; one of your own begins with X-", path.name));
  if (path.part.empty()) return {};
  if (path.name == "r-uri") return one_of(path, {of_uri, uri_parameters});
  if (is_word) return no_part(path);
  switch (sip_form(name)) {
    case SipForm::via: return one_of(path, {of_via});
    case SipForm::cseq: return one_of(path, {of_cseq});
    case SipForm::address: return one_of(path, {of_address, of_uri, address_parameters});
    case SipForm::digest: return one_of(path, {of_digest});
    case SipForm::other: break;
  }
  return one_of(path, {of_other});
}

std::expected<void, std::string> check_sdp(Path const& path) {
  constexpr std::string_view lines = "vosiuepcbtrzkam";
  bool const is_line = path.name.size() == 1;
  bool const is_known = is_line ? lines.contains(path.name[0]) : has(attributes, path.name) || is_private(path.name);
  if (!is_known) return Refusal(fmt::format("SDP has no line or attribute '{}'; an attribute of your own begins with X-", path.name));
  if (path.part.empty()) return {};
  auto const parts = path.name == "path" ? Words(of_path) : words_of_line(path.name);
  if (parts.empty()) return no_part(path);
  if (has(parts, path.part)) return {};
  return Refusal(fmt::format("{} has no part '{}'; there are {}", path.name, path.part, fmt::join(parts, " ")));
}

std::expected<void, std::string> check_msrp(Path const& path) {
  if (!has_in_any_case(msrp_fields, path.name) && !is_private(path.name))
    return Refusal(fmt::format("no header field of MSRP is called '{}'; one of your own begins with X-", path.name));
  if (path.part.empty()) return {};
  if (!iequals(path.name, "Byte-Range")) return no_part(path);
  if (has(of_range, path.part)) return {};
  return Refusal(fmt::format("Byte-Range has no part '{}'; there are {}", path.part, fmt::join(of_range, " ")));
}

/// A name behind the prefix of a namespace is its own (RFC 3862 3.4).
std::expected<void, std::string> check_cpim(Path const& path) {
  auto const dot = path.name.find('.');
  bool const is_prefixed = dot != std::string::npos && path.name.substr(0, dot) != "DateTime";
  if (is_prefixed || has(cpim_fields, path.name)) return {};
  return Refusal(fmt::format("no header of CPIM is called '{}'; there are {}, and those of a namespace: imdn.Message-ID", path.name,
                             fmt::join(cpim_fields, " ")));
}

}  // namespace

std::expected<void, std::string> check_name(Path const& path) {
  switch (path.protocol) {
    case Protocol::sip: return check_sip(path);
    case Protocol::sdp: return check_sdp(path);
    case Protocol::msrp: return check_msrp(path);
    case Protocol::cpim: return check_cpim(path);
    case Protocol::diameter: break;
  }
  return {};
}

}  // namespace tollgate::fields
