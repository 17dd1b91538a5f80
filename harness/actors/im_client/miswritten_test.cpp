#include "actors/im_client/miswritten.hpp"

#include <gmock/gmock.h>

#include "base/text.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;
using testing::Optional;

std::string const sdp =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 7000 TCP/MSRP *\r\n"
    "a=accept-types:message/cpim\r\na=path:msrp://127.0.0.1:7000/s;tcp\r\na=setup:passive\r\n";
std::string const rtp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\n";

std::string const ok =
    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:im@x>;tag=f\r\nTo: <sip:alice@x>;tag=t\r\nCall-ID: c\r\n"
    "CSeq: 1 INVITE\r\nContact: <sip:127.0.0.1:6000>\r\n";
std::string const registers =
    "REGISTER sip:x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:alice@x>;tag=f\r\nTo: "
    "<sip:alice@x>\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\nContact: <sip:127.0.0.1:6000>;+g.oma.sip-im\r\nExpires: 3600\r\n";

sip::Message message(std::string const& head, std::string const& body = "") {
  auto parsed = sip::Message::parse(head + "\r\n");
  EXPECT_TRUE(parsed) << head;
  return parsed->set_body(body, body.empty() ? "" : "application/sdp");
}
std::string with(std::string const& text, std::string const& from, std::string const& to) {
  EXPECT_THAT(text, HasSubstr(from));
  return replaced(text, from, to);
}

std::optional<std::string> said(sip::Message const& wanted, sip::Message const& written, bool is_another) {
  auto const unlike = difference(wanted, written);
  return unlike && unlike->is_another == is_another ? std::optional(unlike->how) : std::nullopt;
}
std::optional<std::string> miswritten(sip::Message const& wanted, sip::Message const& written) {
  return said(wanted, written, true);
}
std::optional<std::string> may_mislead(sip::Message const& wanted, sip::Message const& written) {
  return said(wanted, written, false);
}

TEST(Miswritten, IsNotWhatIsTheSameToAServer) {
  EXPECT_EQ(miswritten(message(ok, sdp), message(ok, sdp)), std::nullopt);
  EXPECT_EQ(miswritten(message(ok, sdp), message(with(ok, ";tag=t", ";tag=other"), with(sdp, "s=-", "s=chat"))), std::nullopt);
  EXPECT_EQ(miswritten(message(registers), message(with(registers, "Call-ID: c", "User-Agent: x\r\nCall-ID: d"))), std::nullopt);
  auto without_via = message(registers);
  without_via.drop(sip::Name::via);
  EXPECT_EQ(miswritten(without_via, message(registers)), std::nullopt) << "a draft gets it later";
}

TEST(Miswritten, IsAnAnswerOfAnotherKind) {
  struct {
    std::string head, body, says;
  } const all[] = {
      {with(ok, "200 OK", "486 Busy Here"), sdp, "SIPp wrote 486, the case has 200"},
      {ok, "", "SIPp wrote 200 without a body, the case has one"},
      {ok, rtp, "SIPp wrote 200 with description 'v=0"},
      {ok, with(sdp, ":7000/", ":7001/"), "a=path 'msrp://127.0.0.1:7001/s;tcp', the case has 'msrp://127.0.0.1:7000/s;tcp'"},
      {ok, with(sdp, "passive", "active"), "a=setup 'active', the case has 'passive'"},
      {with(ok, ":6000", ""), sdp, "Contact '127.0.0.1', the case has '127.0.0.1:6000'"},
      {with(ok, "branch=z9hG4bK1", "branch=z9hG4bK2"), sdp, "branch 'z9hG4bK2', the case has 'z9hG4bK1'"},
      {with(ok, "1 INVITE", "2 INVITE"), sdp, "CSeq '2 INVITE'"},
      {with(ok, ":6000>", ":6000>, <sip:192.0.2.7>"), sdp, "Contact '127.0.0.1:6000, 192.0.2.7', the case has '127.0.0.1:6000'"},
      {with(ok, "<sip:127", "<sips:127"), sdp, "Contact 'sips:127.0.0.1:6000', the case has '127.0.0.1:6000'"},
      {ok + "Record-Route: <sip:192.0.2.9;lr>\r\n", sdp, "Record-Route '<sip:192.0.2.9;lr>', the case has none"},
      {with(ok, "To: <sip:alice@x>;tag=t", "To: <sip:alice@x"), sdp, "SIPp wrote 200 that breaks "},
  };
  auto const proxied = with(ok, "branch=z9hG4bK1", "branch=z9hG4bK1\r\nVia: SIP/2.0/UDP p;branch=z9hG4bKp");
  EXPECT_EQ(miswritten(message(proxied, sdp), message(proxied, sdp)), std::nullopt);
  EXPECT_THAT(miswritten(message(proxied, sdp), message(ok, sdp)),
              Optional(HasSubstr("branch 'z9hG4bK1', the case has 'z9hG4bK1, z9hG4bKp'")));
  for (auto const& [head, body, says] : all) EXPECT_THAT(miswritten(message(ok, sdp), message(head, body)), Optional(HasSubstr(says)));
}

TEST(Miswritten, IsARequestToSomebodyElse) {
  struct {
    std::string head, says;
  } const all[] = {
      {with(registers, "To: <sip:alice@x>", "To: <sip:bob@x>"), "SIPp wrote REGISTER with To 'sip:bob@x', the case has 'sip:alice@x'"},
      {with(registers, "REGISTER sip:x", "REGISTER sip:y"), "Request-URI 'sip:y'"},
      {with(registers, ":6000", ""), "Contact '127.0.0.1', the case has '127.0.0.1:6000'"},
      {with(registers, "3600", "60"), "expiry '60', the case has '3600'"},
      {with(registers, "Max-Forwards: 70", "Max-Forwards: many"), "SIPp wrote REGISTER that breaks "},
  };
  for (auto const& [head, says] : all) EXPECT_THAT(miswritten(message(registers), message(head)), Optional(HasSubstr(says)));
}

/// The case may want a deviation.
TEST(Miswritten, IsNotWhatTheCaseItselfHasWrong) {
  auto const wrong = message(with(registers, "Max-Forwards: 70", "Max-Forwards: many"));
  EXPECT_EQ(miswritten(wrong, wrong), std::nullopt);
}

TEST(MayMislead, IsWhatAServerMayTakeAmiss) {
  EXPECT_EQ(may_mislead(message(registers), message(registers)), std::nullopt);
  EXPECT_EQ(may_mislead(message(ok, sdp), message(ok, sdp)), std::nullopt);
  struct {
    std::string head, says;
  } const all[] = {{with(registers, "Expires: 3600\r\n", ""), "without an expiry, the case has 3600"},
                   {with(registers, ";+g.oma.sip-im", ""), "without +g.oma.sip-im in its Contact"},
                   {with(registers, ";tag=f", ""), "SIPp wrote REGISTER that breaks tag-param"},
                   {with(registers, "Max-Forwards: 70\r\n", ""), "SIPp wrote REGISTER that breaks Max-Forwards"}};
  for (auto const& [head, says] : all) {
    EXPECT_EQ(miswritten(message(registers), message(head)), std::nullopt) << head;
    EXPECT_THAT(may_mislead(message(registers), message(head)), Optional(HasSubstr(says)));
  }
}

}  // namespace
}  // namespace tollgate
