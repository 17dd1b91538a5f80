#include "codec/msrp/reassembly.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "codec/msrp/chunks.hpp"

namespace tollgate::msrp {

using State = Reassembly::State;

static Message whole(std::string_view body) {
  return Message::request("a786hjs2", "SEND")
      .add("To-Path", "msrp://a:1/s;tcp")
      .add("From-Path", "msrp://b:2/t;tcp")
      .add("Message-ID", "87652491")
      .add("Byte-Range", "1-*/*")
      .add("Success-Report", "yes")
      .add("Content-Type", "text/plain")
      .set_body(body);
}

TEST(MsrpChunks, CarryTheFieldsAndTheirPlace) {
  Random random(1);
  auto const all = chunks(whole("abcdefg"), 3, random);
  ASSERT_EQ(all.size(), 3U);
  std::string ranges, flags;
  for (auto const& chunk : all) {
    ranges.append(*chunk.value("Byte-Range")).append(" ");
    flags += chunk.flag();
    EXPECT_EQ(chunk.fields().size(), 6U);
    EXPECT_EQ(chunk.fields()[0].name, "To-Path");
    EXPECT_EQ(chunk.fields()[4].name, "Byte-Range");
    EXPECT_EQ(chunk.fields()[5].name, "Content-Type");
    EXPECT_EQ(chunk.value("Message-ID"), "87652491");
    EXPECT_TRUE(Message::parse(chunk.write()));
  }
  EXPECT_EQ(ranges, "1-3/7 4-6/7 7-7/7 ");
  EXPECT_EQ(flags, "++$");
  EXPECT_NE(all[0].transaction_id(), all[1].transaction_id());
}

TEST(MsrpChunks, OfOneOctetMoreAndOfNone) {
  Random random(1);
  EXPECT_EQ(chunks(whole(""), 10, random).front().value("Byte-Range"), "1-0/0");
  EXPECT_EQ(chunks(whole("abc"), 3, random).size(), 1U);
  auto const large = chunks(whole(std::string(5000, 'x')), 4000, random);
  ASSERT_EQ(large.size(), 2U);
  EXPECT_EQ(large[0].value("Byte-Range"), "1-*/5000");
  EXPECT_EQ(large[1].value("Byte-Range"), "4001-5000/5000");
  auto const bodiless = chunks(Message::request("abcd", "SEND").add("Message-ID", "keep1"), 1, random);
  ASSERT_EQ(bodiless.size(), 1U);
  EXPECT_EQ(bodiless[0].fields().size(), 1U);
  EXPECT_FALSE(bodiless[0].has_body());
}

TEST(MsrpReassembly, PutsChunksOfAnySizeAndOrderTogether) {
  Random random(7);
  for (std::size_t size = 0; size < 40; ++size) {
    std::string const body = random.token(size + 1).substr(0, size);
    for (std::size_t octets = 1; octets <= size + 1; ++octets) {
      auto all = chunks(whole(body), octets, random);
      for (auto i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
      Reassembly reassembly;
      for (std::size_t i = 0; i < all.size(); ++i) {
        auto const progress = reassembly.add(all[i]);
        ASSERT_TRUE(progress) << describe(progress.error());
        EXPECT_EQ(progress->state, i + 1 == all.size() ? State::complete : State::incomplete);
        if (progress->state == State::complete) EXPECT_EQ(progress->content, body);
      }
      EXPECT_EQ(reassembly.octets() + reassembly.messages(), 0U);
    }
  }
}

struct Chunk {
  std::uint64_t start;
  std::string_view body;
  char flag = '+';
  std::optional<std::uint64_t> total = std::nullopt;
};

static Parsed<Reassembly::Progress> add(Reassembly& to, Chunk const& chunk, std::string_view id = "abcd") {
  return to.add(id, {.start = chunk.start, .end = std::nullopt, .total = chunk.total}, chunk.body, chunk.flag);
}

TEST(MsrpReassembly, LastWriterWins) {
  struct {
    std::vector<Chunk> chunks;
    std::string_view content;
    std::uint64_t overlapped;  ///< by the last chunk
  } const all[] = {
      {{{1, "abcd"}, {3, "CDEFGH", '$'}}, "abCDEFGH", 2},        {{{3, "cd"}, {1, "ABCDEF", '$'}}, "ABCDEF", 2},
      {{{1, "abcdef", '+', 6}, {3, "CD"}, {1, "x"}}, {}, 0},     {{{1, "ab"}, {5, "ef"}, {2, "BCDE", '+', 6}}, "aBCDEf", 2},
      {{{2, "bcdef"}, {3, "D"}, {1, "A", '+', 6}}, "AbDdef", 0}, {{{2, "b"}, {4, "d"}, {6, "f"}, {1, "ABCDEFG", '$'}}, "ABCDEFG", 3},
  };
  for (auto const& c : all) {
    Reassembly reassembly;
    for (auto const& chunk : c.chunks) {
      auto const progress = add(reassembly, chunk);
      ASSERT_TRUE(progress) << describe(progress.error());
      if (progress->state != State::complete) continue;
      if (c.content.empty()) break;  // complete before its later chunks
      EXPECT_EQ(progress->content, c.content);
      EXPECT_EQ(progress->overlapped, c.overlapped) << c.content;
    }
    if (!c.content.empty()) EXPECT_EQ(reassembly.messages(), 0U) << c.content;
  }
}

TEST(MsrpReassembly, LearnsTheTotalFromTheLastChunk) {
  Reassembly reassembly;
  EXPECT_EQ(add(reassembly, {5, "ef", '$'})->state, State::incomplete);
  EXPECT_EQ(add(reassembly, {1, "ab"})->state, State::incomplete);
  auto const done = add(reassembly, {3, "cd"});
  EXPECT_EQ(done->state, State::complete);
  EXPECT_EQ(done->content, "abcdef");
  EXPECT_EQ(add(reassembly, {1, "", '$'})->state, State::complete);
}

TEST(MsrpReassembly, KeepsMessagesApartAndForgetsAbortedOnes) {
  Reassembly reassembly;
  ASSERT_TRUE(add(reassembly, {1, "ab"}, "one1"));
  ASSERT_TRUE(add(reassembly, {1, "AB"}, "ONE1"));
  EXPECT_EQ(reassembly.messages(), 2U);
  EXPECT_EQ(reassembly.octets(), 4U);
  EXPECT_EQ(add(reassembly, {3, "cd", '#'}, "one1")->state, State::aborted);
  EXPECT_EQ(reassembly.octets(), 2U);
  EXPECT_EQ(add(reassembly, {3, "CD", '$'}, "ONE1")->content, "ABCD");
  EXPECT_EQ(add(reassembly, {1, "x", '#'}, "none")->state, State::aborted);
}

TEST(MsrpReassembly, RefusesWhatDoesNotFit) {
  struct {
    std::vector<Chunk> chunks;
    What what;
    std::string_view rule;
  } const all[] = {
      {{{1, "ab", '+', 4}, {3, "c", '+', 5}}, What::invalid, "total"},
      {{{1, "ab", '$', 4}}, What::invalid, "total"},
      {{{1, "abcde", '+', 4}}, What::invalid, "total"},
      {{{5, "e"}, {1, "ab", '$'}}, What::invalid, "total"},
      {{{0, "a"}}, What::invalid, "range-start"},
      {{{9, "ab"}}, What::limit, "Byte-Range"},
      {{{UINT64_MAX, "ab"}}, What::limit, "Byte-Range"},
      {{{1, "ab", '+', 11}}, What::limit, "Byte-Range"},
      {{{1, "a"}, {3, "a"}, {5, "a"}, {7, "a"}}, What::limit, "Byte-Range"},
  };
  for (auto const& c : all) {
    Reassembly reassembly({.message = 9, .octets = 100, .messages = 2, .pieces = 3});
    for (std::size_t i = 0; i + 1 < c.chunks.size(); ++i) ASSERT_TRUE(add(reassembly, c.chunks[i]));
    auto const held = reassembly.octets();
    auto const refused = add(reassembly, c.chunks.back());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what, c.what) << describe(refused.error());
    EXPECT_EQ(refused.error().rule, c.rule);
    EXPECT_EQ(reassembly.octets(), held);
  }
}

TEST(MsrpReassembly, BoundsWhatItHoldsOverAllMessages) {
  Reassembly reassembly({.message = 9, .octets = 5, .messages = 2, .pieces = 3});
  ASSERT_TRUE(add(reassembly, {1, "ab"}, "one1"));
  ASSERT_TRUE(add(reassembly, {1, "ab"}, "two2"));
  EXPECT_EQ(add(reassembly, {1, "a"}, "thr3").error().rule, "Message-ID");
  EXPECT_EQ(add(reassembly, {3, "cd"}, "two2").error().what, What::limit);
  reassembly.drop("one1");
  EXPECT_TRUE(add(reassembly, {3, "cd"}, "two2"));
}

}  // namespace tollgate::msrp
