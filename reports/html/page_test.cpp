#include "reports/html/page.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <random>

#include "reports/account.hpp"
#include "reports/html/evidence.hpp"
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
  EXPECT_THAT(html, HasSubstr(R"(</pre><pre class="hex" tabindex="0">0000  01 )")) << "the octets of a Diameter message";
}

/// A run that goes on has its plan, and a place for each verdict.
TEST(Html, OfARunThatGoesOnIsItsPlanAndListens) {
  auto run = sample_run();
  run.cases[0].finished = false;
  auto const parts = page(run, Stage::running);
  EXPECT_THAT(parts.head, HasSubstr("connect-src 'self'"));
  EXPECT_THAT(parts.whole(), HasSubstr(R"(<details class="planned" id="ORD-01")"));
  EXPECT_THAT(parts.whole(), HasSubstr("<h1>the run goes on</h1><p>5 of 6 cases have ended.</p>"));
  EXPECT_THAT(parts.whole(), HasSubstr(R"(<section id="running"><h2 hidden>running now</h2>)"));
  for (auto const* state : {"running", "judged", "planned"})
    EXPECT_THAT(parts.whole(), HasSubstr(fmt::format(R"(type="checkbox" name="verdict" value="{}")", state)));
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

/// A case as long as those of the suite, with octets that no other case has, so that packing does not make little of it.
CaseResult long_case(std::size_t number, Verdict verdict) {
  auto result = failed_case();
  result.info.id = fmt::format("ORD-{:03}", number);
  result.verdict = verdict;
  std::minstd_rand random(static_cast<unsigned>(number));
  trace::Trace trace;
  for (auto event : result.trace.events()) {
    std::string own = "P-Own: ";
    for (int i = 0; i < 900; ++i) own += static_cast<char>('!' + random() % 90);
    if (event.kind == trace::Kind::message && event.channel == trace::Channel::sip)
      event.octets.insert(event.octets.find("\r\n") + 2, own + "\r\n");
    trace.record(event);
  }
  result.trace = std::move(trace);
  return result;
}

/// A page of 500 cases has to stay below 5 MB, whatever their verdicts; what has no room is told. None is without its ladder.
TEST(Html, OfFiveHundredCasesStaysSmall) {
  auto run = sample_run();
  run.cases.clear();
  for (std::size_t i = 0; i < 500; ++i) run.cases.push_back(long_case(i, i % 2 == 0 ? Verdict::pass : Verdict::fail));
  auto const html = html_page(run);
  EXPECT_LT(html.size(), 5'000'000U);
  EXPECT_GT(html.size(), 4'700'000U) << "the room is used";
  EXPECT_EQ(count_of(html, R"(id="ORD-)"), 500U);
  EXPECT_EQ(count_of(html, R"(<svg class="heads")") + count_of(html, R"(<script type="application/x-deflate">)"), 500U)
      << "every case has its ladder";
  EXPECT_THAT(html, Not(HasSubstr("The page has no room for this ladder")));
}

/// Together they have no room, and so each keeps what proves its verdict; those with the first claim get more of what is left.
TEST(Html, AWitnessHasItsMessageWhereOthersHaveNoRoom) {
  auto const one = long_case(1, Verdict::fail), other = long_case(2, Verdict::pass);
  std::vector<CaseResult const*> const both{&one, &other};
  auto const shown = picture(one.trace, witnesses(one), {.rows = 150, .has_all_messages = false});
  EXPECT_EQ(count_of(shown, "<section"), 2U);
  EXPECT_THAT(shown, HasSubstr(R"(<section class="octets ch2" data-event="5")"));
  EXPECT_THAT(shown, HasSubstr(R"(<section class="octets sip" data-event="10")"));
  EXPECT_THAT(shown, HasSubstr(" are in the trace alone: the page has no room for more.</p>"));
  auto const sizes = [&](std::size_t most) {
    auto const all = evidence(both, most);
    EXPECT_LE(all[0].size() + all[1].size(), most);
    return std::pair(all[0].size(), all[1].size());
  };
  auto const all = sizes(1'000'000);
  auto const enough = sizes(all.second * 2 - 100);
  EXPECT_LT(enough.second, all.second) << "one octet too few for both";
  EXPECT_GT(enough.first, enough.second) << "what failed has more";
  EXPECT_THAT(evidence(both, 500)[0], HasSubstr("The page has no room for this ladder"));
}

/// What broke the rule stands behind thousands of events, and still in the picture.
TEST(Html, AWitnessFarBehindHasItsArrowAndItsMessage) {
  auto result = failed_case();
  for (int i = 0; i < 13'000; ++i) result.trace.record({.actor = "alice", .octets = "x"});
  auto const last = result.trace.record({.actor = "alice", .octets = "the last one"});
  result.findings.front().witnesses = {5, last};
  auto const shown = picture(result.trace, witnesses(result));
  for (auto const id : {trace::EventId{5}, last}) {
    EXPECT_THAT(shown, HasSubstr(fmt::format(R"(witness{}" data-event="{}")", id == last ? "" : " cause", id)));
    EXPECT_THAT(shown, HasSubstr(fmt::format(R"(data-event="{}" hidden)", id)));
  }
  EXPECT_THAT(shown, HasSubstr(" events left out: see the trace"));
  EXPECT_LT(shown.size(), 200'000U);
}

/// While a case runs, its page shows what comes, not how it began.
TEST(Html, OfARunningCaseIsTheNewest) {
  auto result = failed_case();
  for (int i = 0; i < 500; ++i) result.trace.record({.actor = "alice", .octets = "x"});
  auto const last = result.trace.events().size();
  auto const shown = running_picture(result.trace);
  EXPECT_EQ(count_of(shown, "<g class=\"message"), 40U);
  EXPECT_THAT(shown, HasSubstr(fmt::format(R"(<g class="message sip" data-event="{}")", last)));
  EXPECT_THAT(shown, HasSubstr(fmt::format(R"(<section class="octets sip" data-event="{}")", last)));
  EXPECT_THAT(shown, HasSubstr(fmt::format("⋮ {} events came before</text>", last - 40)));
  EXPECT_THAT(shown, Not(HasSubstr(R"(data-event="1")")));
  EXPECT_THAT(shown, HasSubstr("Charging Enabler")) << "who is there in every case";
}

/// On a red run nobody has to open the table, and each verdict leads to what proves it.
TEST(Html, TheTableOfClausesHasItsEvidence) {
  auto run = sample_run();
  run.cases[1].info.clause = "CR 6.3.2.8 (3-5); RFC 4975 7.1";
  run.cases[1].findings[0].clause = run.cases[1].findings[1].clause = "CR 6.3.2.8 (3-5)";
  run.cases.resize(2);
  auto const html = html_page(run);
  EXPECT_THAT(html, HasSubstr(R"(<details class="clauses" open><summary>the twelve steps of CR 6.3.2.8)"));
  EXPECT_THAT(
      html,
      HasSubstr(R"(<th scope="col">clause</th><th scope="col">verdict</th><th scope="col">purposes</th><th scope="col">evidence</th>)"));
  auto const row = html.find(R"(<tr class="fail"><th scope="row">CR 6.3.2.8 (5)<small>INVITE</small></th>)");
  ASSERT_NE(row, std::string::npos) << html.substr(html.find("<details class=\"clauses\""), 4000);
  auto const cells = html.substr(row, html.find("</tr>", row) - row);
  EXPECT_THAT(cells, HasSubstr(R"(<a class="fail" href="#ORD-03">ORD-03</a>)"));
  EXPECT_THAT(cells, HasSubstr(R"(<a href="#ORD-03/10"><span class="mono">ORD-03 #10</span> INVITE</a>)"));
  EXPECT_THAT(cells, HasSubstr(R"(<a href="tests/ORD-03.svg">ladder of ORD-03</a>)"));
  EXPECT_THAT(html, HasSubstr(R"(<th scope="row">RFC 4975 7.1</th>)")) << "a clause beside the twelve steps";
  run.cases.resize(1);
  EXPECT_THAT(html_page(run), Not(HasSubstr(R"(<details class="clauses" open>)"))) << "of a green one";
}

TEST(Html, OffersToFilterByWhatIsThere) {
  auto const html = html_page(sample_run());
  EXPECT_THAT(html, HasSubstr(R"(name="verdict" value="fail")"));
  EXPECT_THAT(html, HasSubstr("<option>debit</option>"));
  EXPECT_THAT(html, HasSubstr(R"(data-group="order" data-strength="shall")"));
}

/// RFC 3986 5.2: from where the page lies.
TEST(Html, LeadsToTheFilesOfTheRunFromWhereItLies) {
  EXPECT_THAT(html_page(sample_run()), HasSubstr(R"(href="tests/ORD-03.svg")")) << "in the folder of the run";
  EXPECT_THAT(html_page(sample_run(), "elsewhere/x y/page.html"), HasSubstr(R"(href="../../reports/out/x/tests/ORD-03.svg")"));
  EXPECT_THAT(html_page(sample_run(), "reports/page.html"), HasSubstr(R"(href="out/x/tests/ORD-03.pcapng")"));
  auto run = sample_run();
  run.out = "";
  EXPECT_THAT(html_page(run, "page.html"), Not(HasSubstr("ORD-03.jsonl"))) << "nobody knows where they are";
}

TEST(Html, OfAnEmptyRunIsAPageToo) {
  EXPECT_THAT(html_page({}), HasSubstr("0 of 0 cases ran"));
}

}  // namespace
}  // namespace tollgate::reports
