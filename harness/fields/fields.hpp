#pragma once
/// Fields of messages by name, as scenario files say them: what a check reads and an edit changes.
///
///   sip.Call-ID  sip.CSeq.seq  sip.Contact.uri  sip.Contact.;x  sip.Via.branch  sip.r-uri.host  sip.Method  sip.Status-Code  sip.msg_body
///   sdp.m.port  sdp.c.address  sdp.o.sess-id  sdp.path.port  sdp.accept-types      of the body of a SIP message
///   msrp.To-Path  msrp.Byte-Range.start  msrp.transaction.id  msrp.cnt.flg  msrp.method  msrp.status.code  msrp.data  msrp.head
///   cpim.From  cpim.DateTime  cpim.Content-Type           of the body of an MSRP message that is message/cpim
///   diameter.Session-Id  diameter.Used-Service-Unit/CC-Service-Specific-Units  diameter.hopbyhopid  diameter.flags.T
///   diameter.length  diameter.avp(9999,10415,M)
///
/// The names are those of Wireshark's display filters where it has one; header fields, attributes and AVPs go by their
/// standard's name. A SIP header field that is a comma list has one value an element (RFC 3261 7.3.1). An AVP is found at any
/// depth below the parents that are named.
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "codec/diameter/message.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::fields {

enum class Protocol : std::uint8_t { sip, sdp, msrp, cpim, diameter };

struct Path {
  Protocol protocol = Protocol::sip;
  std::string name;                  ///< "Contact", "m", "To-Path", "Session-Id", "cmd.code"
  std::string part;                  ///< "uri", "port"; "" for the whole value
  std::vector<std::string> parents;  ///< Grouped AVPs, outermost first
};

/// Refuses what names no field; the error says why.
[[nodiscard]] std::expected<Path, std::string> parse_path(std::string_view text);

/// Every value of the field as text, in message order. Numbers are decimal, a Grouped AVP and a flag attribute are "". A value
/// without that part, or that cannot be read as what has parts, is left out.
[[nodiscard]] std::vector<std::string> read(Path const& path, sip::Message const& message);
[[nodiscard]] std::vector<std::string> read(Path const& path, msrp::Message const& message);
[[nodiscard]] std::vector<std::string> read(Path const& path, diameter::Message const& message);

enum class How : std::uint8_t {
  set,     ///< the first such field, or adds one
  add,     ///< behind the last field
  remove,  ///< every such field
};
struct Edit {
  How how = How::set;
  Path path;
  std::string value;
};

/// Nothing when that edit can be made to a message of the path's protocol, else why not. Parts are read-only.
[[nodiscard]] std::expected<void, std::string> check_edit(Edit const& edit);
/// Makes an edit that `check_edit` lets pass. One of another protocol's field changes nothing.
void apply(Edit const& edit, sip::Message& message);
void apply(Edit const& edit, msrp::Message& message);
void apply(Edit const& edit, diameter::Message& message);
/// Edits of what is only in the written octets: diameter.length.
void apply(Edit const& edit, Octets& written);

}  // namespace tollgate::fields
