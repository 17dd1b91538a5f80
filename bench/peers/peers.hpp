#pragma once
/// Other SIP stacks' parsers, each behind one function so that no header of theirs meets another's. Each reads one
/// message from fresh memory, as for a datagram that came in, and lets go of it. True when the stack took it.
#include <string_view>

namespace tollgate::bench {

[[nodiscard]] bool osip2_parse(std::string_view octets);  ///< osip_message_parse
[[nodiscard]] bool osip2_parse_with_sdp(std::string_view octets);
/// msg_make, which reads each header field it knows into a structure of its own
[[nodiscard]] bool sofia_parse(std::string_view octets);
[[nodiscard]] bool sofia_parse_with_sdp(std::string_view octets);
/// sip_msg_decode, which reads Via, From, To, CSeq and a few more and keeps the rest as text
[[nodiscard]] bool libre_parse(std::string_view octets);
[[nodiscard]] bool libre_parse_with_sdp(std::string_view octets);

}  // namespace tollgate::bench
