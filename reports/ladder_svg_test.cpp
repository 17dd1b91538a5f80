#include "reports/ladder_svg.hpp"

#include <gmock/gmock.h>
#include <pugixml.hpp>

#include "trace/twelve_steps_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t elements(std::string const& svg, char const* path) {
  pugi::xml_document document;
  auto const parsed = document.load_string(svg.c_str());
  EXPECT_TRUE(parsed) << parsed.description() << " at " << parsed.offset;
  return document.select_nodes(path).size();
}

TEST(LadderSvg, HasAnArrowForEveryMessageAndMarksWitnesses) {
  auto const svg = ladder_svg(trace::twelve_steps(), "ORD-03 <no INVITE>", std::vector<trace::EventId>{5, 10});
  EXPECT_EQ(elements(svg, "//path[@class='tip']"), 16U);
  EXPECT_EQ(elements(svg, "//g[contains(@class,'message') and contains(@class,'witness')]"), 2U);
  EXPECT_EQ(elements(svg, "//rect[@class='hold']"), 1U);
  EXPECT_EQ(elements(svg, "//circle[@class='badge']"), 12U);
  EXPECT_EQ(elements(svg, "//g[contains(@class,'again')]"), 1U);
  EXPECT_THAT(svg, HasSubstr("ORD-03 &lt;no INVITE&gt;"));
  EXPECT_THAT(svg, HasSubstr("prefers-color-scheme:dark"));
}

TEST(LadderSvg, StandsAloneAndLetsNothingHostileThrough) {
  trace::Trace trace;
  trace.record({.kind = trace::Kind::closed, .actor = "<script>", .note = "\"><script>alert(1)</script>\x01\xff"});
  trace.record({.actor = "a", .octets = "</title><script>\x1b"});
  auto const svg = ladder_svg(trace, "</title><script>");
  EXPECT_EQ(elements(svg, "//script"), 0U);
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_THAT(svg, HasSubstr("\\x01\\xff"));
  EXPECT_THAT(svg, Not(HasSubstr("href")));
  EXPECT_THAT(svg, Not(HasSubstr("url(")));
}

TEST(LadderSvg, LeavesOutWhatNobodyWouldRead) {
  trace::Trace trace;
  for (int i = 0; i < 1000; ++i) trace.record({.actor = "alice", .octets = "x"});
  auto const svg = ladder_svg(trace, "");
  EXPECT_EQ(elements(svg, "//path[@class='tip']"), 600U);
  EXPECT_THAT(svg, HasSubstr("400 more events in the trace"));
  EXPECT_THAT(inline_ladder_svg({}, trace::ladder({})), HasSubstr("IM Server")) << "an empty trace";
}

}  // namespace
}  // namespace tollgate::reports
