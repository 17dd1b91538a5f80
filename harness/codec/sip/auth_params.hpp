#pragma once
/// The shape that challenges and credentials share: a scheme and a list of parameters (RFC 3261 25.1, RFC 7235 2.1).
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// auth-scheme LWS auth-param *( COMMA auth-param ),  auth-param = token EQUAL ( token / quoted-string )
struct AuthParams {
  std::string_view scheme;  ///< "Digest"; "" in Authentication-Info, which has none
  std::string_view list;    ///< behind the scheme, as written

  /// The value of the parameter of that name (case-insensitive), without its quotes; nothing if absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// The same as it is written, with its quotes.
  [[nodiscard]] std::optional<std::string_view> find_written(std::string_view name) const;
  [[nodiscard]] bool is_digest() const;
};

/// WWW-Authenticate, Proxy-Authenticate, Authorization, Proxy-Authorization: of any scheme, no parameter twice. Of
/// Digest they are held to RFC 7616 3.3 and 3.4: which are quoted, which are not.
[[nodiscard]] Parsed<AuthParams> parse_auth(std::string_view text);
/// Authentication-Info = ainfo *( COMMA ainfo ) (RFC 3261 20.6)
[[nodiscard]] Parsed<AuthParams> parse_authentication_info(std::string_view text);

/// One of each field of that name, in order: several challenges stand in several fields (RFC 3261 7.3.1), the preferred
/// one first (RFC 8760 2.4).
[[nodiscard]] Parsed<std::vector<AuthParams>> authentications(Fields fields, Name name);

}  // namespace tollgate::sip
