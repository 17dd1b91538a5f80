#include "rules/broken_answer.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "codec/ch2/ch2.hpp"
#include "codec/ch2/document.hpp"
#include "codec/ch2/http.hpp"
#include "trace/meaning.hpp"

namespace tollgate::rules {
namespace {

using trace::Channel;

std::string const invite =
    "INVITE sip:u@h SIP/2.0\r\nVia: SIP/2.0/UDP s;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:s@x>;tag=1\r\nTo: "
    "<sip:u@x>\r\nCall-ID: c\r\n"
    "CSeq: 1 INVITE\r\nContact: <sip:s@x>\r\nContent-Length: 0\r\n\r\n";
std::string const ok =
    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP s;branch=z9hG4bK1\r\nFrom: <sip:s@x>;tag=1\r\nTo: <sip:u@x>;tag=2\r\nCall-ID: c\r\nCSeq: 1 "
    "INVITE\r\n"
    "Contact: <sip:u@h>\r\nContent-Length: 0\r\n\r\n";
std::string const send =
    "MSRP tid1 SEND\r\nTo-Path: msrp://c:1/a;tcp\r\nFrom-Path: msrp://s:2/b;tcp\r\nMessage-ID: m\r\nByte-Range: 1-0/0\r\n-------tid1$\r\n";
std::string const accepted = "MSRP tid1 200 OK\r\nTo-Path: msrp://s:2/b;tcp\r\nFrom-Path: msrp://c:1/a;tcp\r\n-------tid1$\r\n";

bool is_dropped(Channel channel, std::string const& request, std::string const& answer) {
  trace::Trace trace;
  auto const asked = trace.record({.channel = channel, .direction = trace::Direction::received, .octets = request});
  auto const said = trace.record({.channel = channel, .direction = trace::Direction::sent, .octets = answer, .about = asked});
  return may_be_dropped(trace, trace.at(said));
}

TEST(BrokenAnswer, OfSipDoesNotCopyWhatItHasToOrCannotBeRead) {
  EXPECT_FALSE(is_dropped(Channel::sip, invite, ok));
  for (auto const& [part, broken] :
       {std::pair("z9hG4bK1", "z9hG4bK2"), std::pair("tag=1", "tag=3"), std::pair("Call-ID: c", "Call-ID: d"),
        std::pair("1 INVITE", "2 INVITE"), std::pair("To: ", "\rTo: "), std::pair("SIP/2.0 200", "SIP/2.0 2 0")})
    EXPECT_TRUE(is_dropped(Channel::sip, invite, replaced(ok, part, broken))) << broken;
}

TEST(BrokenAnswer, OfMsrpHasAnotherTransactionOrAnotherPath) {
  EXPECT_FALSE(is_dropped(Channel::msrp, send, accepted));
  for (auto const& [part, broken] : {std::pair("tid1", "tid2"), std::pair("From-Path: msrp://c:1/a", "From-Path: msrp://c:1/x"),
                                     std::pair("To-Path: msrp", "To-Path: mszp")})
    EXPECT_TRUE(is_dropped(Channel::msrp, send, replaced(accepted, part, broken))) << broken;
}

diameter::Message reserve_request() {
  return ch2::write_request({.operation = ch2::Operation::reserve_units,
                             .type = ch2::RequestType::initial,
                             .session_id = "im;1;1",
                             .subscriber = "sip:u@x",
                             .service_context = "im@x",
                             .requested = 1},
                            {.origin_host = "im", .origin_realm = "x", .destination_realm = "x"});
}

TEST(BrokenAnswer, OfTheChargingEnablerNamesAnotherRequestOrBreaksItsGrammar) {
  auto const ccr = reserve_request();
  auto const cca = ch2::write_answer({.result = 2001, .granted = 1}, ccr, "ocs", "x");
  EXPECT_FALSE(is_dropped(Channel::ch2, ccr.write(), cca.write()));
  EXPECT_TRUE(is_dropped(Channel::ch2, ccr.write(), replaced(cca.write(), "im;1;1", "im;1;2")));
  auto short_of_one = cca;
  short_of_one.avps.erase(short_of_one.avps.begin() + 1);
  EXPECT_TRUE(is_dropped(Channel::ch2, ccr.write(), short_of_one.write()));
}

/// A client may look at what there is (RFC 9110 8.3), or refuse it.
TEST(BrokenAnswer, OverHttpHasAnotherContentType) {
  auto const ccr = reserve_request();
  auto const cca = ch2::write_answer({.result = 2001, .granted = 1}, ccr, "ocs", "x");
  auto const post = ch2::write_post(ch2::default_target, "h", *ch2::write_document(ccr));
  auto const response = ch2::write_response(200, *ch2::write_document(cca), true);
  EXPECT_TRUE(trace::read_meaning(Channel::ch2, response).grants_delivery);
  EXPECT_FALSE(is_dropped(Channel::ch2, post, response));
  auto const other_type = replaced(response, "application/xml", "text/html");
  EXPECT_TRUE(trace::read_meaning(Channel::ch2, other_type).grants_delivery);
  EXPECT_TRUE(is_dropped(Channel::ch2, post, other_type));
}

}  // namespace
}  // namespace tollgate::rules
