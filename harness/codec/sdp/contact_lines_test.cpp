#include "codec/sdp/contact_lines.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sdp {

TEST(SdpContactLines, ReadsEmailAddresses) {
  for (std::string_view const good : {"j.doe@example.com", "j.doe@example.com (Jane Doe)", "Jane Doe <j.doe@example.com>",
                                      "\xc3\xa9 <a@[192.0.2.1]>", "\"a b\"@example.com"})
    EXPECT_TRUE(parse_email({good, 0})) << good;
  for (std::string_view const bad :
       {"", "notanaddress", "@b", "a@", "a@b(c)", "a@b ()", "a@b (c", "Jane<a@b>", " <a@b>", "a..b@c", "a b@c"}) {
    auto const read = parse_email({bad, 7});
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().offset, 7U);
    EXPECT_EQ(read.error().rule, "email-address");
  }
}

TEST(SdpContactLines, ReadsPhoneNumbers) {
  for (std::string_view const good :
       {"+1 617 555-6011", "617 5556011", "6175556011 (Jane Doe)", "6175556011(x)", "Jane Doe <+1-617>", "x<12>"})
    EXPECT_TRUE(parse_phone({good, 0})) << good;
  for (std::string_view const bad : {"", "1", "+", "-12", "(617) 555", "x", "12 ()", "<12>", "x <12"}) {
    auto const read = parse_phone({bad, 7});
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().rule, "phone-number");
  }
}

TEST(SdpContactLines, ReadsUris) {
  for (std::string_view const good : {"http://www.example.com/a?b=%20#c", "http://[2001:db8::1]/", "relative", ""})
    EXPECT_TRUE(parse_uri_line({good, 0})) << good;
  constexpr RefusedText all[] = {{"not a uri", 3, "uri"}, {"a%2", 1, "uri"}, {"a%zz", 1, "uri"}, {"<a>", 0, "uri"}, {"\xc3\xa9", 0, "uri"}};
  expect_refused(all, [](std::string_view text) { return parse_uri_line({text, 0}); });
}

}  // namespace tollgate::sdp
