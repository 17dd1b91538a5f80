// tshark and our views read the same in every valid message of RFC 4475 and RFC 5118.
#include <gtest/gtest.h>

#include "codec/sip/message.hpp"
#include "codec/sip/torture_test.hpp"
#include "codec/sip/views.hpp"
#include "selftest/dissection_test.hpp"

namespace tollgate::selftest {
namespace {

constexpr std::string_view names[] = {
    "sip.Method",           "sip.Status-Code",    "sip.r-uri",        "sip.Call-ID",       "sip.CSeq.seq",
    "sip.CSeq.method",      "sip.From",           "sip.from.addr",    "sip.from.tag",      "sip.To",
    "sip.to.addr",          "sip.to.tag",         "sip.Via",          "sip.Via.transport", "sip.Via.sent-by.address",
    "sip.Via.sent-by.port", "sip.Via.branch",     "sip.Via.received", "sip.Contact",       "sip.contact.uri",
    "sip.Max-Forwards",     "sip.Content-Length", "sip.Content-Type"};

/// Ours of one message, filled field by field.
class Ours {
 public:
  void add(std::string const& name, std::string_view value) {
    if (!value.empty()) facts_[name].push_back(unfolded(value));
  }
  void add_raw(sip::Message const& message, std::string const& name, sip::Name field) {
    for (auto const value : message.values(field)) add(name, value);
  }
  void add_address(std::string const& name, sip::NameAddr const& address) {
    add(name + ".addr", address.uri);
    add(name + ".tag", address.tag());
  }
  [[nodiscard]] Facts const& facts() const { return facts_; }

 private:
  Facts facts_;
};

/// As tshark shows an IPv6 address.
std::string_view without_brackets(std::string_view host) {
  return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

void add_vias(Ours& ours, sip::Message const& message) {
  ours.add_raw(message, "sip.Via", sip::Name::via);
  for (auto const& via : sip::vias(message).value()) {
    ours.add("sip.Via.transport", via.transport);
    ours.add("sip.Via.sent-by.address", without_brackets(via.host));
    if (via.port) ours.add("sip.Via.sent-by.port", std::to_string(*via.port));
    ours.add("sip.Via.branch", via.branch());
    ours.add("sip.Via.received", via.received());
  }
}

Facts read(Octets const& octets) {
  auto const message = sip::Message::parse(octets).value();
  Ours ours;
  ours.add("sip.Method", message.method());
  if (!message.is_request()) ours.add("sip.Status-Code", std::to_string(message.status()));
  ours.add("sip.r-uri", message.request_uri());
  ours.add("sip.Call-ID", sip::call_id(message).value());
  auto const cseq = sip::cseq(message).value();
  ours.add("sip.CSeq.seq", std::to_string(cseq.number));
  ours.add("sip.CSeq.method", cseq.method);
  ours.add_raw(message, "sip.From", sip::Name::from);
  ours.add_address("sip.from", sip::from(message).value());
  ours.add_raw(message, "sip.To", sip::Name::to);
  ours.add_address("sip.to", sip::to(message).value());
  add_vias(ours, message);
  ours.add_raw(message, "sip.Contact", sip::Name::contact);
  for (auto const& contact : sip::contacts(message).value()) ours.add("sip.contact.uri", contact.uri);
  if (auto const hops = sip::max_forwards(message)) ours.add("sip.Max-Forwards", std::to_string(*hops));
  if (auto const size = sip::content_length(message)) ours.add("sip.Content-Length", std::to_string(*size));
  ours.add_raw(message, "sip.Content-Type", sip::Name::content_type);
  return ours.facts();
}

constexpr std::string_view space_before_colon =
    "tshark knows no header name with white space before its colon, which HCOLON allows (RFC 3261 25.1)";
std::vector<Excuse> const excuses = {
    {"rfc4475/wsinv.dat",
     {"sip.Content-Length", "sip.From", "sip.from.addr", "sip.from.tag", "sip.To", "sip.to.addr", "sip.to.tag", "sip.Via",
      "sip.Via.transport"},
     space_before_colon},
    {"rfc4475/wsinv.dat",
     {"sip.Via.sent-by.address", "sip.Via.branch"},
     "beside that, tshark loses its way in white space around ; and = of a Via, which SEMI and EQUAL allow"},
    {"rfc4475/longreq.dat", {"sip.Via", "sip.Via.transport", "sip.Via.sent-by.address"}, space_before_colon},
    {"rfc4475/intmeth.dat", {"sip.To"}, "tshark shows a text up to its NUL, which a quoted-pair may hold"},
    {"rfc4475/intmeth.dat",
     {"sip.CSeq.method", "sip.Content-Length", "sip.Max-Forwards"},
     "tshark stops at a CSeq whose method is longer than 16 octets; a Method is a token of any length"},
};

TEST(Dissection, AgreesOnEveryValidSipMessage) {
  std::vector<Dissected> messages;
  for (auto const& one : sip::tortures())
    if (one.outcome == "accept") messages.push_back({one.file, one.octets});
  auto const document = dissect(trace::Channel::sip, messages);
  Agreement agreement(excuses);
  for (auto const& message : messages) agreement.compare(message.name, read(message.octets), facts_of(message.protocol, names));
  agreement.finish(400);
}

}  // namespace
}  // namespace tollgate::selftest
