/// SIP-URI    = "sip:" [ userinfo ] hostport uri-parameters [ headers ]
/// userinfo   = user [ ":" password ] "@",  headers = "?" header *( "&" header )   (RFC 3261 19.1.1, 25.1)
#include "codec/sip/uri.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/escapes.hpp"
#include "codec/sip/host_port.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 19.1.1";

static constexpr CharSet scheme_set = alphanum_set | "+-.";
static constexpr CharSet user_set = unreserved_set | user_unreserved;
static constexpr CharSet password_set = unreserved_set | "&=+$,";
static constexpr CharSet header_set = unreserved_set | "[]/?:+$";
static constexpr CharSet visible_set = CharSet::range('!', '~') - "\"<>";

/// Refuses what is neither in `allowed` nor escaped.
static Parsed<void> check(std::string_view text, CharSet const& allowed, std::string_view rule) {
  for (auto at = allowed.run(text); at < text.size(); at += allowed.run(text, at)) {
    if (text[at] != '%') return invalid(at, rule, clause, "wants an escape");
    if (!is_escape(text.substr(at))) return invalid(at, "escaped", clause, "expected two hexadecimal digits");
    at += 3;
  }
  return {};
}

static Parsed<void> read_userinfo(std::string_view text, Uri& uri) {
  auto const plain = user_set.run(text);
  auto const colon = plain == text.size() ? plain : std::min(text.find(':', plain), text.size());
  uri.user = text.substr(0, colon);
  if (uri.user.empty()) return invalid(0, "user", clause, "empty");
  if (plain == text.size()) return {};
  if (auto const good = check(uri.user, user_set, "user"); !good) return good;
  if (colon == text.size()) return {};
  uri.password = text.substr(colon + 1);
  if (auto const good = check(uri.password, password_set, "password"); !good) return shifted(good.error(), colon + 1);
  return {};
}

/// header = hname "=" hvalue, hname of one character or more
static Parsed<void> check_headers(std::string_view headers) {
  std::size_t at = 0;
  for (bool more = true; more;) {
    auto const header = headers.substr(at, headers.find('&', at) - at);
    more = at + header.size() < headers.size();
    auto const equal = header.find('=');
    if (equal == 0 || header.empty()) return invalid(at, "hname", clause, "empty");
    if (equal == std::string_view::npos) return invalid(at + header.size(), "header", clause, "expected =");
    if (auto const good = check(header.substr(0, equal), header_set, "hname"); !good) return shifted(good.error(), at);
    if (auto const good = check(header.substr(equal + 1), header_set, "hvalue"); !good) return shifted(good.error(), at + equal + 1);
    at += header.size() + 1;
  }
  return {};
}

/// What follows "sip:", at `at`.
static Parsed<void> read_sip(std::string_view text, std::size_t at, Uri& uri) {
  if (auto const end = text.find('@', at); end != std::string_view::npos) {
    if (auto const read = read_userinfo(text.substr(at, end - at), uri); !read) return shifted(read.error(), at);
    at = end + 1;
  }
  auto const host_end = at + host_port_set.run(text, at);
  bool const is_cut = host_end < text.size() && text[host_end] != ';' && text[host_end] != '?';
  auto const host_port = parse_host_port(text.substr(at, host_end - at));
  if (!host_port) return shifted(host_port.error(), at);
  if (is_cut) return invalid(host_end, "hostport", clause, "unexpected character in a host");
  uri.host = host_port->host;
  uri.port = host_port->port;
  if (host_end == text.size()) return {};
  auto const question = std::min(text.find('?', host_end), text.size());
  auto const parameters = parse_parameters(text.substr(host_end, question - host_end), ParametersOf::uri);
  if (!parameters) return shifted(parameters.error(), host_end);
  uri.parameters = *parameters;
  if (question == text.size()) return {};
  uri.headers = text.substr(question + 1);
  if (auto const good = check_headers(uri.headers); !good) return shifted(good.error(), question + 1);
  return {};
}

/// What may stand in no URI at all, which is the better reason for whatever else it breaks.
static Parsed<void> check_visible(std::string_view text) {
  auto const end = visible_set.run(text);
  if (end == text.size()) return {};
  return invalid(end, "addr-spec", clause, is_space(text[end]) ? "white space in it" : "wants an escape");
}

static Parsed<void> read_uri(std::string_view text, Uri& uri) {
  auto const colon = scheme_set.run(text);
  if (colon == text.size()) return invalid(colon, "scheme", clause, "expected a colon");
  if (text[colon] != ':') return invalid(colon, "scheme", clause, "unexpected character");
  if (colon == 0) return invalid(0, "scheme", clause, "empty");
  if (!is_alpha(text[0])) return invalid(0, "scheme", clause, "unexpected character");
  uri.scheme = text.substr(0, colon);
  if (iequals(uri.scheme, "sip") || iequals(uri.scheme, "sips")) return read_sip(text, colon + 1, uri);
  uri.opaque = text.substr(colon + 1);
  if (uri.opaque.empty()) return invalid(colon + 1, "absoluteURI", clause, "nothing behind the colon");
  return check_visible(text);
}

Parsed<Uri> parse_uri(std::string_view text) {
  Parsed<Uri> uri;
  if (auto const read = read_uri(text, *uri); !read) {
    auto const visible = check_visible(text);
    uri = std::unexpected(visible ? read.error() : visible.error());
  }
  return uri;
}

std::string Uri::address_of_record() const {
  if (!opaque.empty()) return lower(scheme) + ":" + std::string(opaque);
  return lower(scheme) + ":" + (user.empty() ? "" : unescape(user, user_unreserved) + "@") + lower(host);
}

}  // namespace tollgate::sip
