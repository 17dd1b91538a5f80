#include "codec/msrp/judge.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "codec/judge_stream.hpp"
#include "codec/msrp/samples_test.hpp"

namespace tollgate::msrp {

static std::string shown(Judgement const& judgement) {
  std::string out(to_string(judgement.outcome));
  for (auto const& d : judgement.diagnostics)
    out.append("\n  ").append(std::to_string(d.offset)).append(" ").append(d.rule).append(": ").append(d.detail);
  return out;
}

TEST(MsrpJudge, IsContentWithGoodMessages) {
  for (auto const octets : {send, bodiless, report, ok}) {
    auto const judgement = judge(octets);
    EXPECT_EQ(judgement.outcome, Outcome::accept) << shown(judgement);
    EXPECT_TRUE(judgement.diagnostics.empty()) << shown(judgement) << "\n" << octets;
    EXPECT_EQ(judgement.answer, std::nullopt);
  }
  for (auto const body : hard_bodies) EXPECT_TRUE(judge(send_of(body)).diagnostics.empty()) << printable(body);
}

/// One defect in an otherwise good message: `from` becomes `to`.
struct Defect {
  std::string_view message;
  std::string_view from;
  std::string_view to;
  std::string_view at;  ///< what stands at the offset of the deviation in the changed message
  std::string_view rule;
  Outcome outcome = Outcome::reject;
  std::optional<std::uint32_t> answer = 400;
};

static void expect_found(Defect const& defect) {
  std::string octets(defect.message);
  octets.replace(octets.find(defect.from), defect.from.size(), defect.to);
  auto const judgement = judge(octets);
  auto const found = std::ranges::find(judgement.diagnostics, defect.rule, &Diagnostic::rule);
  ASSERT_NE(found, judgement.diagnostics.end()) << defect.rule << " in " << shown(judgement) << printable(octets);
  EXPECT_TRUE(std::string_view(octets).substr(found->offset).starts_with(defect.at)) << shown(judgement);
  EXPECT_EQ(judgement.outcome, defect.outcome) << shown(judgement) << printable(octets);
  EXPECT_EQ(judgement.answer, defect.answer) << shown(judgement) << printable(octets);
}

TEST(MsrpJudge, FindsOneDefectInARequest) {
  constexpr Defect all[] = {
      {send, "To-Path", "X-Path", "X-Path", "To-Path"},
      {bodiless, "From-Path", "X-Path", "X-Path", "From-Path"},
      {send, "Message-ID", "To-Path: msrp://a:1;tcp\r\nMessage-ID", "To-Path: msrp://a:", "To-Path"},
      {send, "Message-ID: 87652491\r\n", "", "\r\nHello", "Message-ID"},
      {send, ": 87652491", ":87652491", ":87652491", "header"},
      {send, ": 87652491", " 87652491", "Message-ID 8", "header"},
      {send, "Message-ID", "Message ID", "Message ID", "hname"},
      {send, "Message-ID: ", "-X: y\r\nMessage-ID: ", "-X: y", "hname"},
      {send, "87652491", "8765\t2\x01", "\x01", "utf8text"},
      {send, "87652491", "8765\xc0\x80", "\xc0", "utf8text"},
      {send, "87652491", "8765\n2491", "\n", "header"},
      {send, "/s111271;tcp", "/s111271", "\r\nFrom", "transport"},
      {send, "1-5/5", "9-5/5", "5/5", "range-end"},
      {send, "1-5/5", "1-4/5", "Byte-Range", "range-end"},
      {send, "1-5/5", "1-6/6", "Byte-Range", "range-end"},
      {send, "1-5/5", "1-*/6", "Byte-Range", "total"},
      {send, "1-5/5", "1-*/4", "Byte-Range", "total"},
      {send, "Byte-Range: 1-5/5", "Failure-Report: maybe", "maybe", "Failure-Report"},
      {send, "Byte-Range: 1-5/5", "Success-Report: partial", "partial", "Success-Report"},
      {send, "Content-Type", "Content-Kind", "\r\nHello", "Content-Type"},
      {send, "text/plain", "text", "\r\n\r\nHello", "media-type"},
      {bodiless, "keep0001", "keep0001\r\nContent-Type: text/plain", "Content-Type", "content-stuff"},
      {bodiless, "keep0001", "keep0001\r\nContent-ID: <a@b>", "Content-ID", "content-stuff"},
      {bodiless, "keep0001", "keep0001\r\nExpires: soon", "soon", "Expires"},
  };
  for (auto const& defect : all) expect_found(defect);
}

TEST(MsrpJudge, WeighsWhatAReceiverMayLetPass) {
  constexpr Defect all[] = {
      {send, "text/plain", "text/plain\r\nX: y", "Content-Type", "Content-Type", Outcome::either, 400},
      {send, "Byte", "Message-ID: abcd\r\nByte", "Message-ID: abcd", "Message-ID", Outcome::either, 400},
      {send, "87652491", "m1", "m1", "ident", Outcome::accept, std::nullopt},
      {bodiless, "SEND", "FOOBAR", "FOOBAR", "method", Outcome::accept, 501},
  };
  for (auto const& defect : all) expect_found(defect);
}

TEST(MsrpJudge, AnswersNeitherResponsesNorReports) {
  constexpr Defect all[] = {
      {report, "Status: 000 200 OK\r\n", "", "-------", "Status", Outcome::reject, std::nullopt},
      {report, "000 200", "999 abc", "999 abc", "namespace", Outcome::reject, std::nullopt},
      {report, "Byte-Range: 1-5/5\r\n", "", "-------", "Byte-Range", Outcome::reject, std::nullopt},
      {ok, "wow$", "wow+", "+\r\n", "continuation-flag", Outcome::reject, std::nullopt},
      {ok, "-------", "Content-Type: text/plain\r\n\r\nbody\r\n-------", "body", "msrp-response", Outcome::reject, std::nullopt},
      {send, "Byte-Range: 1-5/5", "Failure-Report: no\r\nByte-Range: 9-5/5", "5/5", "range-end", Outcome::reject, std::nullopt},
  };
  for (auto const& defect : all) expect_found(defect);
}

TEST(MsrpJudge, WantsTransactionIdsOfFourToThirtyTwo) {
  for (auto const& [id, is_good] : {std::pair{std::string("abc"), false},
                                    {"abcd", true},
                                    {"-abcd", false},
                                    {std::string(32, 'a'), true},
                                    {std::string(33, 'a'), false}}) {
    auto const judgement = judge(send_of("Hello", id));
    EXPECT_EQ(judgement.outcome == Outcome::accept, is_good) << id;
    if (!is_good) EXPECT_EQ(judgement.diagnostics.front().rule, "transact-id");
  }
}

TEST(MsrpJudge, TellsWhatCannotBeFramed) {
  struct {
    std::string octets;
    std::string_view rule;
    std::optional<std::uint32_t> answer;
  } const all[] = {
      {"GET / HTTP/1.1\r\n\r\n", "pMSRP", std::nullopt},
      {std::string(send.substr(0, send.size() - 1)), "end-line", std::nullopt},
      {"MSRP abcd SEND\r\nX: y\r\n\r\n-------abcd$\r\n", "end-line", 400},
      {"MSRP abcd REPORT\r\nX: y\r\n\r\n-------abcd$\r\n", "end-line", std::nullopt},
      {"MSRP abcd SEND\r\nX: " + std::string(20000, 'x') + "\r\n-------abcd$\r\n", "headers", 413},
      {std::string(send) + "x", "end-line", 400},
      {send_of("x", "abcd", '%'), "end-line", std::nullopt},
  };
  for (auto const& c : all) {
    auto const judgement = judge(c.octets);
    EXPECT_EQ(judgement.outcome, Outcome::reject) << shown(judgement);
    EXPECT_EQ(judgement.diagnostics.front().rule, c.rule) << shown(judgement);
    EXPECT_EQ(judgement.answer, c.answer) << shown(judgement);
  }
}

TEST(MsrpJudge, KnowsTheSessionItIsGiven) {
  Context const context{.sessions = {{"msrp://IM.example.com:2855/s111271;tcp"}},
                        .accept_types = {{"message/cpim", "text/*"}},
                        .transactions = {{"d93kswow"}},
                        .messages = {{"87652491"}}};
  for (auto const octets : {send, bodiless, report, ok}) EXPECT_EQ(judge(octets, context).outcome, Outcome::accept);
  struct {
    std::string_view octets, from, to, rule;
    std::optional<std::uint32_t> answer;
  } const all[] = {{send, "s111271", "s111272", "To-Path", 481},
                   {send, "text/plain", "image/png", "Content-Type", 415},
                   {report, "87652491", "87652492", "Message-ID", std::nullopt}};
  for (auto const& c : all) {
    std::string octets(c.octets);
    octets.replace(octets.find(c.from), c.from.size(), c.to);
    auto const judgement = judge(octets, context);
    EXPECT_EQ(judgement.outcome, Outcome::reject) << shown(judgement);
    EXPECT_EQ(judgement.diagnostics.front().rule, c.rule) << shown(judgement);
    EXPECT_EQ(judgement.answer, c.answer) << shown(judgement);
  }
  EXPECT_EQ(judge("MSRP n0such01 200 OK\r\nTo-Path: msrp://a:1/s;tcp\r\nFrom-Path: msrp://b:1/s;tcp\r\n-------n0such01$\r\n", context)
                .diagnostics.front()
                .rule,
            "transact-id");
}

TEST(MsrpJudge, JudgesAStreamMessageByMessage) {
  auto const judged =
      judge_stream(std::string(send) + std::string(ok) + "MSRP", [](auto s) { return frame(s); }, [](auto m) { return judge(m); });
  ASSERT_EQ(judged.size(), 3U);
  EXPECT_EQ(judged[1].offset, send.size());
  EXPECT_EQ(judged[1].judgement.outcome, Outcome::accept);
  EXPECT_EQ(judged[2].size, 4U);
  EXPECT_EQ(judged[2].judgement.outcome, Outcome::reject);
}

}  // namespace tollgate::msrp
