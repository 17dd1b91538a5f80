#include "codec/media_type.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate {

TEST(MediaType, ReadsTypeAndParameters) {
  auto const type = parse_media_type("text/Plain; charset=utf-8;x=\"a;\\\"b\";flag");
  ASSERT_TRUE(type) << describe(type.error());
  EXPECT_TRUE(type->is("TEXT/plain"));
  EXPECT_TRUE(type->is("text/*"));
  EXPECT_TRUE(type->is("*"));
  EXPECT_FALSE(type->is("text"));
  EXPECT_FALSE(type->is("*/plain"));
  EXPECT_EQ(type->at("Charset"), "utf-8");
  EXPECT_EQ(type->at("x"), "a;\\\"b");
  EXPECT_EQ(type->at("flag"), "");
  EXPECT_EQ(type->at("y"), std::nullopt);
}

TEST(MediaType, RefusesWithOffsetAndRule) {
  constexpr RefusedText all[] = {{"", 0, "type"},
                                 {"/plain", 0, "type"},
                                 {"text", 4, "media-type"},
                                 {"text/", 5, "subtype"},
                                 {"text/plain x", 10, "gen-param"},
                                 {"text/plain;", 11, "pname"},
                                 {"text/plain;a=", 13, "pval"},
                                 {"text/plain;a=\"b", 13, "pval"},
                                 {"text/plain;a=b c", 14, "gen-param"}};
  expect_refused(all, parse_media_type);
}

TEST(Disposition, ReadsAFileName) {
  auto const disposition = parse_disposition("attachment; filename=\"a b.txt\"; size=12");
  ASSERT_TRUE(disposition);
  EXPECT_EQ(disposition->type, "attachment");
  EXPECT_EQ(disposition->parameters[0].value, "a b.txt");
  EXPECT_EQ(parse_disposition(";x").error().rule, "disposition-type");
}

}  // namespace tollgate
