#pragma once
/// Header fields that hold a token or a number with parameters behind it: Content-Disposition, Reason, Session-Expires,
/// Accept-Encoding, Accept-Language, Accept-Contact.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// token *( SEMI generic-param )
struct Qualified {
  std::string_view value;
  Parameters parameters;
};
[[nodiscard]] Parsed<Qualified> parse_qualified(std::string_view text);

/// Content-Disposition = disp-type *( SEMI ( handling-param / generic-param ) ) (RFC 3261 20.11)
[[nodiscard]] Parsed<Qualified> content_disposition(Fields fields);
/// encoding *( SEMI q ) of Accept-Encoding, language-range *( SEMI q ) of Accept-Language (RFC 3261 20.2, 20.3)
[[nodiscard]] Parsed<std::vector<Qualified>> qualified(Fields fields, Name name);

/// reason-value = protocol *( SEMI ( cause / text / generic-param ) ) (RFC 3326 2)
struct Reason {
  std::string_view protocol;           ///< "SIP", "Q.850"
  std::optional<std::uint32_t> cause;  ///< for SIP a status code
  std::string_view text;               ///< without its quotes
};
[[nodiscard]] Parsed<Reason> parse_reason(std::string_view text);
[[nodiscard]] Parsed<std::vector<Reason>> reasons(Fields fields);

/// Session-Expires = delta-seconds *( SEMI ( refresher / generic-param ) ) (RFC 4028 4); Min-SE likewise
struct SessionExpires {
  std::uint32_t seconds = 0;
  std::string_view refresher;  ///< "uas", "uac" or ""
};
[[nodiscard]] Parsed<SessionExpires> parse_session_expires(std::string_view text);
[[nodiscard]] Parsed<SessionExpires> session_expires(Fields fields);
[[nodiscard]] Parsed<SessionExpires> min_se(Fields fields);

}  // namespace tollgate::sip
