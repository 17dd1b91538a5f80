#pragma once
/// The SIP messages that are measured: what a deferred push looks like on the wire.
#include <string_view>

namespace tollgate::bench {

/// 908 octets, 14 header fields, a body of 11 lines.
inline constexpr std::string_view invite =
    "INVITE sip:alice@192.0.2.17:5062;transport=tcp SIP/2.0\r\n"
    "Via: SIP/2.0/TCP im.example.com:5060;branch=z9hG4bK74bf9776f6;rport\r\n"
    "Max-Forwards: 70\r\n"
    "Route: <sip:orig@pcscf.example.com:5060;lr>\r\n"
    "From: \"Bob\" <sip:bob@example.com>;tag=9fxced76sl\r\n"
    "To: <sip:alice@example.com>\r\n"
    "Call-ID: 3848276298220188511@im.example.com\r\n"
    "CSeq: 314159 INVITE\r\n"
    "Contact: <sip:im@im.example.com:5060;transport=tcp>;+g.oma.sip-im\r\n"
    "P-Asserted-Identity: <sip:bob@example.com>\r\n"
    "Accept-Contact: *;+g.oma.sip-im;require;explicit\r\n"
    "Allow: INVITE, ACK, BYE, CANCEL, MESSAGE\r\n"
    "User-Agent: IM-serv/OMA1.0\r\n"
    "Content-Type: application/sdp\r\n"
    "Content-Length: 273\r\n"
    "\r\n"
    "v=0\r\n"
    "o=- 2890844526 2890844527 IN IP4 im.example.com\r\n"
    "s=-\r\n"
    "c=IN IP4 192.0.2.33\r\n"
    "t=0 0\r\n"
    "m=message 2855 TCP/MSRP *\r\n"
    "a=accept-types:message/cpim\r\n"
    "a=accept-wrapped-types:text/plain text/html\r\n"
    "a=path:msrp://im.example.com:2855/s1a2b3c4d5;tcp\r\n"
    "a=setup:active\r\n"
    "a=max-size:131072\r\n";

inline constexpr std::string_view registration =
    "REGISTER sip:example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.17:5062;branch=z9hG4bKnashds7;rport\r\n"
    "Max-Forwards: 70\r\n"
    "From: <sip:alice@example.com>;tag=456248\r\n"
    "To: <sip:alice@example.com>\r\n"
    "Call-ID: 843817637684230@998sdasdh09\r\n"
    "CSeq: 1826 REGISTER\r\n"
    "Contact: <sip:alice@192.0.2.17:5062>;expires=3600;+g.oma.sip-im\r\n"
    "Supported: path, gruu\r\n"
    "Expires: 3600\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

inline constexpr std::string_view ok =
    "SIP/2.0 200 OK\r\n"
    "Via: SIP/2.0/UDP 192.0.2.17:5062;branch=z9hG4bKnashds7;rport=5062;received=192.0.2.17\r\n"
    "From: <sip:alice@example.com>;tag=456248\r\n"
    "To: <sip:alice@example.com>;tag=2493k59kd\r\n"
    "Call-ID: 843817637684230@998sdasdh09\r\n"
    "CSeq: 1826 REGISTER\r\n"
    "Contact: <sip:alice@192.0.2.17:5062>;expires=3600\r\n"
    "Service-Route: <sip:orig@scscf.example.com;lr>\r\n"
    "Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

}  // namespace tollgate::bench
