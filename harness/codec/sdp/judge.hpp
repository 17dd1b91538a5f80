#pragma once
/// Judges a text as a session description: every deviation with its place, grammar rule and clause (RFC 8866; RFC 4975
/// 8 for MSRP media, RFC 4145, 6135, 6714, 8122 for their attributes). Types and attributes that we do not know are
/// ignored, as RFC 8866 5 asks of a receiver. The answer is that of a UAS to an INVITE with such a body: 488 where the
/// description can be read but not used, 400 where it cannot be read (RFC 3261 21.4.1, 21.4.26). Who has no use for i=, u=,
/// e= or p=, or does not know a network or an address type, may do either.
#include <string_view>

#include "codec/judgement.hpp"

namespace tollgate::sdp {

[[nodiscard]] Judgement judge(std::string_view text);

}  // namespace tollgate::sdp
