#include "codec/msrp/message.hpp"

#include <gtest/gtest.h>

#include "codec/msrp/samples_test.hpp"

namespace tollgate::msrp {

TEST(MsrpMessage, ReadsARequest) {
  auto const message = Message::parse(send);
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_TRUE(message->is_request());
  EXPECT_EQ(message->start_line(), "MSRP a786hjs2 SEND\r\n");
  EXPECT_EQ(message->transaction_id(), "a786hjs2");
  EXPECT_EQ(message->method(), "SEND");
  EXPECT_EQ(message->fields().size(), 5U);
  EXPECT_EQ(message->value("message-id"), "87652491");
  EXPECT_EQ(message->value("Status"), std::nullopt);
  EXPECT_TRUE(message->has_body());
  EXPECT_EQ(message->body(), "Hello");
  EXPECT_EQ(message->flag(), '$');
}

TEST(MsrpMessage, ReadsAResponse) {
  auto const message = Message::parse(ok);
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_FALSE(message->is_request());
  EXPECT_EQ(message->method(), "");
  EXPECT_EQ(message->status(), 200);
  EXPECT_EQ(message->comment(), "OK");
  EXPECT_FALSE(message->has_body());
}

TEST(MsrpMessage, WritesBackEveryOctet) {
  constexpr std::string_view all[] = {
      send,
      bodiless,
      report,
      ok,
      "MSRP d93kswow 200\r\n-------d93kswow$\r\n",
      "MSRP d93kswow 481 \r\n-------d93kswow#\r\n",
      "MSRP d93kswow 400 a  \xe2\x82\xac \r\n-------d93kswow+\r\n",
      "MSRP abcd FOOBAR\r\nX:y\r\nx:  y \r\nX: \r\nX:\r\n x: a:b\r\n-------abcd$\r\n",
      {"MSRP abcd SEND\r\nX: a\0b\r\n-------abcd$\r\n", 38},
  };
  for (auto const octets : all) {
    auto const message = Message::parse(octets);
    ASSERT_TRUE(message) << printable(octets) << describe(message.error());
    EXPECT_EQ(message->write(), octets);
  }
}

TEST(MsrpMessage, HoldsAnyBody) {
  for (auto const body : hard_bodies)
    for (char const flag : {'$', '+', '#'}) {
      auto const octets = send_of(body, "a786hjs2", flag);
      auto const message = Message::parse(octets);
      ASSERT_TRUE(message) << printable(body) << describe(message.error());
      EXPECT_TRUE(message->has_body());
      EXPECT_EQ(message->body(), body);
      EXPECT_EQ(message->flag(), flag);
      EXPECT_EQ(message->write(), octets);
    }
}

struct Refused {
  std::string octets;
  What what;
  std::size_t offset;
  std::string_view rule;
};

TEST(MsrpMessage, RefusesWhatIsNotOneMessageOfLines) {
  std::string const start = "MSRP abcd SEND\r\n";
  std::string const end = "-------abcd$\r\n";
  Refused const all[] = {
      {"", What::need_more, 0, "pMSRP"},
      {"MSRX abcd SEND\r\n" + end, What::invalid, 3, "pMSRP"},
      {"MSRP abcd 99\r\n" + end, What::invalid, 12, "status-code"},
      {"MSRP abcd 2000\r\n" + end, What::invalid, 13, "status-code"},
      {start + "X: y\r\n", What::need_more, 22, "headers"},
      {start + "X: y\r\n\r\nbody\r\n", What::need_more, 30, "end-line"},
      {start + end + "x", What::invalid, 30, "end-line"},
      {start + end + start + end, What::invalid, 30, "end-line"},
      {start + "A: b\r\nMessage-ID m1\r\n" + end, What::invalid, 35, "header"},
      {start + "A: b\r\n: m1\r\n" + end, What::invalid, 22, "hname"},
      {start + "A: b\nc: d\r\n" + end, What::invalid, 20, "header"},
      {start + "A: b\rc\r\n" + end, What::invalid, 20, "header"},
      {start + "-------abcdX\r\n" + end, What::invalid, 28, "header"},
  };
  for (auto const& [octets, what, offset, rule] : all) {
    auto const message = Message::parse(octets);
    ASSERT_FALSE(message) << printable(octets);
    EXPECT_EQ(message.error().what, what) << printable(octets);
    EXPECT_EQ(message.error().offset, offset) << printable(octets);
    EXPECT_EQ(message.error().rule, rule) << printable(octets);
  }
}

TEST(MsrpMessage, KeepsToTheLimitsThatItIsGiven) {
  auto const message = Message::parse(send, {.fields = 2});
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().what, What::limit);
  EXPECT_EQ(message.error().rule, "headers");
}

TEST(MsrpMessage, MadeRequestIsWrittenInOrder) {
  auto const message = Message::request("a786hjs2", "SEND")
                           .add("To-Path", "msrp://im.example.com:2855/s111271;tcp")
                           .add("From-Path", "msrp://192.0.2.10:7654/jshA7weztas;tcp")
                           .add("Message-ID", "87652491")
                           .add("Byte-Range", "1-5/5")
                           .add("Content-Type", "text/plain")
                           .set_body("Hello");
  EXPECT_EQ(message.write(), send);
}

TEST(MsrpMessage, MadeMessagesReadBackAsMade) {
  EXPECT_EQ(Message::response("d93kswow", 200).write(), "MSRP d93kswow 200\r\n-------d93kswow$\r\n");
  EXPECT_EQ(Message::response("d93kswow", 481, "No Session").set_flag('#').write(), "MSRP d93kswow 481 No Session\r\n-------d93kswow#\r\n");
  for (auto const body : hard_bodies) {
    auto const made = Message::request("a786hjs2", "SEND").add("Content-Type", "text/plain").set_body(body).set_flag('+');
    auto const read = Message::parse(made.write());
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(read->body(), body);
    EXPECT_EQ(read->flag(), '+');
  }
}

TEST(MsrpMessage, EditsLeaveOtherLinesAsReceived) {
  auto message = Message::parse("MSRP abcd SEND\r\nA:odd\r\nb: 1\r\nB: 2\r\nC:  two\r\n-------abcd$\r\n");
  ASSERT_TRUE(message) << describe(message.error());
  message->set("B", "changed").set("D", "new").set("C", std::string(*message->value("C")) + "!");
  EXPECT_EQ(message->write(), "MSRP abcd SEND\r\nA:odd\r\nB: changed\r\nB: 2\r\nC:  two!\r\nD: new\r\n-------abcd$\r\n");
  message->drop("b").set_body("").set_flag('+');
  EXPECT_EQ(message->write(), "MSRP abcd SEND\r\nA:odd\r\nC:  two!\r\nD: new\r\n\r\n\r\n-------abcd+\r\n");
}

}  // namespace tollgate::msrp
