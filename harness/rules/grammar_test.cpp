#include "rules/grammar.hpp"

#include <gmock/gmock.h>
#include <string>

#include "codec/ch2/ch2.hpp"
#include "codec/ch2/document.hpp"
#include "codec/ch2/http.hpp"
#include "codec/diameter/base_protocol.hpp"

namespace tollgate::rules {
namespace {

using testing::HasSubstr;
using trace::Channel;
using trace::Direction;

std::string const sdp =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=message 2855 TCP/MSRP *\r\n"
    "a=accept-types:text/plain\r\na=path:msrp://192.0.2.1:2855/s;tcp\r\na=setup:actpass\r\na=sendonly\r\n";

/// Changed in one place.
std::string with(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

std::string described(std::string const& head, std::string const& description) {
  return head + "Content-Type: application/sdp\r\nContent-Length: " + std::to_string(description.size()) + "\r\n\r\n" + description;
}
std::string const invite_head =
    "INVITE sip:u@x SIP/2.0\r\nVia: SIP/2.0/TCP s;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:s@x>;tag=1\r\nTo: <sip:u@x>\r\n"
    "Call-ID: 1\r\nCSeq: 1 INVITE\r\nContact: <sip:s@x>\r\n";

struct Said {
  Direction direction = Direction::received;
  Channel channel = Channel::sip;
  std::string octets;
  trace::EventId about = 0;
  trace::Transport transport = trace::Transport::tcp;
};

Finding finding_of(std::vector<Said> const& all) {
  trace::Trace trace;
  for (auto const& one : all)
    trace.record({.channel = one.channel,
                  .direction = one.direction,
                  .party = "sip:u@x",
                  .transport = one.transport,
                  .octets = one.octets,
                  .about = one.about});
  return every_octet_parses(trace, {});
}
Finding finding_of(std::string const& octets, Channel channel = Channel::sip) {
  return finding_of({{.channel = channel, .octets = octets}});
}

void expect_broken(Finding const& finding, std::string_view rule, std::string_view clause) {
  EXPECT_EQ(finding.verdict, Verdict::fail) << rule;
  EXPECT_THAT(finding.because, HasSubstr(std::string(rule)));
  EXPECT_THAT(finding.because, HasSubstr(std::string(clause)));
}

TEST(EveryOctetParses, HoldsTheSutToTheGrammarOfItsSessionDescriptions) {
  auto const good = finding_of(described(invite_head, sdp));
  EXPECT_EQ(good.verdict, Verdict::pass) << good.because;
  expect_broken(finding_of(described(invite_head, with(sdp, "t=0 0", "t=0 x"))), "stop-time", "RFC 8866 5.9");
}

TEST(EveryOctetParses, NamesTheRuleThatTheFirstOfThemBreaks) {
  auto const bad = with(sdp, "t=0 0", "t=0 x");
  auto const no_sdp = with(described(invite_head, sdp), "Max-Forwards: 70\r\n", "");
  EXPECT_EQ(finding_of({{.octets = described(invite_head, bad)}, {.octets = no_sdp}}).broken, "stop-time");
  EXPECT_EQ(finding_of(described(invite_head, sdp)).broken, "");
}

/// A receiver has to bear these, or may; who sends them breaks a MUST all the same.
TEST(EveryOctetParses, HoldsTheSutToWhatItsReceiverBears) {
  auto const invite = described(invite_head, sdp);
  expect_broken(finding_of(with(invite, "Max-Forwards: 70\r\n", "")), "Max-Forwards", "RFC 3261 8.1.1.6");
  expect_broken(finding_of(with(invite, "z9hG4bK1", "1")), "via-branch", "RFC 3261 8.1.1.7");
  expect_broken(finding_of(with(invite, "Contact: <sip:s@x>\r\n", "")), "Contact", "RFC 3261 8.1.1.8");
  expect_broken(finding_of(with(invite, ";tag=1", "")), "tag-param", "RFC 3261 8.1.1.3");

  auto ccr = ch2::write_request({.session_id = "s;1", .subscriber = "sip:u@x", .service_context = "x@y", .requested = 1},
                                {"im.example", "example", "example"});
  EXPECT_EQ(finding_of(ccr.write(), Channel::ch2).verdict, Verdict::pass);
  ccr.header.flags |= 1;
  expect_broken(finding_of(ccr.write(), Channel::ch2), "Command Flags", "RFC 6733 3");
  ccr.header.flags &= 0xf0;
  ccr.avps.back().flags |= 1;
  expect_broken(finding_of(ccr.write(), Channel::ch2), "reserved bits", "RFC 6733 4.1");

  std::string const send =
      "MSRP abcd SEND\r\nTo-Path: msrp://u:1/s;tcp\r\nFrom-Path: msrp://s:1/t;tcp\r\nMessage-ID: m123\r\nByte-Range: 1-2/2\r\n"
      "Content-Type: text/plain\r\n\r\nhi\r\n-------abcd$\r\n";
  EXPECT_EQ(finding_of(send, Channel::msrp).verdict, Verdict::pass);
  expect_broken(finding_of(with(send, "m123", "m1"), Channel::msrp), "ident", "RFC 4975 9");
}

/// What an HTTP server refused is no Diameter, whatever its octets look like.
TEST(EveryOctetParses, SaysOfHttpWhatTheServerRefused) {
  for (auto const* octets : {"POST /ch2 HT", "\x01\x02\x03\x04"}) {
    trace::Trace trace;
    trace.record({.channel = Channel::ch2, .is_http = true, .octets = octets, .note = "it was not complete"});
    auto const finding = every_octet_parses(trace, {});
    EXPECT_EQ(finding.verdict, Verdict::fail);
    EXPECT_EQ(finding.because,
              "#1 " + std::to_string(std::string_view(octets).size()) + " octets are no EventRequest: it was not complete");
  }
}

/// A sound request, but to where nothing is.
TEST(EveryOctetParses, SaysOfASoundRequestWhyTheServerRefusedIt) {
  trace::Trace trace;
  auto const ccr = ch2::write_request({.session_id = "s;1", .subscriber = "sip:u@x", .service_context = "x@y", .requested = 1},
                                      {"im.example", "example", "example"});
  auto const document = ch2::write_document(ccr).value();
  trace.record({.channel = Channel::ch2, .is_http = true, .octets = ch2::write_post("/charge", "x", document)});
  auto const sound = every_octet_parses(trace, {});
  EXPECT_EQ(sound.verdict, Verdict::pass) << sound.because;
  trace.record({.channel = Channel::ch2,
                .is_http = true,
                .octets = ch2::write_post("/charge", "x", document),
                .note = "nothing is at /charge; POST to /ch2"});
  auto const finding = every_octet_parses(trace, {});
  EXPECT_EQ(finding.verdict, Verdict::fail);
  EXPECT_THAT(finding.because, testing::EndsWith("octets was refused: nothing is at /charge; POST to /ch2 (RFC 9110 15.5.5)"));
}

TEST(EveryOctetParses, HoldsTheSutToNoShould) {
  auto const without_length = with(with(invite_head, "INVITE sip", "OPTIONS sip"), "1 INVITE", "1 OPTIONS") + "\r\n";
  auto const finding = finding_of({{.octets = without_length, .transport = trace::Transport::udp}});
  EXPECT_EQ(finding.verdict, Verdict::pass) << finding.because;
}

TEST(EveryOctetParses, WhatAResponseRepeatsOfOurRequestIsOurs) {
  std::string const registration =
      "REGISTER sip:x SIP/2.0\r\nVia: SIP/2.0/TCP c;branch=1\r\nMax-Forwards: 70\r\nFrom: <sip:u@x>\r\nTo: <sip:u@x>\r\n"
      "Call-ID: 1\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n";
  std::string const ok =
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP c;branch=1\r\nFrom: <sip:u@x>\r\nTo: <sip:u@x>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\n"
      "Content-Length: 0\r\n\r\n";
  Said const ours{.direction = Direction::sent, .octets = registration};
  auto const finding = finding_of({ours, {.octets = ok, .about = 1}});
  EXPECT_EQ(finding.verdict, Verdict::pass) << finding.because;
  expect_broken(finding_of({ours, {.octets = with(ok, ";tag=2", ""), .about = 1}}), "tag-param", "RFC 3261 8.2.6.2");
  auto const well_formed = with(with(registration, "branch=1", "branch=z9hG4bK1"), "From: <sip:u@x>", "From: <sip:u@x>;tag=1");
  expect_broken(finding_of({{.direction = Direction::sent, .octets = well_formed}, {.octets = ok, .about = 1}}), "via-branch",
                "RFC 3261 8.1.1.7");
}

/// A REGISTER of ours and the SUT's refusal of it, before anything in them is broken.
std::string const registration =
    "REGISTER sip:x SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:u@x>;tag=1\r\nTo: <sip:u@x>\r\n"
    "Call-ID: 1\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n";
std::string const refusal =
    "SIP/2.0 400 Bad Request\r\nVia: SIP/2.0/UDP c;branch=z9hG4bK1\r\nFrom: <sip:u@x>;tag=1\r\nTo: <sip:u@x>;tag=2\r\nCall-ID: 1\r\n"
    "CSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n";

Said we_send(std::string octets) {
  return {.direction = Direction::sent, .octets = std::move(octets)};
}

/// Of a response whose Via is the copy of a broken one nobody can say which of our requests it answers.
TEST(EveryOctetParses, WhatAResponseRepeatsOfAnEarlierRequestOfTheCallIsOurs) {
  auto const first = we_send(with(registration, "UDP c", "UDP 127.1x.0.1"));
  auto const second = we_send(with(with(registration, "UDP c;branch=z9hG4bK1", "UDP h;branch=z9hG4bK2"), "1 REGISTER", "2 REGISTER"));
  Said const sut{.octets = with(refusal, "UDP c", "UDP 127.1x.0.1")};
  EXPECT_EQ(finding_of({first, second, sut}).verdict, Verdict::pass);
  expect_broken(finding_of({second, sut}), "toplabel", "RFC 3261 25.1");
}

TEST(EveryOctetParses, ABindingOfABrokenContactOfOursIsOurs) {
  auto const bound = with(registration, "Content-Length", "Contact: <sip:u@h>\r\nContent-Length");
  auto const ok = with(refusal, "400 Bad Request", "200 OK");
  Said const sut{.octets = with(ok, "Content-Length", "Contact: <<sip:u@h>aaa>;expires=60\r\nContent-Length"), .about = 1};
  EXPECT_EQ(finding_of({we_send(with(bound, "<sip:u@h>", "<sip:u@h>aaa")), sut}).verdict, Verdict::pass);
  expect_broken(finding_of({we_send(bound), sut}), "addr-spec", "RFC 3261 19.1.1");
}

/// A server that keeps its response repeats what it made of the request as it came first (RFC 3261 17.2.2).
TEST(EveryOctetParses, WhatAResponseRepeatsOfAnEarlierCopyOfOurRequestIsOurs) {
  auto const breaks = [](std::string const& message) {
    return with(with(message, "From: <sip:u@", "From: <sip:u%zz@"), "1 REGISTER", "1 REGISTERX");
  };
  Said const sut{.octets = breaks(refusal)};
  EXPECT_EQ(finding_of({we_send(breaks(registration)), we_send(registration), sut}).verdict, Verdict::pass);
  expect_broken(finding_of({we_send(registration), sut}), "escaped", "RFC 3261 19.1.1");
}

/// The response copies it (RFC 4975 7.2), so that it matches no request of ours.
TEST(EveryOctetParses, TheBrokenTransactionIdOfOurSendIsOurs) {
  std::string const send =
      "MSRP abc SEND\r\nTo-Path: msrp://s:1/t;tcp\r\nFrom-Path: msrp://u:1/s;tcp\r\nMessage-ID: m123\r\nByte-Range: "
      "1-0/0\r\n-------abc$\r\n";
  std::string const ok = "MSRP abc 200 OK\r\nTo-Path: msrp://u:1/s;tcp\r\nFrom-Path: msrp://s:1/t;tcp\r\n-------abc$\r\n";
  Said const ours{.direction = Direction::sent, .channel = Channel::msrp, .octets = send};
  Said const sut{.channel = Channel::msrp, .octets = ok};
  auto const finding = finding_of({ours, sut});
  EXPECT_EQ(finding.verdict, Verdict::pass) << finding.because;
  Said const well_formed{
      .direction = Direction::sent, .channel = Channel::msrp, .octets = with(with(send, "abc", "abcd"), "-abc", "-abcd")};
  EXPECT_EQ(finding_of({ours, well_formed, sut}).verdict, Verdict::pass) << "it answers the first";
  Said const of_none{.channel = Channel::msrp, .octets = with(with(ok, "abc", "xyz"), "-abc", "-xyz")};
  expect_broken(finding_of({ours, well_formed, of_none}), "transact-id", "RFC 4975 9");
}

TEST(EveryOctetParses, WhatAReportRepeatsOfOurSendIsOurs) {
  std::string const paths = "To-Path: msrp://s:1/t;tcp\r\nFrom-Path: msrp://u:1/s;tcp\r\nMessage-ID: m1\r\nByte-Range: 1-2/2\r\n";
  std::string const send = "MSRP abcd SEND\r\n" + paths + "Content-Type: text/plain\r\n\r\nhi\r\n-------abcd$\r\n";
  std::string const report = "MSRP efgh REPORT\r\n" + paths + "Status: 000 200 OK\r\n-------efgh$\r\n";
  Said const sut{.channel = Channel::msrp, .octets = report};
  EXPECT_EQ(finding_of({{.direction = Direction::sent, .channel = Channel::msrp, .octets = send}, sut}).verdict, Verdict::pass);
  expect_broken(finding_of({sut}), "ident", "RFC 4975 9");
}

TEST(EveryOctetParses, HoldsTheSutsDescriptionsToThoseOfTheDialog) {
  expect_broken(finding_of(described(invite_head, with(sdp, "actpass", "passive"))), "setup", "RFC 6135 4.2.2");
  std::string const ok_head =
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP s;branch=z9hG4bK1\r\nFrom: <sip:s@x>;tag=1\r\nTo: <sip:u@x>;tag=2\r\nCall-ID: 1\r\n"
      "CSeq: 1 INVITE\r\nContact: <sip:s@x>\r\n";
  auto const answer = with(with(sdp, "actpass", "active"), "sendonly", "recvonly");
  Said const our_offer{.direction = Direction::sent, .octets = described(invite_head, sdp)};
  EXPECT_EQ(finding_of({our_offer, {.octets = described(ok_head, answer), .about = 1}}).verdict, Verdict::pass);
  auto const wrong = described(ok_head, with(answer, "recvonly", "sendonly"));
  expect_broken(finding_of({our_offer, {.octets = wrong, .about = 1}}), "direction", "RFC 3264 6.1");
  auto const again = with(described(invite_head, with(sdp, "sendonly", "inactive")), "1 INVITE", "2 INVITE");
  expect_broken(finding_of({{.octets = described(invite_head, sdp)}, {.octets = again}}), "sess-version", "RFC 3264 8");
}

}  // namespace
}  // namespace tollgate::rules
