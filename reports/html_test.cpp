#include "reports/html.hpp"

#include <gmock/gmock.h>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Html, HasVerdictTableWitnessesLadderAndCommand) {
  auto const html = html_page(sample_run());
  EXPECT_THAT(html, HasSubstr("5 of 6 cases ran: 1 pass, 1 fail, 1 inconc, 1 error, 1 known, 1 n/a. Exit code 3."));
  EXPECT_THAT(html,
              HasSubstr(R"(<span class="verdict">FAIL</span><span class="mono">ORD-03</span><span class="clause">6.3.2.8 (3-5)</span>)"));
  EXPECT_THAT(html, HasSubstr(R"(<td>#10</td><td class="at">+502.190 ms</td><td>IM Server -&gt; alice</td><td>INVITE</td>)"));
  EXPECT_THAT(html, HasSubstr("<pre>tollgate run ORD-03 --seed 42 --sut acme.toml</pre>"));
  EXPECT_THAT(html, HasSubstr(R"(<a href="tests/ORD-03.pcapng">)"));
  EXPECT_THAT(html, HasSubstr(R"(class="message sip witness")"));
  EXPECT_THAT(html, HasSubstr("profile CR-LIST: this purpose belongs to TWELVE-STEP"));
}

TEST(Html, AsksNothingOfAnybody) {
  auto const html = html_page(sample_run());
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  for (auto const* outside : {"<script", "src=", "url(", "@import", "<link", "<img", "<iframe", " onclick"})
    EXPECT_THAT(html, Not(HasSubstr(outside)));
}

TEST(Html, LetsNothingHostileThrough) {
  auto const html = html_page(hostile_run());
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("\x1b")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\\x1b[2J"));
  EXPECT_EQ(html.find('\0'), std::string::npos);
}

TEST(Html, OfAnEmptyRunIsAPageToo) {
  EXPECT_THAT(html_page({}), HasSubstr("0 of 0 cases ran"));
}

}  // namespace
}  // namespace tollgate::reports
