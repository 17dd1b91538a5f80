#include "runner/scenario/preloaded.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

bool fits(std::string const& steps) {
  auto const read = read_scenario("t.xml", "<scenario id=\"T-01\" clause=\"c\" strength=\"shall\" kind=\"live\"><purpose>p.</purpose>" +
                                               steps + "<expect by=\"alice\" message=\"INVITE\"/></scenario>");
  EXPECT_TRUE(read.has_value()) << read.error().text();
  return read && fits_preloaded(*read);
}

TEST(Preloaded, OneMessageForEachClientThatRegisters) {
  EXPECT_TRUE(fits(R"(<given state="invited"/>)"));
  EXPECT_TRUE(fits(R"(<given state="stored"/><send by="alice" message="REGISTER"/>)"));
  EXPECT_TRUE(fits(R"(<deposit to="alice">message 1</deposit><given state="invited"/><given state="invited" for="carol"/>)"));
  EXPECT_TRUE(fits(R"(<given state="invited"/><send by="alice" message="REGISTER"/>)")) << "it lies there before she registers";
}

TEST(Preloaded, NoOtherMessagesAndNoneToo) {
  EXPECT_FALSE(fits(R"(<given state="invited" messages="2"/>)"));
  EXPECT_FALSE(fits(R"(<given state="registered"/>)")) << "there is one";
  EXPECT_FALSE(fits(R"(<send by="alice" message="REGISTER"/>)"));
  EXPECT_FALSE(fits(R"(<deposit to="alice">hello</deposit><given state="invited"/>)"));
  EXPECT_FALSE(fits(R"(<deposit to="alice" octets="5000"/><given state="invited"/>)"));
  EXPECT_FALSE(fits(R"(<deposit to="alice" type="text/html">message 1</deposit><given state="invited"/>)"));
  EXPECT_FALSE(fits(R"(<given state="invited"/><deposit to="alice">message 1</deposit>)")) << "another one";
  EXPECT_FALSE(fits(R"(<client name="alice" user="nobody{n}"/><given state="invited"/>)"));
}

}  // namespace
}  // namespace tollgate
