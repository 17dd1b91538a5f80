#include "codec/sdp/description.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace tollgate::sdp {

constexpr std::string_view full =
    "v=0\r\no=- 1 2 IN IP4 h\r\ns= \r\ni=info\r\nu=http://x\r\ne=a\r\ne=b\r\np=1\r\np=2\r\nc=IN IP4 h\r\nb=AS:1\r\n"
    "b=CT:2\r\nt=0 0\r\nt=1 2\r\nr=7d 1h 0\r\nr=1d 1h 0\r\nz=1 -1h\r\nt=3 4\r\nk=prompt\r\na=x\r\na=unknown:y\r\n"
    "m=audio 1 RTP/AVP 0\r\ni=i\r\nc=IN IP4 a\r\nc=IN IP4 b\r\nb=AS:1\r\nk=prompt\r\na=x\r\na=y:=z\r\n"
    "m=message 0 TCP/MSRP *\r\nm=message 0 TCP/MSRP *\r\na=\r\n";

TEST(SdpDescription, WritesBackEveryOctet) {
  constexpr std::string_view all[] = {
      full,
      "v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\n",
      "v=0\r\no=- 1 2 IN IP4 h\ns=-\r\nt=0 0",
  };
  for (auto const text : all) {
    auto const read = Description::parse(text);
    ASSERT_TRUE(read) << printable(text) << describe(read.error());
    EXPECT_EQ(read->write(), text);
  }
}

TEST(SdpDescription, KeepsEachLineWithItsEnd) {
  auto const read = Description::parse("v=0\no=- 1 2 IN IP4 h\r\ns=a=b\nt=0 0\na=x");
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->lines.size(), 5U);
  EXPECT_EQ(read->lines[0].end, "\n");
  EXPECT_EQ(read->lines[1].end, "\r\n");
  EXPECT_EQ(read->lines[2].type, 's');
  EXPECT_EQ(read->lines[2].value, "a=b");
  EXPECT_EQ(read->lines[4].end, "");
}

namespace {
struct Refused {
  std::string_view text;
  std::size_t offset;
  std::string_view rule;
};
}  // namespace

TEST(SdpDescription, RefusesTheRest) {
  constexpr Refused all[] = {
      {"", 0, "v"},
      {"o=- 1 2 IN IP4 h\n", 0, "v"},
      {"v=0\n", 4, "o"},
      {"v=0\ns=-\n", 4, "o"},
      {"v=0\nv=0\n", 4, "order"},
      {"v=1\n", 2, "proto-version"},
      {"v=00\n", 2, "proto-version"},
      {"v=0 \n", 2, "proto-version"},
      {"v=0\no=- 1 2 IN IP4\n", 6, "origin-field"},
      {"v=0\no=- 1 2 IN IP4 h x\n", 6, "origin-field"},
      {"v=0\no=- 1  IN IP4 h\n", 10, "origin-field"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\na=x\n", 25, "t"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nm=x\n", 25, "t"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\n", 25, "t"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nu=x\ni=x\n", 29, "order"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\ni=x\ni=x\n", 29, "order"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\nc=x\n", 31, "order"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\na=x\nk=x\n", 35, "order"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\na=x\nt=1 1\n", 35, "order"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\nz=x\nr=x\n", 35, "order"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\nm=x\na=x\nc=x\n", 39, "order"},
      {"v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\nm=x\nt=x\n", 35, "type"},
      {"v=0\nx=1\n", 4, "type"},
      {"v=0\n\n", 4, "type"},
      {"v=0\n o=x\n", 4, "type"},
      {"V=0\n", 0, "type"},
      {"v =0\n", 1, "type"},
      {"v", 1, "type"},
      {"v=0\r", 3, "byte-string"},
      {{"v=0\no=\0", 7}, 6, "byte-string"},
  };
  for (auto const& refused : all) {
    auto const read = Description::parse(refused.text);
    ASSERT_FALSE(read) << printable(refused.text);
    EXPECT_EQ(read.error().what, What::invalid);
    EXPECT_EQ(read.error().offset, refused.offset) << printable(refused.text) << describe(read.error());
    EXPECT_EQ(read.error().rule, refused.rule) << printable(refused.text);
    EXPECT_FALSE(read.error().clause.empty());
  }
}

TEST(SdpDescription, IsBounded) {
  std::string text = "v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\n";
  for (int i = 4; i < 1024; ++i) text += "a=x\n";
  EXPECT_TRUE(Description::parse(text));
  auto const read = Description::parse(text + "a=x\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().what, What::limit);
  EXPECT_EQ(read.error().offset, text.size());
}

}  // namespace tollgate::sdp
