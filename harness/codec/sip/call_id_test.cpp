#include "codec/sip/call_id.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

static Message with(Name name, std::string_view value) {
  auto message = Message::request("X", "a");
  message.add(name, value);
  return message;
}

TEST(SipCallId, ReadsCallId) {
  for (std::string_view const good : {"a", "a@b", "f81d4fae-7dec@[::1]", "w(x)<y>:\\\"/?{}"}) {
    auto const message = with(Name::call_id, good);
    auto const read = call_id(message);
    ASSERT_TRUE(read) << good << describe(read.error());
    EXPECT_EQ(*read, good);
  }
}

TEST(SipCallId, RefusesOtherCallIds) {
  constexpr RefusedText all[] = {
      {"", 0, "word"}, {"@b", 0, "word"}, {"a@", 2, "word"}, {"a@b@c", 3, "word"}, {"a b", 1, "word"}, {"a,b", 1, "word"},
  };
  for (auto const& row : all) {
    auto const message = with(Name::call_id, row.text);
    RefusedText const one[] = {row};
    expect_refused(one, [&](std::string_view) { return call_id(message); });
  }
}

TEST(SipCallId, ReadsInReplyTo) {
  auto const message = with(Name::in_reply_to, "70710@saturn.bell-tel.com, 17320@saturn.bell-tel.com");
  auto const read = in_reply_to(message);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->size(), 2U);
  auto const odd = with(Name::in_reply_to, "a<b@c ,\r\n d\"e>");
  ASSERT_TRUE(in_reply_to(odd));
  EXPECT_EQ(*in_reply_to(odd), (std::vector<std::string_view>{"a<b@c", "d\"e>"}));
  constexpr RefusedText all[] = {{"", 0, "word"}, {"a,,b", 2, "word"}, {"a, b c", 4, "word"}, {"a,", 2, "word"}};
  expect_refused(all, parse_in_reply_to);
}

}  // namespace tollgate::sip
