#pragma once
/// Judges octets as a SIP message: every deviation with its place, grammar rule and clause, what a receiver makes of it
/// as RFC 4475 uses the words, and what a UAS would answer.
///
/// A deviation from the grammar makes a message to be rejected: RFC 4475 3.1.2 allows some of those to be forgiven, we
/// forgive none. What RFC 3261 tells receivers to bear (a request without Max-Forwards, a branch without the cookie) is
/// reported and accepted. Where both are right, the outcome is `either`. A body of application/sdp is judged with the
/// message that carries it, unless it is encoded.
///
/// The UAS of `answer` is a plain one: it knows the methods, option tags and URI schemes that are registered for SIP,
/// and of bodies in an INVITE SDP only. Nobody answers an ACK or a response.
#include <cstdint>
#include <string_view>

#include "codec/judgement.hpp"

namespace tollgate::sip {

enum class Framing : std::uint8_t {
  datagram,  ///< the octets are all there is; what Content-Length does not cover is ignored (RFC 3261 18.3)
  stream,    ///< Content-Length is mandatory; what it does not cover belongs to the next message
};

[[nodiscard]] Judgement judge(std::string_view octets, Framing framing);

}  // namespace tollgate::sip
