#include "codec/cpim/message.hpp"

#include <gtest/gtest.h>

namespace tollgate::cpim {

static constexpr std::string_view good =
    "From: Alice <sip:alice@example.com>\r\n"
    "To: <sip:bob@example.com>\r\n"
    "DateTime: 2008-05-15T15:02:31-03:00\r\n"
    "Subject:;lang=fr;note=\"a \\\" b\" Bonjour\r\n"
    "NS: imdn <urn:ietf:params:imdn>\r\n"
    "imdn.Message-ID: 34jk324j\r\n"
    "\r\n"
    "Content-Type: text/plain;\r\n"
    " charset=utf-8\r\n"
    "Content-ID:<1@example.com>\r\n"
    "\r\n"
    "Hello\r\n\r\nworld";

TEST(Cpim, ReadsHeadersAndContent) {
  auto const message = Message::parse(good);
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_EQ(message->headers.size(), 6U);
  EXPECT_EQ(message->value("From"), "Alice <sip:alice@example.com>");
  EXPECT_EQ(message->value("from"), std::nullopt);
  EXPECT_EQ(message->value("Subject"), "Bonjour");
  EXPECT_EQ(message->value("imdn.Message-ID"), "34jk324j");
  EXPECT_EQ(message->content_value("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(message->content_value("CONTENT-ID"), "<1@example.com>");
  EXPECT_EQ(message->content_value("Content-Length"), std::nullopt);
  EXPECT_EQ(message->content, "Hello\r\n\r\nworld");
}

TEST(Cpim, WritesBackEveryOctet) {
  constexpr std::string_view all[] = {
      good,
      "From: a\n\nContent-Type: text/plain\n\nHello\n",
      "From: a\r\n\nContent-Type: text/plain\n\r\n",
      "From:a\r\nX:\r\n\r\n\r\nno content headers",
      "\r\n\r\n",
      {"From: a\r\n\r\nX: y\r\n\r\n\0\r\n\xff", 23},
  };
  for (auto const octets : all) {
    auto const message = Message::parse(octets);
    ASSERT_TRUE(message) << printable(octets) << describe(message.error());
    EXPECT_EQ(message->write(), octets);
  }
}

TEST(Cpim, EveryPrefixUpToTheContentNeedsMore) {
  auto const content = good.find("Hello");
  for (std::size_t size = 0; size < content; ++size) {
    auto const message = Message::parse(good.substr(0, size));
    ASSERT_FALSE(message) << size;
    EXPECT_EQ(message.error().what, What::need_more) << size;
  }
  EXPECT_TRUE(Message::parse(good.substr(0, content)));
}

TEST(Cpim, WritesWhatWasMade) {
  Message message;
  message.headers = {{"From", "<sip:a@b>", {}}, {"To", "<sip:c@d>", {}}};
  message.content_headers = {{"Content-Type", "text/plain", {}}};
  message.content = "Hello";
  EXPECT_EQ(message.write(), "From: <sip:a@b>\r\nTo: <sip:c@d>\r\n\r\nContent-Type: text/plain\r\n\r\nHello");
}

struct Refused {
  std::string octets;
  What what;
  std::size_t offset;
  std::string_view rule;
};

TEST(Cpim, RefusesWithOffsetAndRule) {
  Refused const all[] = {
      {"From: a\r\nno colon\r\n\r\n\r\n", What::invalid, 17, "Header"},
      {"From: a\r\n: b\r\n\r\n\r\n", What::invalid, 9, "Header-name"},
      {"From : a\r\n\r\n\r\n", What::invalid, 0, "Header-name"},
      {"From: a\r\n folded\r\n\r\n\r\n", What::invalid, 9, "Header"},
      {"From: a\r\n\r\n folded\r\n\r\n", What::invalid, 11, "Header"},
      {"From: a\rb\r\n\r\n\r\n", What::invalid, 7, "Header"},
      {"Subject:;lang=fr\r\n\r\n\r\n", What::invalid, 16, "Parameter"},
      {"Subject:;x=\"a b\r\n\r\n\r\n", What::invalid, 15, "Parameter"},
      {"Subject:;x=\"a\\\r\n\r\n\r\n", What::invalid, 14, "Parameter"},
      {"From: a\r\n\r\nContent-Type\r\n\r\n", What::invalid, 23, "Header"},
      {"From: a\r\nTo:", What::need_more, 12, "Message-headers"},
      {std::string(64 * 1024, 'a') + ": b\n\n\n", What::limit, 0, "Message-headers"},
  };
  for (auto const& [octets, what, offset, rule] : all) {
    auto const message = Message::parse(octets);
    ASSERT_FALSE(message) << printable(octets, 100);
    EXPECT_EQ(message.error().what, what) << printable(octets, 100);
    EXPECT_EQ(message.error().offset, offset) << printable(octets, 100);
    EXPECT_EQ(message.error().rule, rule) << printable(octets, 100);
  }
}

TEST(Cpim, RefusesTooManyHeaders) {
  std::string octets;
  for (int i = 0; i < 257; ++i) octets += "X: y\n";
  auto const message = Message::parse(octets + "\n\n");
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().what, What::limit);
  EXPECT_EQ(message.error().offset, 256U * 5);
}

}  // namespace tollgate::cpim
