#pragma once
/// Call-ID and In-Reply-To (RFC 3261 20.8, 20.21): callid = word [ "@" word ].
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// The whole text, when it is a callid.
[[nodiscard]] Parsed<std::string_view> parse_call_id(std::string_view text);
/// callid *( COMMA callid ): the whole text. A word may hold quotes and angle brackets, so that every comma divides.
[[nodiscard]] Parsed<std::string_view> parse_in_reply_to(std::string_view text);
[[nodiscard]] Parsed<std::string_view> call_id(Fields fields);
[[nodiscard]] Parsed<std::vector<std::string_view>> in_reply_to(Fields fields);

}  // namespace tollgate::sip
