#include "codec/sip/index.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/samples_test.hpp"
#include "codec/sip/torture_test.hpp"

namespace tollgate::sip {

TEST(SipIndex, ReadsOddFields) {
  auto const index = Index::parse(odd);
  ASSERT_TRUE(index) << describe(index.error());
  EXPECT_TRUE(index->is_request());
  EXPECT_EQ(index->method(), "MESSAGE");
  EXPECT_EQ(index->request_uri(), "sip:bob@example.com");
  EXPECT_EQ(index->start_raw(), odd.substr(0, odd.find("v :")));
  EXPECT_EQ(index->field(0).spelling, "v");
  EXPECT_EQ(index->field(0).value, "SIP / 2.0 / UDP\r\n\t host ;branch=z9hG4bKa");
  EXPECT_TRUE(index->is_folded(0));
  EXPECT_FALSE(index->is_folded(1));
  EXPECT_EQ(index->value(Name::content_length), "3");
  EXPECT_EQ(index->value(Name::unknown, 2), "kept");
  EXPECT_EQ(index->value(Name::unknown, 3), std::nullopt);
  EXPECT_EQ(index->body(), "a\r\nb");
  EXPECT_EQ(index->octets(), odd);
}

TEST(SipIndex, ReadsAResponse) {
  auto const index = Index::parse("SIP/2.0 486 Busy Here\r\n\r\n");
  ASSERT_TRUE(index) << describe(index.error());
  EXPECT_FALSE(index->is_request());
  EXPECT_EQ(index->status(), 486);
  EXPECT_EQ(index->reason(), "Busy Here");
  EXPECT_EQ(index->field_count(), 0U);
}

TEST(SipIndex, HoldsSoManyFieldsAndNoMore) {
  std::string octets = "X a SIP/2.0\r\n";
  for (std::size_t i = 0; i < Index::fields_max; ++i) octets += "A: b\r\n";
  EXPECT_TRUE(Index::parse(octets + "\r\n"));
  auto const more = Index::parse(octets + "A: b\r\n\r\n");
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().what, What::limit);
  EXPECT_EQ(more.error().offset, octets.size());
  EXPECT_TRUE(Message::parse(octets + "A: b\r\n\r\n"));
}

TEST(SipIndex, HoldsSoManyOctetsAndNoMore) {
  std::string octets = "X a SIP/2.0\r\nA: b\r\n\r\n";
  octets.resize(Index::octets_max, 'x');
  ASSERT_TRUE(Index::parse(octets));
  EXPECT_EQ(Index::parse(octets)->body().size(), Index::octets_max - 21);
  EXPECT_EQ(Index::parse(octets + "x").error().what, What::limit);
}

/// Index and Message find the same in these octets, or refuse them for the same reason.
static testing::AssertionResult agree(std::string_view octets) {
  auto const index = Index::parse(octets);
  auto const message = Message::parse(octets, {.octets = Index::octets_max, .fields = Index::fields_max});
  if (index.has_value() != message.has_value()) return testing::AssertionFailure() << "only one reads it";
  if (!index) {
    auto const& a = index.error();
    auto const& b = message.error();
    bool const same = a.what == b.what && a.offset == b.offset && a.rule == b.rule && a.detail == b.detail;
    return same ? testing::AssertionSuccess() : testing::AssertionFailure() << describe(a) << "; " << describe(b);
  }
  bool same = index->method() == message->method() && index->request_uri() == message->request_uri() &&
              index->status() == message->status() && index->reason() == message->reason() &&
              index->field_count() == message->fields().size() && index->body() == message->body();
  for (std::size_t i = 0; same && i < index->field_count(); ++i) {
    auto const a = index->field(i);
    auto const& b = message->fields()[i];
    same = a.name == b.name && a.spelling == b.spelling && a.value == b.value && a.raw == b.raw;
  }
  return same ? testing::AssertionSuccess() : testing::AssertionFailure() << "they differ";
}

TEST(SipIndex, AgreesWithMessageOnEveryTorture) {
  for (auto const& one : tortures()) EXPECT_TRUE(agree(one.octets)) << one.file;
  EXPECT_TRUE(agree(read_testdata("rfc4475/test.dat")));
}

TEST(SipIndex, AgreesWithMessageWhenAnyOctetIsLost) {
  for (auto const& one : tortures())
    for (std::size_t i = 0; i < one.octets.size(); ++i) {
      auto const octets = std::string(one.octets).erase(i, 1);
      ASSERT_TRUE(agree(octets)) << one.file << " without octet " << i << ": " << printable(octets);
    }
}

}  // namespace tollgate::sip
