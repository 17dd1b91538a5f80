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

TEST(LadderSvg, LeavesOutWhatNobodyWouldReadButNoWitness) {
  trace::Trace trace;
  for (int i = 0; i < 1000; ++i) trace.record({.actor = "alice", .octets = "x"});
  std::vector<trace::EventId> const proof{3, 990};
  auto const svg = ladder_svg(trace, "", proof);
  EXPECT_EQ(elements(svg, "//path[@class='tip']"), 200U);
  EXPECT_EQ(elements(svg, "//rect[@class='back']"), 2U);
  EXPECT_EQ(elements(svg, "//g[@class='message sip witness']"), 1U) << "what broke the rule";
  EXPECT_EQ(elements(svg, "//g[@class='message sip witness cause']"), 1U);
  EXPECT_THAT(svg, HasSubstr("⋮ 800 events left out: see the trace"));
  EXPECT_THAT(ladder_svg({}, ""), HasSubstr("IM Server")) << "an empty trace";
}

/// Whoever opens a picture of thousands of users finds it as wide as a few, and hears how many are missing.
TEST(LadderSvg, OfACrowdHasAsManyLanesAsOneCanRead) {
  trace::Trace trace;
  for (int i = 0; i < 13'000; ++i) trace.record({.actor = "user" + std::to_string(i % 700), .octets = "x"});
  auto const svg = ladder_svg(trace, "");
  EXPECT_EQ(elements(svg, "//line[@class='life']"), 16U) << "15 users and the IM Server";
  EXPECT_EQ(elements(svg, "/svg[@width < 4000 and @height < 15000]"), 1U) << svg.substr(0, 200);
  EXPECT_THAT(svg, HasSubstr(">16 of 701 lanes</text>"));
  EXPECT_THAT(svg, HasSubstr(">200 of 13000 events</text>"));
}

/// The page keeps them in view.
TEST(LadderSvg, OfAPageHasItsHeadsByThemselvesInABoxThatScrolls) {
  auto const trace = trace::twelve_steps();
  auto const ladder = trace::ladder(trace);
  auto const html = inline_ladder_svg(trace, ladder, ladder_window(ladder, {}, {.rows = 150, .lanes = 8}));
  EXPECT_EQ(elements(html, "/div[@class='ladder lanes']/svg[@class='heads']//rect[@class='box']"), 4U);
  EXPECT_EQ(elements(html, "/div/svg[@class='ladder']//rect[@class='box']"), 0U);
  EXPECT_EQ(elements(html, "/div/svg[@class='times']/g[@data-at]/text[@class='ms']"), ladder.rows.size());
  EXPECT_EQ(elements(html, "/div/svg[@class='ladder']//text[@class='ms']"), 0U);
  EXPECT_EQ(elements(html, "/p[@class='ladder key']/span"), 4U) << "its legend breaks its lines by itself";
}

/// Every text of a picture of two lanes: where it ends, in a font whose characters are as wide as the fonts of its style.
TEST(LadderSvg, CutsNoTextOfANarrowPicture) {
  trace::Trace trace;
  auto const first = trace.record({.actor = "alice", .octets = "x"});
  trace.record({.actor = "alice", .octets = "x", .repeats = first});
  trace.record({.kind = trace::Kind::withheld, .actor = "alice", .about = first, .note = "answer to " + std::string(90, 'x')});
  auto const svg =
      ladder_svg(trace, "REG-01  " + std::string(12, 'x') + " a purpose that says at length what a server has to do, and when, and why");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(svg.c_str()));
  auto const width = document.child("svg").attribute("width").as_double();
  std::size_t keys = 0;
  for (auto const& found : document.select_nodes("//text[@class='key' or @class='top' or @class='what right']")) {
    std::string text;
    for (auto const& part : found.node().select_nodes(".//text()")) text += part.node().value();
    std::string_view const look = found.node().attribute("class").value();
    keys += look == "key" ? 1U : 0U;
    double const letter = look == "key" ? 6.63 : look == "top" ? 9.0 : 7.23;
    EXPECT_LE(found.node().attribute("x").as_double() + letter * static_cast<double>(text.size()), width) << text;
  }
  EXPECT_EQ(keys, 2U) << svg;
  EXPECT_EQ(elements(svg, "//text[@class='top']"), 2U);
}

/// Their rows say whose they are.
TEST(LadderSvg, OfThoseWhoDepositHasOneLane) {
  trace::Trace trace;
  for (int i = 0; i < 20; ++i) trace.record({.actor = "bob/" + std::to_string(i), .octets = "x"});
  for (int i = 0; i < 20; ++i) trace.record({.actor = "alice", .octets = "x"});
  auto const svg = ladder_svg(trace, "");
  EXPECT_EQ(elements(svg, "//line[@class='life']"), 3U);
  EXPECT_THAT(svg, HasSubstr(">bob +19</text>"));
  EXPECT_THAT(svg, HasSubstr(">bob/7: "));
}

/// What is withheld into the rows that are left out is shaded up to where they would be.
TEST(LadderSvg, ShadesWhatIsWithheldInAGap) {
  auto const trace = trace::twelve_steps();
  auto const ladder = trace::ladder(trace);
  std::vector<trace::EventId> const proof{5};  // the request that is withheld from row 5 on
  auto const svg = inline_ladder_svg(trace, ladder, ladder_window(ladder, proof, {.rows = 5, .lanes = 8}), proof);
  EXPECT_EQ(elements(svg, "//rect[@class='hold' and @height > 0]"), 1U);
  EXPECT_EQ(elements(svg, "//g[@data-event]"), 5U);
  EXPECT_EQ(elements(inline_ladder_svg(trace, ladder, ladder_window(ladder, {}, {.rows = 1, .lanes = 8}), {}), "//rect[@class='hold']"), 0U)
      << "all of it lies in what is left out";
}

}  // namespace
}  // namespace tollgate::reports
