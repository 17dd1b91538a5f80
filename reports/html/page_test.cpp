#include "reports/html/page.hpp"

#include <gmock/gmock.h>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST(Html, HasVerdictTableWitnessesLadderAndCommand) {
  auto const html = html_page(sample_run());
  EXPECT_THAT(html, HasSubstr("5 of 6 cases ran: 1 pass, 1 fail, 1 inconc, 1 error, 1 known, 1 n/a. Exit code 3."));
  EXPECT_THAT(html,
              HasSubstr(R"(<span class="verdict">FAIL</span><span class="mono">ORD-03</span><span class="clause">6.3.2.8 (3-5)</span>)"));
  EXPECT_THAT(html, HasSubstr(R"(data-shows="10">#10</button></td><td class="at">+502.190 ms</td><td>IM Server -&gt; alice</td>)"));
  EXPECT_THAT(html, HasSubstr("<pre>tollgate run ORD-03 --seed 42 --sut acme.toml</pre>"));
  EXPECT_THAT(html, HasSubstr(R"(<a href="tests/ORD-03.pcapng">)"));
  EXPECT_THAT(html, HasSubstr(R"(class="message sip witness")"));
  EXPECT_THAT(html, HasSubstr("profile CR-LIST: this purpose belongs to TWELVE-STEP"));
}

/// What a click on an arrow shows: the octets with what deviates marked, AVPs by name, each deviation with its clause.
TEST(Html, HasTheMessagesBehindTheArrows) {
  auto const html = html_page(sample_run());
  EXPECT_THAT(html, HasSubstr(R"(<g class="message sip witness" data-event="10" tabindex="0" role="button">)"));
  EXPECT_THAT(html, HasSubstr(R"(<section class="octets sip" data-event="10" hidden><h3>#10 INVITE</h3>)"));
  EXPECT_THAT(html, HasSubstr(R"(Message-ID: <mark title="ident, RFC 4975 9">m1</mark>)"));
  EXPECT_THAT(html, HasSubstr("<li><b>must</b> ident, RFC 4975 9: not 4 to 32 ident characters</li>"));
  EXPECT_THAT(html, HasSubstr("    Subscription-Id-Data [444 M] sip:alice@ims.example\n"));
}

/// A run that goes on has its plan, and a place for each verdict.
TEST(Html, OfARunThatGoesOnIsItsPlanAndListens) {
  auto run = sample_run();
  run.cases[0].finished = false;
  auto const parts = page(run, Stage::running);
  EXPECT_THAT(parts.head, HasSubstr("connect-src 'self'"));
  EXPECT_THAT(parts.whole(), HasSubstr(R"(<details class="planned" id="ORD-01")"));
  EXPECT_THAT(parts.whole(), HasSubstr("<h1>the run goes on</h1><p>5 of 6 cases have ended.</p>"));
  EXPECT_THAT(parts.tail, HasSubstr("new WebSocket"));
  EXPECT_THAT(html_page(run), Not(HasSubstr("WebSocket")));
}

TEST(Html, AsksNothingOfAnybody) {
  auto const html = html_page(sample_run());
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  EXPECT_THAT(html, HasSubstr("script-src 'sha256-"));
  for (auto const* outside : {" src=", "url(", "@import", "<link", "<img", "<iframe", " onclick"})
    EXPECT_THAT(html, Not(HasSubstr(outside)));
}

TEST(Html, LetsNothingHostileThrough) {
  auto const html = html_page(hostile_run());
  EXPECT_EQ(count_of(html, "<script>"), 1U) << "its own";
  EXPECT_EQ(count_of(html, "<script"), 1U + count_of(html, R"(<script type="application/x-deflate">)"));
  EXPECT_THAT(html, Not(HasSubstr("\x1b")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\\x1b[2J"));
  EXPECT_EQ(html.find('\0'), std::string::npos);
}

/// RFC 1950 packs what repeats; five hundred cases have to stay below 5 MB.
TEST(Html, OfFiveHundredCasesStaysSmall) {
  auto run = sample_run();
  auto const passed = run.cases.front();
  for (int i = 0; i < 500; ++i) run.cases.push_back(passed);
  EXPECT_LT(html_page(run).size(), 5'000'000U);
}

TEST(Html, OffersToFilterByWhatIsThere) {
  auto const html = html_page(sample_run());
  EXPECT_THAT(html, HasSubstr(R"(name="verdict" value="fail")"));
  EXPECT_THAT(html, HasSubstr("<option>debit</option>"));
  EXPECT_THAT(html, HasSubstr(R"(data-group="order" data-strength="shall")"));
}

TEST(Html, OfAnEmptyRunIsAPageToo) {
  EXPECT_THAT(html_page({}), HasSubstr("0 of 0 cases ran"));
}

}  // namespace
}  // namespace tollgate::reports
