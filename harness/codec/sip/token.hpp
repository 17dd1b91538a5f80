#pragma once
/// Header fields that hold tokens: option tags, methods, event packages, privacy levels (RFC 3261 25.1 token).
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// The whole text, when it is a token.
[[nodiscard]] Parsed<std::string_view> parse_token(std::string_view text);
/// Privacy = priv-value *( ";" priv-value ) (RFC 3323 4.2, RFC 3325 9.3): the whole text.
[[nodiscard]] Parsed<std::string_view> parse_privacy(std::string_view text);

/// Every token of every field of that name, in order: Require, Supported, Proxy-Require, Unsupported, Allow,
/// Allow-Events, Content-Encoding. A field with an empty value has none.
[[nodiscard]] Parsed<std::vector<std::string_view>> tokens(Fields fields, Name name);
/// Whether such a field lists `token`, without case; reads on past what is no token, and never allocates.
[[nodiscard]] bool lists(Fields fields, Name name, std::string_view token);
/// The token that is the whole value: Priority (RFC 3261 20.26), SIP-ETag, SIP-If-Match (RFC 3903 11.3).
[[nodiscard]] Parsed<std::string_view> token(Fields fields, Name name);
/// The values of Privacy: id, header, user, none, critical.
[[nodiscard]] Parsed<std::vector<std::string_view>> privacy(Fields fields);

}  // namespace tollgate::sip
