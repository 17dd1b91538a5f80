#include "codec/sip/response.hpp"

#include <gtest/gtest.h>

namespace tollgate::sip {
namespace {

constexpr std::string_view options =
    "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h1;branch=z9hG4bK1\r\nv: SIP/2.0/TCP h2;branch=z9hG4bK2\r\n"
    "Record-Route: <sip:p;lr>\r\nf: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: x\r\nCSeq: 7 OPTIONS\r\n\r\n";

TEST(ResponseTo, MirrorsWhatRfc3261Wants) {
  auto const response = response_to(*Message::parse(options), 200, "mine");
  EXPECT_EQ(response.write(),
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h1;branch=z9hG4bK1\r\nVia: SIP/2.0/TCP h2;branch=z9hG4bK2\r\n"
            "Record-Route: <sip:p;lr>\r\nFrom: <sip:c@d>;tag=1\r\nTo: <sip:a@b>;tag=mine\r\nCall-ID: x\r\n"
            "CSeq: 7 OPTIONS\r\n\r\n");
}

TEST(ResponseTo, LeavesATagThatIsThereAndGivesA100None) {
  auto request = *Message::parse(options);
  EXPECT_EQ(response_to(request, 100, "").value(Name::to), "<sip:a@b>");
  request.set(Name::to, "<sip:a@b>;tag=theirs");
  EXPECT_EQ(response_to(request, 481, "mine").value(Name::to), "<sip:a@b>;tag=theirs");
}

TEST(ReasonPhrase, IsTheStandardsOrNamesTheStatus) {
  EXPECT_EQ(reason_phrase(486), "Busy Here");
  EXPECT_EQ(reason_phrase(299), "Status 299");
}

}  // namespace
}  // namespace tollgate::sip
