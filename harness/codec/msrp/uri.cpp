/// MSRP-URI      = msrp-scheme "://" authority ["/" session-id] ";" transport *( ";" URI-parameter )
/// msrp-scheme   = "msrp" / "msrps"
/// session-id    = 1*( unreserved / "+" / "=" / "/" )
/// transport     = "tcp" / 1*ALPHANUM
/// URI-parameter = token ["=" token]                          (RFC 4975 9)
/// authority     = [ userinfo "@" ] host [ ":" port ]         (RFC 3986 3.2)
/// RFC 3986 lets a host hold ";"; here the first one ends the authority, or no transport could ever be found.
#include "codec/msrp/uri.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/ip_address.hpp"
#include "codec/msrp/ident.hpp"

namespace tollgate::msrp {

namespace {

constexpr std::string_view clause = "RFC 4975 9";
constexpr std::string_view authority_clause = "RFC 3986 3.2";

bool is_unreserved(char c) {
  return is_alphanum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool is_session_id_char(char c) {
  return is_unreserved(c) || c == '+' || c == '=' || c == '/';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/// The first octet that is not unreserved, pct-encoded, a sub-delim or one of `others`; the size when there is none.
std::size_t first_foreign(std::string_view text, std::string_view others) {
  constexpr std::string_view sub_delims = "!$&'()*+,;=";
  std::size_t at = 0;
  while (at < text.size()) {
    char const c = text[at];
    if (c == '%') {
      if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return at;
      at += 3;
    } else if (is_unreserved(c) || sub_delims.contains(c) || others.contains(c)) {
      ++at;
    } else {
      return at;
    }
  }
  return at;
}

/// The reading position moves through `text`; every error is at it.
struct Reader {
  std::string_view text;
  std::size_t at = 0;

  [[nodiscard]] std::string_view rest() const { return text.substr(at); }
  std::string_view take(std::size_t size) {
    auto const taken = text.substr(at, size);
    at += taken.size();
    return taken;
  }
};

using Read = Parsed<void>;

Read scheme(Reader& in, Uri& uri) {
  auto const size = in.rest().find("://");
  if (size == std::string_view::npos) return invalid(0, "MSRP-URI", clause, "no ://");
  uri.scheme = in.take(size);
  if (!iequals(uri.scheme, "msrp") && !iequals(uri.scheme, "msrps")) return invalid(0, "msrp-scheme", clause, "neither msrp nor msrps");
  in.at += 3;
  return {};
}

/// No rule behind the authority has an "@", so the first one ends the userinfo.
Read userinfo(Reader& in, Uri& uri) {
  auto const size = in.rest().find('@');
  if (size == std::string_view::npos) return {};
  auto const foreign = first_foreign(in.rest().substr(0, size), ":");
  if (foreign != size) return invalid(in.at + foreign, "userinfo", authority_clause, "octet not allowed");
  uri.userinfo = in.take(size);
  ++in.at;
  return {};
}

Read host(Reader& in, Uri& uri) {
  if (in.rest().starts_with('[')) {
    auto const close = in.rest().find(']');
    if (close == std::string_view::npos || !is_ipv6(in.rest().substr(1, close - 1)))
      return invalid(in.at, "IP-literal", authority_clause, "not an IPv6 address");
    uri.host = in.take(close + 1);
    return {};
  }
  auto const size = std::min(in.rest().find_first_of(":/;"), in.rest().size());
  if (size == 0) return invalid(in.at, "host", authority_clause, "no host");
  auto const foreign = first_foreign(in.rest().substr(0, size), "");
  if (foreign != size) return invalid(in.at + foreign, "host", authority_clause, "octet not allowed");
  uri.host = in.take(size);
  return {};
}

Read port(Reader& in, Uri& uri) {
  if (!in.rest().starts_with(':')) return {};
  ++in.at;
  auto const digits = in.rest().substr(0, run_end(in.rest(), 0, is_digit));
  uri.port = to_number<std::uint16_t>(digits);
  if (!uri.port) return invalid(in.at, "port", authority_clause, digits.empty() ? "no digits" : "number overflows");
  in.at += digits.size();
  return {};
}

Read session_id(Reader& in, Uri& uri) {
  if (!in.rest().starts_with('/')) return {};
  ++in.at;
  uri.session_id = in.take(run_end(in.rest(), 0, is_session_id_char));
  if (uri.session_id.empty()) return invalid(in.at, "session-id", clause, "empty");
  return {};
}

Read transport(Reader& in, Uri& uri) {
  if (!in.rest().starts_with(';')) return invalid(in.at, "transport", clause, "no ;transport");
  ++in.at;
  uri.transport = in.take(run_end(in.rest(), 0, is_alphanum));
  if (uri.transport.empty()) return invalid(in.at, "transport", clause, "empty");
  return {};
}

Read parameters(Reader& in, Uri& uri) {
  uri.parameters = in.rest();
  while (in.at < in.text.size()) {
    if (in.text[in.at] != ';') return invalid(in.at, "URI-parameter", clause, "octet not allowed");
    ++in.at;
    auto const name = in.take(run_end(in.rest(), 0, is_token_char));
    if (name.empty()) return invalid(in.at, "URI-parameter", clause, "no name");
    if (!in.rest().starts_with('=')) continue;
    ++in.at;
    if (in.take(run_end(in.rest(), 0, is_token_char)).empty()) return invalid(in.at, "URI-parameter", clause, "no value");
  }
  return {};
}

}  // namespace

Parsed<Uri> parse_uri(std::string_view text) {
  Uri uri;
  Reader in{text};
  for (auto const part : {scheme, userinfo, host, port, session_id, transport, parameters})
    if (auto const read = part(in, uri); !read) return std::unexpected(read.error());
  return uri;
}

Parsed<std::vector<Uri>> parse_path(std::string_view text) {
  std::vector<Uri> path;
  for (std::size_t at = 0;;) {
    auto const end = std::min(text.find(' ', at), text.size());
    auto const uri = parse_uri(text.substr(at, end - at));
    if (!uri) return shifted(uri.error(), at);
    path.push_back(*uri);
    if (end == text.size()) return path;
    at = end + 1;
  }
}

}  // namespace tollgate::msrp
