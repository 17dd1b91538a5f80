#include "fuzz/script/part.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "fuzz/mutate/raw_avps.hpp"

namespace tollgate::fuzz {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using trace::Channel;

constexpr std::string_view message =
    "MESSAGE sip:a@h SIP/2.0\r\nVia: one,\r\n two\r\nSubject : x\nvia: three\r\nContent-Length: 5\r\n\r\nhello";

TEST(Part, IsAHeaderFieldByItsName) {
  EXPECT_THAT(parts_of(Channel::sip, message), ElementsAre("Via", "Subject", "via", "Content-Length"));
  EXPECT_EQ(without(Channel::sip, message, "Via"), "MESSAGE sip:a@h SIP/2.0\r\nSubject : x\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(without(Channel::sip, message, "To"), message);
}

TEST(Part, OfOctetsLeavesALengthRightThatWasRight) {
  auto const part = [](std::string_view whole) { return fmt::format("{}+3", whole.find("hello")); };
  EXPECT_THAT(without(Channel::sip, message, part(message)), EndsWith("Content-Length: 2\r\n\r\nlo"));
  std::string const wrong = "MESSAGE sip:a@h SIP/2.0\r\nContent-Length: 7\r\n\r\nhello";
  EXPECT_THAT(without(Channel::sip, wrong, part(wrong)), EndsWith("Content-Length: 7\r\n\r\nlo"));
  EXPECT_EQ(without(Channel::sip, message, "4000+3"), message);
}

TEST(Part, OfDiameterIsAnAvpByItsCode) {
  RawMessage const whole{
      .header = std::string(1, '\1') + std::string(19, '\0'),
      .avps = {{.code = 263, .flags = 0x40, .vendor = {}, .data = "s;1"}, {.code = 268, .flags = 0x40, .vendor = {}, .data = "abcd"}}};
  auto const octets = whole.write();
  EXPECT_THAT(parts_of(Channel::ch2, octets), ElementsAre("263", "268"));
  auto const fewer = read_raw_message(without(Channel::ch2, octets, "263"));
  ASSERT_TRUE(fewer);
  ASSERT_EQ(fewer->avps.size(), 1U);
  EXPECT_EQ(fewer->avps.front().code, 268U);
  auto const shorter = without(Channel::ch2, octets, "20+12");
  EXPECT_EQ(from_big_endian(std::string_view(shorter).substr(1, 3)), shorter.size());
  EXPECT_THAT(parts_of(Channel::ch2, octets.substr(0, octets.size() - 1)), IsEmpty()) << "no AVPs one behind the other";
}

TEST(Part, IsAWordOfAChange) {
  for (auto const* word : {"Via", "263", "120+40", "X-Y.z"}) EXPECT_TRUE(is_part(word)) << word;
  for (auto const* word : {"", "a b", "12+", "+3", "3+0", "a:"}) EXPECT_FALSE(is_part(word)) << word;
}

}  // namespace
}  // namespace tollgate::fuzz
