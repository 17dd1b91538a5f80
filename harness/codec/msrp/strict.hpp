#pragma once
/// What RFC 4975 wants of a message beyond what can be held: one call judges a message that `parse` accepted or we
/// made.
#include <optional>

#include "base/parsed.hpp"
#include "codec/msrp/message.hpp"

namespace tollgate::msrp {

/// The first breach in `message.write()`, with its offset there; nothing for a good message (RFC 4975 7.1, 7.2, 9).
/// Judges form, not meaning: that a body fits its Byte-Range, or that a session exists, is not looked at.
/// The ident length of Message-ID is left to `message_id`.
[[nodiscard]] std::optional<ParseError> strict(Message const& message);

}  // namespace tollgate::msrp
