#include "runner/left_behind.hpp"

#include <gtest/gtest.h>

#include "rules/one_line_trace_test.hpp"

namespace tollgate {
namespace {

LeftBehind after(std::string const& line, std::size_t stored = 1) {
  return left_behind(rules::OneLineTrace(line), "sip:u@x", stored);
}
std::string const delivered = "register registered reserve grant invite ok send:1 200:1 debit answer:2001 bye";

TEST(LeftBehind, NothingOfWhoOnlyStores) {
  EXPECT_FALSE(after("store", 0).binding);
  EXPECT_FALSE(after("store", 0).more);
}

TEST(LeftBehind, ABindingOfWhoHasRegistered) {
  EXPECT_TRUE(after(delivered).binding);
  EXPECT_FALSE(after(delivered).more);
}

TEST(LeftBehind, MessagesThatAreNotConfirmed) {
  EXPECT_TRUE(after("register registered reserve grant invite busy close").more);
  EXPECT_TRUE(after("register registered reserve grant invite ok send:1 413:1 debit answer:2001 bye").more);
  EXPECT_TRUE(after("register registered reserve grant invite ok send:1+ 200:1+ bye").more) << "only a chunk of it";
  EXPECT_TRUE(after(delivered, 2).more);
  EXPECT_TRUE(after("register registered reserve grant invite ok send:1 +30 200:1 debit answer:2001 bye").more) << "too late";
  EXPECT_TRUE(after("register registered reserve grant invite ok send:1 200:1 +30 debit answer:2001 bye").more) << "it was none";
}

TEST(LeftBehind, WhatACreditAnswerMayHaveTaught) {
  EXPECT_TRUE(after("register registered reserve deny", 0).more);
  EXPECT_TRUE(after("register registered reserve continue invite ok send:1 200:1 debit answer:2001 bye").more);
  EXPECT_TRUE(after("register registered reserve grant invite ok send:1 200:1 debit answer:5031 bye").more);
}

}  // namespace
}  // namespace tollgate
