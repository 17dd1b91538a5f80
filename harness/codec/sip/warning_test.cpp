#include "codec/sip/warning.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipWarning, ReadsAList) {
  auto message = Message::response(488, "x");
  message.add(Name::warning, "307 isi.edu:5060 \"Session parameter 'foo', not understood\", 301 me \"\"");
  auto const read = warnings(message);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].code, 307U);
  EXPECT_EQ((*read)[0].agent, "isi.edu:5060");
  EXPECT_EQ((*read)[0].text, "Session parameter 'foo', not understood");
  EXPECT_EQ((*read)[1].text, "");
}

TEST(SipWarning, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"", 0, "warn-code"},        {"1812 a \"b\"", 0, "warn-code"},   {"399", 3, "warn-agent"},      {"399 a", 5, "warn-text"},
      {"399 a b", 6, "warn-text"}, {"399 a@b \"c\"", 4, "warn-agent"}, {"399 a \"b", 6, "warn-text"}, {"399 a \"b\" c", 6, "warn-text"},
  };
  expect_refused(all, parse_warning);
}

}  // namespace tollgate::sip
