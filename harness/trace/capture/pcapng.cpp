#include "trace/capture/pcapng.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/ranges.h>

#include "codec/ch2/binding.hpp"
#include "codec/diameter/big_endian.hpp"
#include "trace/capture/capture_file.hpp"
#include "trace/capture/internet_packets.hpp"
#include "trace/capture/own_packets.hpp"
#include "trace/capture/upper_pdu.hpp"
#include "trace/event_json.hpp"

namespace tollgate::trace {

namespace json = boost::json;
using diameter::append_number;

namespace {

void pad(Octets& octets) {
  octets.resize((octets.size() + 3) / 4 * 4, '\0');
}

/// Type, length, value.
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
constexpr std::size_t octets_a_packet = 180'000;  // with tags and the like below WTAP_MAX_PACKET_SIZE_STANDARD, 262144
char const* const our_protocol = "tollgate";
char const* const plain_text = "data-text-lines";

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
  constexpr std::uint16_t if_name = 2, if_tsresol = 9;
  Octets body;
  append_number(body, form == CaptureForm::internet ? link_type::raw : link_type::upper_pdu, 2);
  append_number(body, 0, 2);
  append_number(body, 0, 4);  // no limit of packet size
  append_option(body, if_name, "harness");
  append_option(body, if_tsresol, "\x09");  // 10^-9 s
  append_end_of_options(body);
  return block(type, body);
}

Octets packet(std::int64_t at_ns, Octets const& data, std::string const& comment) {
  constexpr std::uint32_t type = 6;
  Octets body;
  append_number(body, 0, 4);  // the only interface
  append_number(body, static_cast<std::uint64_t>(at_ns), 8);
  append_number(body, data.size(), 4);
  append_number(body, data.size(), 4);
  body += data;
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

/// What the event says beside its octets. Texts that a SUT has made longer than a packet holds are shortened.
std::string said_of(Event event) {
  auto said = json::serialize(event_json(event));
  if (said.size() <= user_data_max) return said;
  constexpr std::size_t text_max = 8192;
  for (auto* text : {&event.actor, &event.party, &event.note})
    if (text->size() > text_max) *text = printable(*text, text_max);
  return json::serialize(event_json(event));
}

UpperPdu pdu_of(Event const& event) {
  auto const local = SocketAddress::parse(event.local), remote = SocketAddress::parse(event.remote);
  bool const sent = event.direction == Direction::sent;
  UpperPdu pdu{.dissector = std::string(dissector(event)),
               .from = sent ? local : remote,
               .to = sent ? remote : local,
               .is_datagram = event.transport == Transport::udp,
               .user_data = said_of(event)};
  if (event.kind == Kind::message) return pdu;
  pdu.dissector = plain_text;
  pdu.protocol = our_protocol;
  pdu.info = sentence_of(event);
  return pdu;
}

/// Line ends before the start line of a SIP message, which a stream may have (RFC 3261 7.5) and Wireshark's dissector does not pass over. A
/// datagram is one packet whatever stands in it.
std::size_t line_ends_before(Event const& event) {
  if (event.kind != Kind::message || event.channel != Channel::sip || event.transport == Transport::udp) return 0;
  auto const start_line = event.octets.find_first_not_of("\r\n");
  return start_line == Octets::npos ? 0 : start_line;
}

UpperPdu aside(Event const& event, std::string_view relation, std::string info, std::string_view octets) {
  return {.dissector = "data",
          .protocol = our_protocol,
          .info = std::move(info),
          .user_data = json::serialize(json::object{{relation, event.id}}),
          .octets = Octets(octets)};
}

/// The event as one packet: line ends before it in another, and what is longer than a packet in others behind it.
void append_pdus(Octets& file, Event const& event, std::string const& comment) {
  auto pdu = pdu_of(event);
  auto rest = std::string_view(has_octets(event) ? event.octets : pdu.info);
  if (auto const size = std::min(line_ends_before(event), octets_a_packet); size > 0) {
    file += packet(event.at_ns, write(aside(event, precedes, fmt::format("line ends before #{}", event.id), rest.substr(0, size))), "");
    rest.remove_prefix(size);
  }
  pdu.octets = rest.substr(0, octets_a_packet);
  file += packet(event.at_ns, write(pdu), comment);
  while (rest.size() > octets_a_packet) {
    rest.remove_prefix(octets_a_packet);
    auto const more = aside(event, continues, fmt::format("more of #{}", event.id), rest.substr(0, octets_a_packet));
    file += packet(event.at_ns, write(more), "");
  }
}

Octets header_packet(Trace const& trace) {
  std::vector<std::string> words;
  for (auto const& [name, value] : trace.facts()) words.push_back(name + " " + value);
  auto const declared = fmt::format("declared: {}", words.empty() ? "nothing" : fmt::format("{}", fmt::join(words, ", ")));
  return packet(0,
                write({.dissector = plain_text,
                       .protocol = our_protocol,
                       .info = declared,
                       .user_data = json::serialize(header_json(trace.facts())),
                       .octets = declared}),
                declared);
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

static Octets dissected(Trace const& trace, CaptureOptions const& options) {
  Octets file = header_packet(trace);
  for (Event const& event : trace.events())
    append_pdus(file, event, event.kind == Kind::message ? comment_of(event, options) : sentence_of(event));
  return file;
}

static Octets internet(Trace const& trace, CaptureOptions const& options) {
  Octets file;
  InternetPackets connections;
  for (Event const& event : trace.events()) {
    std::vector<Octets> packets;
    if (event.kind == Kind::message) packets = connections.carry(event);
    if (event.kind == Kind::closed) packets = connections.close(event);
    for (std::size_t i = 0; i < packets.size(); ++i) {
      bool const commented = event.kind == Kind::message && i + 1 == packets.size();
      file += packet(event.at_ns, packets[i], commented ? comment_of(event, options) : "");
    }
  }
  return file;
}

Octets pcapng(Trace const& trace, CaptureOptions const& options) {
  return section_header(options.comment) + interface_description(options.form) +
         (options.form == CaptureForm::internet ? internet(trace, options) : dissected(trace, options));
}

}  // namespace tollgate::trace
