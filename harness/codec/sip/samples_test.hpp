#pragma once
/// Messages that several tests read.
#include <string_view>

namespace tollgate::sip {

inline constexpr std::string_view invite =
    "INVITE sip:alice@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/TCP im.example.com:5060;branch=z9hG4bK77\r\n"
    "Max-Forwards: 70\r\n"
    "From: <sip:im@example.com>;tag=a1\r\n"
    "To: <sip:alice@example.com>\r\n"
    "Call-ID: 7f3a@im.example.com\r\n"
    "CSeq: 1 INVITE\r\n"
    "Content-Length: 5\r\n"
    "\r\n"
    "hello";

/// Everything that is odd and can be held: CRLFs in front, folding, white space around the colon, compact names.
inline constexpr std::string_view odd =
    "\r\n\r\nMESSAGE sip:bob@example.com SIP/2.0\r\n"
    "v : SIP / 2.0 / UDP\r\n\t host ;branch=z9hG4bKa\r\n"
    "TO:sip:bob@example.com  \r\n"
    "f\t:\t sip:al@example.com;tag=x\r\n"
    "X-Odd:\r\n"
    "x-odd:   \r\n  \r\n"
    "not a token: kept\r\n"
    "i: a\n"
    "CSeq: 2\r\n MESSAGE\n"
    "L:\r\n 3\r\n"
    "\n"
    "a\r\nb";

}  // namespace tollgate::sip
