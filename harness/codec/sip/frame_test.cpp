#include <gtest/gtest.h>

#include "codec/judge_stream.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/samples_test.hpp"
#include "codec/sip/torture_test.hpp"

namespace tollgate::sip {

using State = Framed::State;

TEST(SipFrame, EveryPrefixNeedsMoreAndTheWholeIsAMessage) {
  for (auto const octets : {invite, odd}) {
    // `odd` has four octets of body and declares three.
    auto const size = octets == odd ? octets.size() - 1 : octets.size();
    for (std::size_t n = 0; n < size; ++n) {
      auto const framed = frame(octets.substr(0, n));
      ASSERT_EQ(framed.state, State::need_more) << n << describe(framed.error);
    }
    auto const framed = frame(octets);
    ASSERT_EQ(framed.state, State::message) << describe(framed.error);
    EXPECT_EQ(framed.size, size);
  }
}

TEST(SipFrame, CutsOnlyTheFirstMessage) {
  auto const stream = std::string(invite) + std::string(odd);
  auto const framed = frame(stream);
  ASSERT_EQ(framed.state, State::message) << describe(framed.error);
  EXPECT_EQ(framed.size, invite.size());
}

TEST(SipFrame, LineEndsAloneNeedMore) {
  for (std::string_view const stream : {"\r", "\r\n", "\r\n\r\n", "\n\n\n"})
    EXPECT_EQ(frame(stream).state, State::need_more) << printable(stream);
}

TEST(SipFrame, EqualLengthsTwiceAreOne) {
  constexpr std::string_view stream = "X a SIP/2.0\r\nl: 2\r\nContent-Length: 02\r\n\r\nab";
  auto const framed = frame(stream);
  ASSERT_EQ(framed.state, State::message) << describe(framed.error);
  EXPECT_EQ(framed.size, stream.size());
}

namespace {
struct Refused {
  std::string_view stream;
  std::size_t offset;
  std::string_view rule;
  std::string_view clause;
};
}  // namespace

TEST(SipFrame, RefusesWhatCannotBeCut) {
  constexpr Refused all[] = {
      {"X a SIP/2.0\r\nA: b\r\n\r\n", 21, "Content-Length", "RFC 3261 18.3"},
      {"X a SIP/2.0\r\nContent-Length: 1x\r\n\r\n", 30, "Content-Length", "RFC 3261 20.14"},
      {"X a SIP/2.0\r\nContent-Length: -1\r\n\r\n", 29, "Content-Length", "RFC 3261 20.14"},
      {"X a SIP/2.0\r\nContent-Length: +1\r\n\r\n", 29, "Content-Length", "RFC 3261 20.14"},
      {"X a SIP/2.0\r\nContent-Length: 1, 1\r\n\r\n", 30, "Content-Length", "RFC 3261 20.14"},
      {"X a SIP/2.0\r\nContent-Length: \r\n\r\n", 28, "Content-Length", "RFC 3261 20.14"},
      {"X a SIP/2.0\r\nl: 18446744073709551616\r\n\r\n", 16, "Content-Length", "RFC 3261 20.14"},
      {"X a SIP/2.0\r\nl: 2\r\nl: 3\r\n\r\nabc", 22, "Content-Length", "RFC 3261 20.14"},
      {"\r\nX a SIP/2.0\r\nno colon\r\n\r\n", 23, "HCOLON", "RFC 3261 7.3.1"},
      {"\r\nMSRP a SEND\r\n", 9, "SIP-Version", "RFC 3261 7.1"},
  };
  for (auto const& refused : all) {
    auto const framed = frame(refused.stream);
    ASSERT_EQ(framed.state, State::invalid) << printable(refused.stream);
    EXPECT_EQ(framed.error.what, What::invalid);
    EXPECT_EQ(framed.error.offset, refused.offset) << printable(refused.stream) << describe(framed.error);
    EXPECT_EQ(framed.error.rule, refused.rule) << printable(refused.stream);
    EXPECT_EQ(framed.error.clause, refused.clause) << printable(refused.stream);
  }
}

TEST(SipFrame, HoldsTheLimits) {
  constexpr Limits exact{.octets = invite.size(), .fields = 7};
  EXPECT_EQ(frame(invite, exact).state, State::message);
  for (auto const limits : {Limits{.octets = invite.size() - 1, .fields = 7}, Limits{.octets = 99, .fields = 7},
                            Limits{.octets = invite.size(), .fields = 6}}) {
    auto const framed = frame(invite, limits);
    ASSERT_EQ(framed.state, State::invalid);
    EXPECT_EQ(framed.error.what, What::limit);
  }
}

TEST(SipFrame, AStreamWithoutEndIsOverTheLimit) {
  constexpr Limits limits{.octets = 100};
  for (auto const& stream : {std::string(101, 'x'), "X a SIP/2.0\r\nA: " + std::string(100, 'b')}) {
    EXPECT_EQ(frame(std::string_view(stream).substr(0, 100), limits).state, State::need_more);
    auto const framed = frame(stream, limits);
    ASSERT_EQ(framed.state, State::invalid);
    EXPECT_EQ(framed.error.what, What::limit);
    EXPECT_EQ(framed.error.offset, 100U);
  }
}

TEST(SipFrame, ALengthNearTheEndOfItsTypeIsOverTheLimit) {
  auto const framed = frame("X a SIP/2.0\r\nl: 18446744073709551615\r\n\r\n");
  ASSERT_EQ(framed.state, State::invalid);
  EXPECT_EQ(framed.error.what, What::limit);
  EXPECT_EQ(framed.error.offset, 40U);
}

/// RFC 3261 7.5, RFC 5626 3.5.1: what follows the last message, or stands alone, may be CRLFs.
TEST(SipFrame, CrlfsAtTheEndAreNoMessage) {
  auto const judged = [](std::string const& stream) {
    return judge_stream(stream, [](auto s) { return frame(s); }, [](auto s) { return judge(s, Framing::stream); }, is_keep_alive);
  };
  for (auto const* const tail : {"", "\r\n", "\r\n\r\n", "\r\n\r\n\r\n"}) {
    EXPECT_EQ(judged(std::string(invite) + tail).size(), 1U) << printable(tail);
    EXPECT_EQ(judged(std::string(invite) + tail + std::string(invite)).size(), 2U) << printable(tail);
    EXPECT_TRUE(judged(tail).empty()) << printable(tail);
  }
  for (auto const* const tail : {"\n", "\r", "\r\n\r", "\r\n ", "x"}) {
    auto const all = judged(std::string(invite) + tail);
    ASSERT_EQ(all.size(), 2U) << printable(tail);
    EXPECT_EQ(all[1].judgement.outcome, Outcome::reject) << printable(tail);
  }
}

/// What is said of a stream once is said of it for ever, wherever it was split: no prefix is judged otherwise than the
/// whole, but by wanting more.
TEST(SipFrame, SaysTheSameWhereverATortureIsSplit) {
  for (auto const& one : tortures()) {
    std::string_view const stream = one.octets;
    auto const whole = frame(stream);
    for (std::size_t n = 0; n < stream.size(); ++n) {
      auto const part = frame(stream.substr(0, n));
      if (part.state == State::need_more) {
        ASSERT_TRUE(whole.state != State::message || n < whole.size) << one.file << " at " << n;
        continue;
      }
      ASSERT_EQ(part.state, whole.state) << one.file << " at " << n << describe(part.error);
      ASSERT_EQ(part.size, whole.size) << one.file << " at " << n;
      ASSERT_EQ(describe(part.error), describe(whole.error)) << one.file << " at " << n;
    }
  }
}

}  // namespace tollgate::sip
