#pragma once
/// SIP and SIPS URIs (RFC 3261 19.1, 25.1).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// SIP-URI = "sip:" [ userinfo ] hostport uri-parameters [ headers ]. Views into the text that was given.
/// Other schemes are kept whole: `scheme` says which, `opaque` holds what follows the colon.
struct Uri {
  std::string_view scheme;    ///< as written: "sip", "SIPS", "tel"
  std::string_view user;      ///< escaped as received; "" when absent
  std::string_view password;  ///< "" when absent
  std::string_view host;      ///< name, IPv4 or "[...]" IPv6 reference
  std::optional<std::uint16_t> port;
  Parameters parameters;
  std::string_view headers;  ///< after "?", without it
  std::string_view opaque;   ///< for schemes other than sip and sips

  /// sip:user@host in lower-case scheme and host, without port, parameters, password: the address-of-record in the form
  /// of RFC 3261 10.3 step 5. Escapes that need not be are decoded.
  [[nodiscard]] std::string address_of_record() const;
};

[[nodiscard]] Parsed<Uri> parse_uri(std::string_view text);

/// Equivalence of RFC 3261 19.1.4.
[[nodiscard]] bool same(Uri const& a, Uri const& b);

}  // namespace tollgate::sip
