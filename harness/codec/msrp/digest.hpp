#pragma once
/// HTTP Digest as MSRP relays use it: WWW-Authenticate, Authorization, Authentication-Info (RFC 4976 4.3-4.5). A value
/// is held as its parameters; the names that a header must have are checked, so that `at` finds them.
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/msrp/message.hpp"

namespace tollgate::msrp {

struct DigestParameter {
  std::string_view name;
  std::string_view value;  ///< without its quotes, escapes as they came
  std::size_t offset = 0;  ///< of the name, in the header's value
};

struct Digest {
  std::vector<DigestParameter> parameters;

  /// The parameter of that name, in any case; nothing when absent.
  [[nodiscard]] std::optional<std::string_view> at(std::string_view name) const;
};

/// "Digest" SP, then realm, nonce and qop at least (RFC 4976 4.3).
[[nodiscard]] Parsed<Digest> parse_www_authenticate(std::string_view text);
/// "Digest" SP, then username, realm, nonce, response, cnonce, nc and qop at least (RFC 4976 4.4).
[[nodiscard]] Parsed<Digest> parse_authorization(std::string_view text);
/// Parameters alone: nextnonce, qop, rspauth, cnonce, nc (RFC 4976 4.5).
[[nodiscard]] Parsed<Digest> parse_authentication_info(std::string_view text);

/// The first field of that name in `message`; the error of a missing one is at 0.
[[nodiscard]] Parsed<Digest> www_authenticate(Message const& message);
[[nodiscard]] Parsed<Digest> authorization(Message const& message);
[[nodiscard]] Parsed<Digest> authentication_info(Message const& message);

}  // namespace tollgate::msrp
