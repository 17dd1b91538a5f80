#include "codec/msrp/index.hpp"

#include <gtest/gtest.h>

#include "codec/corpus_test.hpp"
#include "codec/msrp/samples_test.hpp"

namespace tollgate::msrp {

TEST(MsrpIndex, FindsTheParts) {
  auto const stream = std::string(send) + std::string(ok);
  auto const index = Index::parse(stream);
  ASSERT_TRUE(index) << describe(index.error());
  EXPECT_EQ(index->octets(), send);
  EXPECT_EQ(index->start().method, "SEND");
  EXPECT_EQ(index->start().transaction_id, "a786hjs2");
  ASSERT_EQ(index->lines().size(), 5U);
  EXPECT_EQ(index->name(index->lines()[2]), "Message-ID");
  EXPECT_EQ(index->value(index->lines()[2]), "87652491");
  EXPECT_EQ(index->value("message-id"), "87652491");
  EXPECT_EQ(index->value("Status"), std::nullopt);
  EXPECT_EQ(index->body(), "Hello");
  EXPECT_EQ(index->octets().substr(index->body_begin(), 5), "Hello");
  EXPECT_EQ(index->flag(), '$');
  EXPECT_EQ(index->octets().substr(index->headers_end()), "\r\nHello\r\n-------a786hjs2$\r\n");
}

TEST(MsrpIndex, HoldsLinesThatAreNoHeaderFields) {
  auto const index = Index::parse("MSRP abcd SEND\r\nA\r\n:\r\nB:\r\nC:x\r\nD:  x\ny\r\n-------abcd+\r\n");
  ASSERT_TRUE(index) << describe(index.error());
  auto const lines = index->lines();
  ASSERT_EQ(lines.size(), 5U);
  for (auto const& [at, name, value] : {std::tuple{0, "A", ""}, {1, "", ""}, {2, "B", ""}, {3, "C", "x"}, {4, "D", " x\ny"}}) {
    EXPECT_EQ(index->name(lines[static_cast<std::size_t>(at)]), name);
    EXPECT_EQ(index->value(lines[static_cast<std::size_t>(at)]), value);
  }
  EXPECT_FALSE(index->has_body());
  EXPECT_EQ(index->flag(), '+');
}

TEST(MsrpIndex, TakesNoMoreLinesThanItHasRoomFor) {
  std::string lines;
  for (std::size_t i = 0; i < Index::lines_max; ++i) lines += "A: b\r\n";
  std::string const start = "MSRP abcd SEND\r\n", end = "-------abcd$\r\n";
  Limits const limits{.fields = 1000};
  ASSERT_TRUE(Index::parse(start + lines + end, limits));
  EXPECT_EQ(Index::parse(start + lines + "A: b\r\n" + end, limits).error().what, What::limit);
}

/// The two readings of one message: what the message holds is what the index points at.
static void expect_agreement(std::string_view octets) {
  auto const index = Index::parse(octets);
  auto const message = Message::parse(octets);
  if (!index) {
    ASSERT_FALSE(message) << printable(octets);
    EXPECT_EQ(message.error().offset, index.error().offset);
    return;
  }
  if (!message) return;
  EXPECT_EQ(index->octets(), octets);
  EXPECT_EQ(index->start().method, message->method());
  EXPECT_EQ(index->start().status, message->status());
  EXPECT_EQ(index->body(), message->body());
  EXPECT_EQ(index->flag(), message->flag());
  ASSERT_EQ(index->lines().size(), message->fields().size());
  for (std::size_t i = 0; i < message->fields().size(); ++i) {
    EXPECT_EQ(index->name(index->lines()[i]), message->fields()[i].name);
    EXPECT_EQ(index->value(index->lines()[i]), message->fields()[i].value);
  }
  EXPECT_EQ(message->write(), octets);
}

TEST(MsrpIndex, AgreesWithTheMessageOnEverySampleAndItsDeletions) {
  auto const samples = read_samples("harness/codec/msrp/testdata");
  ASSERT_EQ(samples.size(), 65U);
  for (auto const& sample : samples) {
    SCOPED_TRACE(sample.file);
    expect_agreement(sample.octets);
    for (std::size_t at = 0; at < std::min<std::size_t>(sample.octets.size(), 600); ++at) {
      auto changed = sample.octets;
      changed.erase(at, 1);
      expect_agreement(changed);
    }
  }
}

}  // namespace tollgate::msrp
