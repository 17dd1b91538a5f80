#include "codec/sdp/judge.hpp"

#include <gtest/gtest.h>
#include <string>

namespace tollgate::sdp {

constexpr std::string_view good =
    "v=0\r\no=- 1 2 IN IP4 im.example.com\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nb=AS:128\r\nt=0 0\r\n"
    "m=audio 49170 RTP/AVP 0\r\n"
    "m=message 2855 TCP/TLS/MSRP *\r\na=accept-types:message/cpim text/plain\r\na=path:msrps://h:2855/s;tcp\r\n"
    "a=setup:actpass\r\na=msrp-cema\r\n"
    "a=fingerprint:sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB\r\na=unknown:x\r\n";

/// `good` with `from` replaced by `to`.
static std::string with(std::string_view from, std::string_view to) {
  std::string text(good);
  return text.replace(text.find(from), from.size(), to);
}

TEST(SdpJudge, FindsNothingInAGoodOne) {
  auto const judgement = judge(good);
  EXPECT_EQ(judgement.outcome, Outcome::accept);
  EXPECT_EQ(judgement.answer, std::nullopt);
  for (auto const& one : judgement.diagnostics) ADD_FAILURE() << one.offset << " " << one.rule << ": " << one.detail;
}

namespace {
struct Broken {
  std::string_view from, to;
  std::string_view rule;
  std::uint32_t answer;  ///< 0 when it is accepted all the same
};
}  // namespace

TEST(SdpJudge, NamesTheOneDefect) {
  constexpr Broken all[] = {
      {"v=0", "v=1", "proto-version", 400},
      {"o=- 1", "o=- x", "sess-id", 400},
      {"IN IP4 im", "IN I/5 im", "addrtype", 400},
      {"IN IP4 im", "IN IP5 im", "addrtype", 0},
      {"t=0 0", "t=123 0", "start-time", 400},
      {"t=0 0\r\n", "t=0 0\r\nr=7d\r\n", "typed-time", 400},
      {"t=0 0\r\n", "t=0 0\r\nr=7d 1h 0\r\nz=3724394400\r\n", "typed-time", 400},
      {"t=0 0\r\n", "t=0 0\r\nk=foo\r\n", "key-field", 0},
      {"t=0 0\r\n", "t=0 0\r\nk=prompt\r\n", "key-field", 0},
      {"a=unknown:x\r\n", "a=\r\n", "attribute-name", 400},
      {"a=unknown:x\r\n", "a=foo bar\r\n", "attribute-name", 400},
      {"a=unknown:x\r\n", "a=foo:\r\n", "attribute-value", 400},
      {"a=unknown:x\r\n", "a=sendrecv:x\r\n", "direction", 0},
      {"a=unknown:x\r\n", "a=rtpmap:96\r\n", "encoding-name", 0},
      {"IP4 192.0.2.1\r\n", "IP4 192.0.2.1/127\r\n", "connection-address", 400},
      {"IP4 192.0.2.1\r\n", "IP4 224.2.36.42\r\n", "ttl", 400},
      {"s=-\r\n", "", "s", 400},
      {"s=-", "s=", "session-name-field", 0},
      {"IP4 192.0.2.1\r\n", "IP4 [::1]\r\n", "unicast-address", 400},
      {"c=IN IP4 192.0.2.1\r\n", "", "connection-field", 400},
      {"b=AS:128", "b=AS:-1", "bandwidth", 400},
      {"t=0 0", "t=0", "stop-time", 400},
      {"audio 49170", "audio 70000", "port", 400},
      {"t=0 0\r\n", "t=0 0\r\ns=again\r\n", "order", 400},
      {"t=0 0\r\n", "t=0 0\n", "CRLF", 0},
      {"a=unknown:x\r\n", "a=unknown:x", "CRLF", 0},
      {"TCP/TLS/MSRP", "TCP/MSRQ", "proto", 488},
      {"a=path:msrps://h:2855/s;tcp\r\n", "", "path", 488},
      {"a=accept-types:message/cpim text/plain\r\n", "", "accept-types", 488},
      {"message/cpim text", "cpim text", "format-entry", 488},
      {"setup:actpass", "setup:both", "setup", 488},
      {"4A:AD", "4a:AD", "fingerprint", 488},
      {":7C:AB", ":7C", "fingerprint", 488},
      {"a=unknown:x\r\n", "a=max-size:big\r\n", "max-size", 488},
      {"a=unknown:x\r\n", "a=sendonly\r\na=inactive\r\n", "direction", 488},
  };
  for (auto const& broken : all) {
    auto const judgement = judge(with(broken.from, broken.to));
    ASSERT_FALSE(judgement.diagnostics.empty()) << broken.to;
    EXPECT_EQ(judgement.diagnostics.front().rule, broken.rule) << broken.to << judgement.diagnostics.front().detail;
    EXPECT_FALSE(judgement.diagnostics.front().clause.empty()) << broken.to;
    EXPECT_EQ(judgement.answer.value_or(0), broken.answer) << broken.to;
    EXPECT_EQ(judgement.outcome, broken.answer == 0 ? Outcome::accept : Outcome::reject) << broken.to;
  }
}

/// Lines that a receiver need not read, and addresses that it need not know.
TEST(SdpJudge, LeavesSomeToTheReceiver) {
  constexpr Broken all[] = {
      {"s=-\r\n", "s=-\r\ni=\r\n", "text", 400},
      {"s=-\r\n", "s=-\r\nu=not a uri\r\n", "uri", 400},
      {"s=-\r\n", "s=-\r\ne=notanaddress\r\n", "email-address", 400},
      {"s=-\r\n", "s=-\r\np=x\r\n", "phone-number", 400},
      {"IP4 192.0.2.1\r\n", "X25 31x\r\n", "addrtype", 488},
      {"TCP/TLS/MSRP *", "TCP/TLS/MSRP 98", "fmt", 488},
  };
  for (auto const& broken : all) {
    auto const judgement = judge(with(broken.from, broken.to));
    ASSERT_EQ(judgement.diagnostics.size(), 1U) << broken.to;
    EXPECT_EQ(judgement.diagnostics.front().rule, broken.rule) << broken.to;
    EXPECT_EQ(judgement.outcome, Outcome::either) << broken.to;
    EXPECT_EQ(judgement.answer, broken.answer) << broken.to;
  }
  EXPECT_TRUE(judge(with("s=-\r\n", "s=-\r\np=617 5556011\r\n")).diagnostics.empty()) << "DIGIT 1*( SP / DIGIT )";
  auto const worst = judge(with("s=-\r\n", "s=-\r\nu=a b\r\n").replace(0, 3, "v=1"));
  EXPECT_EQ(worst.outcome, Outcome::reject);
}

/// What binds the sender of an m=message line, and a receiver bears (RFC 4975 8.1).
TEST(SdpJudge, HoldsTheMediaLineOfMsrpToItsPath) {
  struct Row {
    std::string from, to;
    std::string_view rule;
  };
  constexpr std::string_view cema = "a=setup:actpass\r\na=msrp-cema\r\n";
  auto const broken = [&](std::string_view from, std::string_view to) {
    auto text = with(from, to);
    return text.replace(text.find(cema), cema.size(), "a=setup:actpass\r\n");
  };
  for (auto const& row : {Row{"TCP/TLS/MSRP *", "TCP/TLS/MSRP 98", "fmt"}, Row{"msrps://h:2855", "msrps://h:9999", "port"},
                          Row{"TCP/TLS/MSRP", "TCP/MSRP", "proto"}, Row{"msrps://h:2855", "msrp://h:2855", "proto"}}) {
    auto const judgement = judge(broken(row.from, row.to));
    ASSERT_EQ(judgement.diagnostics.size(), 1U) << row.to;
    auto const text = broken(row.from, row.to);
    auto const& one = judgement.diagnostics.front();
    EXPECT_EQ(one.rule, row.rule) << row.to;
    EXPECT_EQ(one.offset, text.find(row.rule == "fmt" ? "98" : row.rule == "port" ? "2855 TCP" : "TCP/")) << row.to;
    EXPECT_EQ(judgement.outcome, row.rule == "fmt" ? Outcome::either : Outcome::accept) << row.to;
  }
  for (auto const& [from, to] : {std::pair("a=path:msrps://h:2855/s;tcp", "a=path:msrps://h:2855/s;tcp msrps://own:7654/t;tcp"),
                                 std::pair("msrps://h:2855", "msrps://h"), std::pair("setup:actpass", "setup:actpass")})
    EXPECT_TRUE(judge(broken(from, to)).diagnostics.empty()) << to;
  EXPECT_TRUE(judge(with("msrps://h:2855", "msrps://h:9999")).diagnostics.empty()) << "a=msrp-cema";
}

TEST(SdpJudge, GoesOnBehindADefect) {
  auto const judgement = judge("v=1\r\no=- x 2 IN IP4 h\r\ns=-\r\nt=a b\r\n\r\n");
  ASSERT_GE(judgement.diagnostics.size(), 3U);
  EXPECT_EQ(judgement.diagnostics[0].rule, "proto-version");
  EXPECT_EQ(judgement.diagnostics.back().rule, "type");
}

TEST(SdpJudge, AnEmptyTextLacksAll) {
  EXPECT_EQ(judge("").outcome, Outcome::reject);
}

}  // namespace tollgate::sdp
