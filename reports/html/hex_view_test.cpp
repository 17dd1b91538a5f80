#include "reports/html/hex_view.hpp"

#include <gmock/gmock.h>

namespace tollgate::reports {
namespace {

using testing::HasSubstr;

TEST(HexView, HasSixteenOctetsALineWithTheirLetters) {
  EXPECT_EQ(hex_view(std::string_view("\x01\x00<ims.example>.", 16), {}),
            "0000  01 00 3c 69 6d 73 2e 65 78 61 6d 70 6c 65 3e 2e  ..&lt;ims.example&gt;.\n");
  EXPECT_EQ(hex_view(std::string(17, 'a'), {}).substr(72), "0010  61                                               a\n");
}

TEST(HexView, MarksWhatDeviates) {
  std::vector<Diagnostic> const found{{.offset = 1, .size = 2, .rule = "AVP Length", .clause = "RFC 6733 4.1"},
                                      {.offset = 4, .size = 0, .rule = "CC-Time", .clause = "RFC 8506 8.21"},
                                      {.offset = 15, .size = 2, .rule = "Flags", .clause = "RFC 6733 3"}};
  auto const view = hex_view(std::string(18, 'a'), found);
  EXPECT_THAT(
      view,
      HasSubstr(R"(0000  61 <mark title="AVP Length, RFC 6733 4.1">61 61</mark> 61 <mark title="CC-Time, RFC 8506 8.21">‸61</mark> 61)"));
  EXPECT_THAT(view, HasSubstr(R"(<mark title="Flags, RFC 6733 3">61</mark>  aaaaaaaaaaaaaaaa)"));
  EXPECT_THAT(view, HasSubstr(R"(0010  <mark title="Flags, RFC 6733 3">61</mark> 61)"));
}

TEST(HexView, SaysWhatItLeavesOutAndWhatIsAbsentAtTheEnd) {
  EXPECT_THAT(hex_view(std::string(1030, 'a'), {}), HasSubstr("[6 more octets: see the trace]"));
  std::vector<Diagnostic> const found{{.offset = 2, .size = 0, .rule = "Session-Id", .clause = "RFC 6733 8.8"}};
  EXPECT_THAT(hex_view("ab", found), HasSubstr(R"(<mark title="Session-Id, RFC 6733 8.8">‸</mark> something is absent)"));
}

}  // namespace
}  // namespace tollgate::reports
