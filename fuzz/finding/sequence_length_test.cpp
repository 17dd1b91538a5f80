#include "fuzz/finding/sequence_length.hpp"

#include <gtest/gtest.h>

namespace tollgate::fuzz {
namespace {

TEST(SequenceLength, CountsEachMessageOfOursAndWhatAChangeRepeats) {
  Played flow{.script = {.base = "push", .changes = {*parse_change("sip 2 repeat 3"), *parse_change("ch2 1 repeat 2")}}, .result = {}};
  auto& trace = flow.result.trace;
  using enum trace::Direction;
  auto const note = [&](trace::Direction direction, Octets octets, trace::EventId repeats = 0) {
    trace.record({.direction = direction, .actor = "alice", .octets = std::move(octets), .repeats = repeats});
  };
  note(sent, "MESSAGE");
  note(sent, "MESSAGE", 1);  // its transaction, which had no answer
  note(received, "SIP/2.0 202 Accepted");
  trace.record({.kind = trace::Kind::tampered, .direction = sent, .note = "REGISTER: sent 3 times [sip 2 repeat 3]"});
  note(sent, "REGISTER");
  note(sent, "REGISTER", 5);
  note(sent, "REGISTER", 5);
  EXPECT_EQ(messages_sent(std::span(&flow, 1)), 4U) << "the answer to no reserve request was repeated";
  flow.script.changes.push_back(*parse_change("sip 2 mutate raw.twice_in_one 7"));
  EXPECT_EQ(messages_sent(std::span(&flow, 1)), 5U) << "two messages in one";
  flow.script.changes.pop_back();
  Played const two[] = {flow, flow};
  EXPECT_EQ(messages_sent(two), 8U);
  note(sent, "REGISTERR", 5);
  EXPECT_EQ(messages_sent(std::span(&flow, 1)), 5U) << "a copy that was changed is one more";
}

}  // namespace
}  // namespace tollgate::fuzz
