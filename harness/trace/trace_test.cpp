#include "trace/trace.hpp"

#include <gmock/gmock.h>

namespace tollgate::trace {
namespace {

constexpr std::string_view register_octets =
    "REGISTER sip:ims.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bK1\r\n"
    "From: <sip:user1@ims.example>;tag=a\r\nTo: <sip:user1@ims.example>\r\nCall-ID: c1\r\nCSeq: 7 REGISTER\r\n\r\n";

Trace sample() {
  Trace trace;
  trace.record({.at_ns = 5,
                .channel = Channel::sip,
                .direction = Direction::sent,
                .actor = "alice",
                .party = "sip:user1@ims.example",
                .transport = Transport::udp,
                .local = "127.0.0.1:5999",
                .remote = "127.0.0.1:5060",
                .octets = std::string(register_octets)});
  trace.record({.at_ns = 9, .kind = Kind::silence, .actor = "alice", .note = "no INVITE for 1 s"});
  trace.record({.at_ns = 12, .channel = Channel::msrp, .actor = "alice", .octets = std::string("\0\xff junk\n", 8)});
  return trace;
}

TEST(Trace, NumbersEventsFromOneAndReadsTheirMeaning) {
  Trace const trace = sample();
  EXPECT_EQ(trace.at(1).meaning.label(), "REGISTER");
  EXPECT_EQ(trace.at(1).meaning.cseq, 7U);
  EXPECT_EQ(trace.at(1).meaning.call_id, "c1");
  EXPECT_EQ(trace.at(1).meaning.branch, "z9hG4bK1");
  EXPECT_EQ(trace.at(3).meaning.label(), "") << "octets that cannot be read are kept without a meaning";
}

TEST(Trace, SavedAndLoadedIsTheSameToTheOctet) {
  std::string const text = save(sample());
  auto const again = load(text);
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(save(*again), text);
  EXPECT_EQ(again->at(1).octets, register_octets);
  EXPECT_EQ(again->at(3).octets, sample().at(3).octets);
}

TEST(Trace, WhatTheRunnerStoredAndMeasuredIsKept) {
  Trace trace;
  trace.record({.kind = Kind::stored, .party = "sip:u@x", .octets = "later\xff"});
  trace.record({.kind = Kind::measured, .note = "open files 17"});
  trace.record({.kind = Kind::foreign, .note = "answered 404"});
  auto const again = load(save(trace));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->at(1).kind, Kind::stored);
  EXPECT_EQ(again->at(1).octets, "later\xff");
  EXPECT_EQ(again->at(1).meaning.label(), "");
  EXPECT_EQ(again->at(2).kind, Kind::measured);
  EXPECT_EQ(again->at(2).note, "open files 17");
  EXPECT_EQ(again->at(3).kind, Kind::foreign);
}

TEST(Trace, TextsSurviveWhereTheyAreUtf8AndAreShownWhereNot) {
  Trace trace;
  trace.record({.kind = Kind::closed, .actor = "\u00e5lice\n", .party = "sip:\xff@x", .note = "a\\b"});
  auto const again = load(save(trace));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->at(1).actor, "\u00e5lice\n");
  EXPECT_EQ(again->at(1).party, "sip:\\xff@x");
  EXPECT_EQ(again->at(1).note, "a\\b");
}

TEST(Trace, LoadRefusesWithTheOffsetOfTheLine) {
  auto const not_a_trace = load("{\"a\":1}\n");
  ASSERT_FALSE(not_a_trace);
  EXPECT_EQ(not_a_trace.error().rule, "schema");

  std::string text = save(sample());
  auto const second = text.find('\n') + 1;
  auto const cut = load(text.substr(0, second + 10));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().offset, second);

  auto const forward = load(text.substr(0, second) + R"({"kind":"message","channel":"sip","direction":"sent","octets":"","about":9})"
                                                     "\n");
  ASSERT_FALSE(forward);
  EXPECT_EQ(forward.error().detail, "refers to a later event");
}

}  // namespace
}  // namespace tollgate::trace
