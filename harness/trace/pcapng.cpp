#include "trace/pcapng.hpp"

#include <fmt/format.h>

#include "codec/ch2/binding.hpp"
#include "codec/diameter/big_endian.hpp"
#include "trace/internet_packets.hpp"

namespace tollgate::trace {

using diameter::append_number;

namespace {

void pad(Octets& octets) {
  octets.resize((octets.size() + 3) / 4 * 4, '\0');
}

/// Type, length, value: pcapng options and the tags of an upper PDU share this form.
void append_option(Octets& octets, std::uint16_t code, std::string_view value) {
  constexpr std::size_t option_most = 0xFFFC;
  value = value.substr(0, option_most);
  append_number(octets, code, 2);
  append_number(octets, value.size(), 2);
  octets += value;
  pad(octets);
}
void append_end_of_options(Octets& octets) {
  append_number(octets, 0, 4);
}

constexpr std::uint16_t opt_comment = 1;

void append_comment(Octets& octets, std::string const& comment) {
  if (!comment.empty()) append_option(octets, opt_comment, comment);
}

Octets block(std::uint32_t type, Octets const& body) {
  Octets octets;
  auto const length = body.size() + 12;  // type and the length before and behind
  append_number(octets, type, 4);
  append_number(octets, length, 4);
  octets += body;
  append_number(octets, length, 4);
  return octets;
}

Octets section_header(std::string const& comment) {
  constexpr std::uint32_t type = 0x0A0D0D0A, byte_order = 0x1A2B3C4D;
  constexpr std::uint16_t shb_userappl = 4;
  Octets body;
  append_number(body, byte_order, 4);
  append_number(body, 0x00010000, 4);           // version 1.0
  append_number(body, 0xFFFFFFFFFFFFFFFFU, 8);  // length of the section: not said
  append_comment(body, comment);
  append_option(body, shb_userappl, "tollgate");
  append_end_of_options(body);
  return block(type, body);
}

Octets interface_description(CaptureForm form) {
  constexpr std::uint32_t type = 1;
  constexpr std::uint16_t linktype_raw = 101, linktype_upper_pdu = 252, if_name = 2, if_tsresol = 9;
  Octets body;
  append_number(body, form == CaptureForm::internet ? linktype_raw : linktype_upper_pdu, 2);
  append_number(body, 0, 2);
  append_number(body, 0, 4);  // no limit of packet size
  append_option(body, if_name, "harness");
  append_option(body, if_tsresol, "\x09");  // 10^-9 s
  append_end_of_options(body);
  return block(type, body);
}

/// What is longer is cut, and says so by its original length: Wireshark refuses a file with a longer packet.
Octets packet(std::int64_t at_ns, Octets const& data, std::string const& comment) {
  constexpr std::uint32_t type = 6;
  constexpr std::size_t captured_most = 262'144;  // WTAP_MAX_PACKET_SIZE_STANDARD
  auto const captured = std::string_view(data).substr(0, captured_most);
  Octets body;
  append_number(body, 0, 4);  // the only interface
  append_number(body, static_cast<std::uint64_t>(at_ns), 8);
  append_number(body, captured.size(), 4);
  append_number(body, data.size(), 4);
  body += captured;
  pad(body);
  append_comment(body, comment);
  append_end_of_options(body);
  return block(type, body);
}

std::string_view dissector(Event const& event) {
  switch (event.channel) {
    case Channel::sip: return "sip";
    case Channel::msrp: return "msrp";
    case Channel::ch2: return ch2::binding_of(event.octets) == ch2::Binding::http ? "http" : "diameter";
  }
  return "data";
}

/// The tags of Wireshark's wsutil/exported_pdu_tlvs.h, then the message itself.
Octets upper_pdu(Event const& event) {
  constexpr std::uint16_t tag_dissector = 12, tag_port_type = 24;
  constexpr std::uint32_t port_tcp = 2, port_udp = 3;
  struct End {
    std::string const& text;
    std::uint16_t tag_ipv4, tag_ipv6, tag_port;
  };
  bool const sent = event.direction == Direction::sent;
  End const from{sent ? event.local : event.remote, 20, 22, 25};
  End const to{sent ? event.remote : event.local, 21, 23, 26};
  auto const number = [](std::uint64_t value) {
    Octets octets;
    append_number(octets, value, 4);
    return octets;
  };
  Octets pdu;
  std::string name(dissector(event));
  pad(name);  // lengths of tags are multiples of 4
  append_option(pdu, tag_dissector, name);
  for (End const& end : {from, to})
    if (auto const address = SocketAddress::parse(end.text))
      append_option(pdu, address->is_ipv6() ? end.tag_ipv6 : end.tag_ipv4, address->ip);
  append_option(pdu, tag_port_type, number(event.transport == Transport::udp ? port_udp : port_tcp));
  for (End const& end : {from, to})
    if (auto const address = SocketAddress::parse(end.text)) append_option(pdu, end.tag_port, number(address->port));
  append_end_of_options(pdu);
  return pdu + event.octets;
}

std::string comment_of(Event const& event, CaptureOptions const& options) {
  auto const label = event.meaning.label();
  auto comment = fmt::format("#{} {}", event.id, label.empty() ? "(not readable)" : label);
  if (!event.actor.empty()) comment += fmt::format(" {} {}", event.direction == Direction::sent ? "from" : "to", event.actor);
  if (event.repeats != 0) comment += fmt::format(", repeats #{}", event.repeats);
  if (event.transport == Transport::tls) comment += ", inside TLS";
  if (!event.note.empty()) comment += "\n" + event.note;
  if (auto const remark = options.remarks.find(event.id); remark != options.remarks.end()) comment += "\n" + remark->second;
  return comment;
}

}  // namespace

Octets pcapng(Trace const& trace, CaptureOptions const& options) {
  Octets file = section_header(options.comment) + interface_description(options.form);
  InternetPackets internet;
  for (Event const& event : trace.events()) {
    std::vector<Octets> packets;
    if (options.form == CaptureForm::dissected) {
      if (event.kind == Kind::message) packets = {upper_pdu(event)};
    } else if (event.kind == Kind::message) {
      packets = internet.carry(event);
    } else if (event.kind == Kind::closed) {
      packets = internet.close(event);
    }
    for (std::size_t i = 0; i < packets.size(); ++i) {
      bool const commented = event.kind == Kind::message && i + 1 == packets.size();
      file += packet(event.at_ns, packets[i], commented ? comment_of(event, options) : "");
    }
  }
  return file;
}

}  // namespace tollgate::trace
