#pragma once
/// The header fields that carry addresses: (name-addr / addr-spec) with what each allows behind it.
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/name_addr.hpp"

namespace tollgate::sip {

/// From, To = ( name-addr / addr-spec ) *( SEMI ( "tag" EQUAL token / generic-param ) ) (RFC 3261 20.20, 20.39)
[[nodiscard]] Parsed<NameAddr> parse_tagged(std::string_view text);
/// contact-param = ( name-addr / addr-spec ) *( SEMI ( q / expires / contact-extension ) ) (RFC 3261 20.10)
[[nodiscard]] Parsed<NameAddr> parse_contact(std::string_view text);
/// route-param = name-addr *( SEMI rr-param ): brackets are a must (RFC 3261 20.34; RFC 3327 4, RFC 3608 5)
[[nodiscard]] Parsed<NameAddr> parse_route(std::string_view text);
/// PAssertedID-value = name-addr / addr-spec, without parameters; sip, sips or tel (RFC 3325 9.1)
[[nodiscard]] Parsed<NameAddr> parse_identity(std::string_view text);

/// info = LAQUOT absoluteURI RAQUOT *( SEMI info-param ): Alert-Info, Call-Info, Error-Info (RFC 3261 20.4, 20.9)
[[nodiscard]] Parsed<NameAddr> parse_info(std::string_view text);

[[nodiscard]] Parsed<NameAddr> from(Fields fields);
[[nodiscard]] Parsed<NameAddr> to(Fields fields);
[[nodiscard]] Parsed<NameAddr> reply_to(Fields fields);     ///< RFC 3261 20.31
[[nodiscard]] Parsed<NameAddr> refer_to(Fields fields);     ///< RFC 3515 2.1
[[nodiscard]] Parsed<NameAddr> referred_by(Fields fields);  ///< RFC 3892 3

// Every address of every field of that name, in order.
/// "*" gives one address with the uri "*".
[[nodiscard]] Parsed<std::vector<NameAddr>> contacts(Fields fields);
[[nodiscard]] Parsed<std::vector<NameAddr>> route(Fields fields);
[[nodiscard]] Parsed<std::vector<NameAddr>> record_route(Fields fields);
[[nodiscard]] Parsed<std::vector<NameAddr>> path(Fields fields);           ///< RFC 3327
[[nodiscard]] Parsed<std::vector<NameAddr>> service_route(Fields fields);  ///< RFC 3608
[[nodiscard]] Parsed<std::vector<NameAddr>> p_asserted_identity(Fields fields);
[[nodiscard]] Parsed<std::vector<NameAddr>> p_preferred_identity(Fields fields);

}  // namespace tollgate::sip
