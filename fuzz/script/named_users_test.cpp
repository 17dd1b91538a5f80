#include "fuzz/script/named_users.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(NamedUsers, AreThoseOfThePatternWhateverStandsBehind) {
  EXPECT_THAT(named_users("sip:user{n}@ims.example", "MESSAGE sip:user17@ims.example SIP/2.0\r\nTo: <sip:user1>, <sip:user17@x>\r\n"),
              ElementsAre(17, 1));
  EXPECT_THAT(named_users("sip:user{n}@ims.example", "To: <sip:user@ims.example>, <sip:user99999999999@ims.example>, user"), IsEmpty());
}

TEST(NamedUsers, OfBareNumbersStandBeforeTheirDomain) {
  EXPECT_THAT(named_users("sip:{n}@ims.example", "CSeq: 7 MESSAGE\r\nTo: <sip:0042@ims.example>\r\n"), ElementsAre(42));
  EXPECT_THAT(named_users("sip:{n}", "CSeq: 7 MESSAGE\r\nTo: <sip:42>\r\nFrom: <sip:43@h>"), ElementsAre(42, 43));
  EXPECT_THAT(named_users("sip:{n}@ims.example", "To: <sip:1042@ims.example>"), ElementsAre(1042));
  EXPECT_THAT(named_users("sip:alice@ims.example", "To: <sip:alice@ims.example>"), IsEmpty());
}

}  // namespace
}  // namespace tollgate::fuzz
