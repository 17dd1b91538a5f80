#pragma once
/// A response as every UAS begins one (RFC 3261 8.2.6.2).
#include <string_view>

#include "codec/sip/message.hpp"

namespace tollgate::sip {

/// Via fields in order, Record-Route, From, To, Call-ID and CSeq copied from the request. A To without a tag gets `to_tag`
/// unless that is empty (a 100 has none). The reason phrase is the standard's.
[[nodiscard]] Message response_to(Message const& request, int status, std::string_view to_tag);

/// The phrase of RFC 3261 21 for a status; "Status 299" style text for an unassigned one.
[[nodiscard]] std::string reason_phrase(int status);

}  // namespace tollgate::sip
