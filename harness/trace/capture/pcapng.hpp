#pragma once
/// The messages of a trace as a pcapng file for Wireshark (draft-ietf-opsawg-pcapng): one packet a message, its comment
/// the event's number and label, nanosecond times counted from the run's start.
///
/// Two forms, because no single one serves everybody (tried with Wireshark 4.0):
/// - `dissected` (link type 252, WIRESHARK_UPPER_PDU) names the dissector of each packet and carries addresses and
/// ports.
///   A double click shows SIP, MSRP and Diameter on any port, malformed messages and those that ran inside TLS too, and
///   invents no lower layer. It is the default. Line ends that a stream has before a SIP start line are a packet of their own, so that
///   the message is dissected; a datagram stays whole, as it was one packet on the wire.
/// - `internet` (link type 101, raw IP) makes up IP and UDP or TCP around the messages: for tools that read nothing
/// else,
///   and for "Follow TCP Stream". SIP and MSRP are found by Wireshark's heuristics; Diameter on another port than 3868
///   needs `-d tcp.port==N,diameter`, because its heuristic is off by default and nothing in a file can switch it on.
#include <map>
#include <string>

#include "trace/trace.hpp"

namespace tollgate::trace {

enum class CaptureForm : std::uint8_t { dissected, internet };

struct CaptureOptions {
  CaptureForm form = CaptureForm::dissected;
  std::string comment = {};                     ///< of the whole section: the case id
  std::map<EventId, std::string> remarks = {};  ///< added to the comment of that message: why it is a witness
};

[[nodiscard]] Octets pcapng(Trace const& trace, CaptureOptions const& options = {});

}  // namespace tollgate::trace
