#include "codec/msrp/strict.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "codec/msrp/samples_test.hpp"

namespace tollgate::msrp {

TEST(MsrpStrict, IsContentWithGoodMessages) {
  for (auto const octets : {send, bodiless, report, ok}) {
    auto const message = Message::parse(octets);
    ASSERT_TRUE(message) << describe(message.error());
    auto const found = strict(*message);
    EXPECT_FALSE(found) << describe(*found) << "\n" << octets;
  }
  for (auto const body : hard_bodies) {
    auto const message = Message::parse(send_of(body));
    ASSERT_TRUE(message) << describe(message.error());
    EXPECT_FALSE(strict(*message)) << printable(body);
  }
}

/// One defect in an otherwise good message: `from` becomes `to`.
struct Defect {
  std::string_view message;
  std::string_view from;
  std::string_view to;
  std::string_view at;  ///< what stands at the offset of the error in the changed message
  std::string_view rule;
};

TEST(MsrpStrict, FindsOneDefectInAReceivedMessage) {
  constexpr Defect all[] = {
      {send, "To-Path", "X-Path", "X-Path", "To-Path"},
      {bodiless, "From-Path", "X-Path", "X-Path", "From-Path"},
      {send, "Message-ID", "To-Path: msrp://a:1;tcp\r\nMessage-ID", "To-Path: msrp://a:", "To-Path"},
      {send, "Message-ID: 87652491\r\n", "", "\r\nHello", "Message-ID"},
      {send, ": 87652491", ":87652491", ":87652491", "header"},
      {send, "Message-ID", "Message ID", "Message ID", "hname"},
      {send, "87652491", "8765\t2\x01", "\x01", "utf8text"},
      {send, "/s111271;tcp", "/s111271", "\r\nFrom", "transport"},
      {send, "1-5/5", "9-5/5", "5/5", "range-end"},
      {send, "Byte-Range: 1-5/5", "Failure-Report: maybe", "maybe", "Failure-Report"},
      {send, "Byte-Range: 1-5/5", "Success-Report: partial", "partial", "Success-Report"},
      {send, "text/plain", "text/plain\r\nX: y", "Content-Type", "Content-Type"},
      {send, "Content-Type", "Content-Kind", "\r\nHello", "Content-Type"},
      {bodiless, "keep0001", "keep0001\r\nContent-Type: text/plain", "Content-Type", "Content-Type"},
      {bodiless, "keep0001", "keep0001\r\nContent-ID: <a@b>", "Content-ID", "Other-Mime-header"},
      {report, "Status: 000 200 OK\r\n", "", "-------", "Status"},
      {report, "000 200", "999 abc", "999 abc", "namespace"},
      {report, "Byte-Range: 1-5/5\r\n", "", "-------", "Byte-Range"},
      {ok, "wow$", "wow+", "+\r\n", "continuation-flag"},
      {ok, "-------", "Content-Type: text/plain\r\n\r\nbody\r\n-------", "\r\nbody", "msrp-response"},
  };
  for (auto const& [good, from, to, at, rule] : all) {
    std::string octets(good);
    octets.replace(octets.find(from), from.size(), to);
    auto const message = Message::parse(octets);
    ASSERT_TRUE(message) << describe(message.error()) << "\n" << printable(octets);
    auto const found = strict(*message);
    ASSERT_TRUE(found) << printable(octets);
    EXPECT_EQ(found->rule, rule) << printable(octets);
    EXPECT_TRUE(std::string_view(octets).substr(found->offset).starts_with(at)) << describe(*found) << "\n"
                                                                                << printable(octets);
  }
}

TEST(MsrpStrict, WantsTransactionIdsOfFourToThirtyTwo) {
  for (auto const& [id, is_good] : {std::pair{std::string("abc"), false},
                                    {"abcd", true},
                                    {"-abcd", false},
                                    {std::string(32, 'a'), true},
                                    {std::string(33, 'a'), false}}) {
    auto const message = Message::parse(send_of("Hello", id));
    ASSERT_TRUE(message) << id;
    auto const found = strict(*message);
    EXPECT_EQ(!found, is_good) << id;
    if (found) EXPECT_EQ(found->rule, "transact-id");
  }
}

static Message made(std::string_view body) {
  return Message::request("abcd", "SEND")
      .add("To-Path", "msrp://a:1/s;tcp")
      .add("From-Path", "msrp://b:2/t;tcp")
      .add("Message-ID", "87652491")
      .add("Content-Type", "text/plain")
      .set_body(body);
}

TEST(MsrpStrict, FindsAnEndLineInTheBody) {
  EXPECT_FALSE(strict(made("-------abcd")));
  EXPECT_FALSE(strict(made("-------abcd$x")));
  for (std::string_view const body :
       {"-------abcd$", "a\r\n-------abcd$", "a\r\n-------abcd+\r\nb", "-------abcd#\r\nb"}) {
    auto const found = strict(made(body));
    ASSERT_TRUE(found) << printable(body);
    EXPECT_EQ(found->rule, "end-line") << printable(body);
  }
}

TEST(MsrpStrict, FindsWhatCannotBeFramed) {
  EXPECT_EQ(strict(made("x").set_flag('%'))->rule, "end-line");
  EXPECT_EQ(strict(Message::request("abcd", "send"))->rule, "method");
  EXPECT_EQ(strict(Message::request("ab cd", "SEND"))->rule, "method");
  EXPECT_EQ(strict(Message::response("abcd", 2000))->rule, "status-code");
  EXPECT_EQ(strict(Message::request("abcd", "AUTH"))->rule, "To-Path");
}

}  // namespace tollgate::msrp
