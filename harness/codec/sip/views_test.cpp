#include "codec/sip/views.hpp"

#include <gtest/gtest.h>

#include "codec/sip/index.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/samples_test.hpp"

namespace tollgate::sip {

TEST(SipViews, SayWhatIsMissing) {
  auto const message = Message::request("X", "a");
  EXPECT_EQ(cseq(message).error().rule, "CSeq");
  EXPECT_EQ(call_id(message).error().rule, "Call-ID");
  EXPECT_EQ(content_length(message).error().rule, "Content-Length");
  EXPECT_EQ(expires(message).error().rule, "Expires");
  EXPECT_EQ(max_forwards(message).error().rule, "Max-Forwards");
}

TEST(SipViews, ReadAnIndexAsTheyReadAMessage) {
  auto const index = Index::parse(invite);
  auto const message = Message::parse(invite);
  ASSERT_TRUE(index);
  ASSERT_TRUE(message);
  EXPECT_EQ(*call_id(*index), *call_id(*message));
  EXPECT_EQ(cseq(*index)->method, cseq(*message)->method);
  EXPECT_EQ(from(*index)->tag(), from(*message)->tag());
  EXPECT_EQ(top_via(*index)->branch(), top_via(*message)->branch());
  EXPECT_EQ(*content_length(*index), *content_length(*message));
}

}  // namespace tollgate::sip
