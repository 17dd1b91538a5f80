#include "codec/sip/qualified.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipQualified, ReadsAToken) {
  auto message = Message::request("X", "a");
  message.add(Name::content_disposition, "session ;handling=optional").add(Name::accept_language, "da, en-gb;q=0.8");
  EXPECT_EQ(content_disposition(message)->value, "session");
  EXPECT_EQ(content_disposition(message)->parameters.find("handling"), "optional");
  auto const languages = qualified(message, Name::accept_language);
  ASSERT_TRUE(languages) << describe(languages.error());
  ASSERT_EQ(languages->size(), 2U);
  EXPECT_EQ((*languages)[1].value, "en-gb");
  constexpr RefusedText all[] = {{"", 0, "token"}, {"a b", 2, "SEMI"}, {";a", 0, "token"}};
  expect_refused(all, parse_qualified);
}

TEST(SipQualified, ReadsReasons) {
  auto message = Message::request("X", "a");
  message.add(Name::reason, "SIP;cause=200;text=\"Call completed elsewhere\", Q.850;cause=16");
  auto const read = reasons(message);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].text, "Call completed elsewhere");
  EXPECT_EQ((*read)[1].protocol, "Q.850");
  EXPECT_EQ((*read)[1].cause, 16U);
  constexpr RefusedText all[] = {{"SIP;cause=x", 4, "cause"}, {"SIP;text=a", 4, "reason-text"}};
  expect_refused(all, parse_reason);
}

TEST(SipQualified, ReadsSessionExpires) {
  auto message = Message::request("X", "a");
  message.add("x", "4000;Refresher=UAC").add(Name::min_se, "90");
  EXPECT_EQ(session_expires(message)->seconds, 4000U);
  EXPECT_EQ(session_expires(message)->refresher, "UAC");
  EXPECT_EQ(min_se(message)->seconds, 90U);
  constexpr RefusedText all[] = {
      {"-1", 0, "delta-seconds"}, {"90;a=b;refresher=me", 17, "refresher-param"}, {"90;a;refresher", 2, "refresher-param"}};
  expect_refused(all, parse_session_expires);
}

}  // namespace tollgate::sip
