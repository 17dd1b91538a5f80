// Code, comments and literals are told apart, and offsets and lines survive.
#include "tidy/source.hpp"

#include <gmock/gmock.h>

namespace tollgate::tidy {
namespace {

std::string code_of(std::string text) {
  return Source("harness/base/a.cpp", std::move(text)).code;
}
std::string comments_of(std::string text) {
  return Source("harness/base/a.cpp", std::move(text)).comments;
}

TEST(Source, blanks_comments_and_literals) {
  EXPECT_EQ(code_of("a // b"), "a     ");
  EXPECT_EQ(code_of("a /* { */ b"), "a         b");
  EXPECT_EQ(code_of(R"(f("{\"}", '{', '\'') {)"), "f(      ,    ,     ) {");
  EXPECT_EQ(code_of("x = R\"(a\" // )\" ;"), "x = R           ;");
  EXPECT_EQ(code_of("x = u8R\"d(})\"})d\" }"), "x = u8R           }");
  EXPECT_EQ(comments_of("a // b"), "  // b");
  EXPECT_EQ(comments_of("f(\"// no\") /* yes */"), "           /* yes */");
}

TEST(Source, knows_a_digit_separator_from_a_character) {
  EXPECT_EQ(code_of("1'000'000 {"), "1'000'000 {");
  EXPECT_EQ(code_of("0x'ff '{' u'{' {"), "0x'ff     u    {");
}

TEST(Source, what_is_never_closed_ends_with_the_file_or_the_line) {
  EXPECT_EQ(code_of("/* {"), "    ");
  EXPECT_EQ(code_of("R\"x("), "R   ");
  EXPECT_EQ(code_of("R\""), "R ");
  EXPECT_EQ(code_of("\"a\n{"), "  \n{");
  EXPECT_EQ(code_of("'\\"), "  ");
}

TEST(Source, keeps_lines_in_every_view) {
  Source const source("harness/base/a.cpp", "a\n/* b\nc */ d\nR\"(\n)\" e");
  EXPECT_EQ(source.code.size(), source.text.size());
  EXPECT_EQ(source.comments.size(), source.text.size());
  EXPECT_EQ(source.line_of(0), 1U);
  EXPECT_EQ(source.line_of(source.code.find('d')), 3U);
  EXPECT_EQ(source.line_of(source.code.find('e')), 5U);
  EXPECT_EQ(describe(source.complaint(source.code.find('d'), "no d")), "harness/base/a.cpp:3: no d");
}

TEST(Source, finds_whole_words_only) {
  EXPECT_EQ(find_word("strand(); rand()", "rand"), 10U);
  EXPECT_EQ(find_word("random", "rand"), std::string_view::npos);
  EXPECT_EQ(find_word("std::cout", "std::cout"), 0U);
}

}  // namespace
}  // namespace tollgate::tidy
