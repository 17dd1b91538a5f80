#include "codec/sdp/index.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "codec/sdp/description.hpp"

namespace tollgate::sdp {

constexpr std::string_view text =
    "v=0\r\no=- 1 2 IN IP4 h\ns=a\r\nt=0 0\r\nr=1 2 3\r\nz=0 0\r\na=x:y\r\nm=audio 1 RTP/AVP 0\r\nb=AS:1\r\n"
    "m=message 9 TCP/MSRP *\r\na=\r\na=path:msrp://h:1/s;tcp";

/// Index and Description find the same, or refuse for the same reason.
static void expect_agreement(std::string_view octets) {
  auto const index = Index::parse(octets);
  auto const held = Description::parse(octets);
  ASSERT_EQ(index.has_value(), held.has_value()) << printable(octets);
  if (!index) {
    EXPECT_EQ(describe(index.error()), describe(held.error())) << printable(octets);
    return;
  }
  ASSERT_EQ(index->size(), held->lines.size());
  for (std::size_t i = 0; i < index->size(); ++i) {
    auto const line = index->line(i);
    EXPECT_EQ(line.type, held->lines[i].type);
    EXPECT_EQ(line.value.text, held->lines[i].value);
    EXPECT_EQ(line.end, held->lines[i].end);
    EXPECT_EQ(octets.substr(line.value.offset, line.value.text.size()), line.value.text);
  }
  EXPECT_EQ(held->write(), octets);
}

TEST(SdpIndex, AgreesWithDescription) {
  ASSERT_TRUE(Index::parse(text)) << describe(Index::parse(text).error());
  expect_agreement(text);
  for (std::size_t i = 0; i < text.size(); ++i) expect_agreement(std::string(text).erase(i, 1));
  for (std::size_t i = 0; i < text.size(); ++i)
    for (char const c : std::string_view("\0\r\n =", 5)) {
      std::string changed(text);
      changed[i] = c;
      expect_agreement(changed);
    }
}

TEST(SdpIndex, HoldsSoManyLinesAndNoMore) {
  std::string many = "v=0\no=- 1 2 IN IP4 h\ns=-\nt=0 0\n";
  for (std::size_t i = 4; i < Index::lines_max; ++i) many += "a=x\n";
  EXPECT_TRUE(Index::parse(many));
  auto const more = Index::parse(many + "a=x\n");
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().what, What::limit);
  EXPECT_EQ(more.error().offset, many.size());
}

}  // namespace tollgate::sdp
