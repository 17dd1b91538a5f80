#include "codec/cpim/judge.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "codec/cpim/headers.hpp"

namespace tollgate::cpim {
namespace {

constexpr std::string_view good =
    "From: Alice B <sip:alice@example.com>\r\n"
    "To: \"Bob \\\"the\\\" C\" <sip:bob@example.com>\r\n"
    "To: <im:carol@example.com>\r\n"
    "DateTime: 2008-05-15T15:02:31.25-03:30\r\n"
    "Subject:;lang=fr Objet\r\n"
    "NS: imdn <urn:ietf:params:imdn>\r\n"
    "imdn.Message-ID: 34jk324j\r\n"
    "imdn.Disposition-Notification: positive-delivery, display;x=y, more\r\n"
    "\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "\r\n"
    "Hello\r\n";

TEST(CpimHeaders, AreReadByTheirViews) {
  auto const message = Message::parse(good);
  ASSERT_TRUE(message);
  EXPECT_EQ(from(*message)->formal_name, "Alice B");
  EXPECT_EQ(from(*message)->uri, "sip:alice@example.com");
  ASSERT_EQ(to(*message)->size(), 2U);
  EXPECT_EQ(to(*message)->back().formal_name, "");
  auto const time = date_time(*message);
  ASSERT_TRUE(time);
  EXPECT_EQ(time->day, 15);
  EXPECT_EQ(time->second, 31);
  EXPECT_EQ(time->offset_minutes, -210);
  EXPECT_EQ(prefix_of(*message, imdn_namespace), "imdn");
  EXPECT_EQ(imdn_message_id(*message), "34jk324j");
  std::vector<Notification> const asked = {Notification::positive_delivery, Notification::display, Notification::other};
  EXPECT_EQ(disposition_notification(*message), asked);
}

TEST(CpimHeaders, FollowThePrefixThatNsBinds) {
  auto const message = Message::parse("NS: x <urn:ietf:params:imdn>\r\nx.Message-ID: 1\r\nimdn.Message-ID: 2\r\n\r\n\r\n");
  ASSERT_TRUE(message);
  EXPECT_EQ(imdn_message_id(*message), "1");
  auto const unbound = Message::parse("imdn.Message-ID: 2\r\n\r\n\r\n");
  ASSERT_TRUE(unbound);
  EXPECT_EQ(imdn_message_id(*unbound).error().detail, "missing");
  EXPECT_TRUE(disposition_notification(*unbound)->empty());
}

TEST(CpimHeaders, RefuseWhatIsNotOfTheirGrammar) {
  for (auto const wrong :
       {"", "sip:a@b", "<sip:a@b", "<>", "<sip:>", "<a b:c>", "Bob<sip:a@b>", "\"Bob <sip:a@b>", "B(b <sip:a@b>", "<sip:a@b> x"})
    EXPECT_FALSE(parse_address(wrong)) << wrong;
  for (auto const wrong : {"imdn", "imdn<urn:x>", "im dn <urn:x>", "im.dn <urn:x>", "imdn <x>"})
    EXPECT_FALSE(parse_namespace(wrong)) << wrong;
  EXPECT_EQ(parse_namespace("<urn:x>")->prefix, "");
  EXPECT_EQ(parse_require("From,imdn.Message-ID")->size(), 2U);
  EXPECT_FALSE(parse_require("From,"));
}

TEST(CpimHeaders, EscapesAreThoseOfTheGrammar) {
  for (std::string_view const good_one : {"", "a", "\\\\", "\\u00e9 \\b\\t\\n\\r\\\"\\'", "\\u00e91"})
    EXPECT_EQ(first_no_escape(good_one), good_one.size()) << good_one;
  EXPECT_EQ(first_no_escape("ab\\"), 2U);
  EXPECT_EQ(first_no_escape("\\\\\\q"), 2U);
  EXPECT_EQ(first_no_escape("\\u12g4"), 0U);
}

TEST(CpimHeaders, ParametersAreLanguageTagsTokensOrStrings) {
  auto const read = parse_parameters(";lang=en-GB-1996;x=\"a;b \\\"c\";y=1.5");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ((*read)[1].value, "\"a;b \\\"c\"");
  EXPECT_EQ(parse_parameters("")->size(), 0U);
  for (auto const wrong : {"x", ";", ";x", ";x=", ";lang=e1", ";lang=abcdefghi", ";lang=en-", ";x=\"a", ";x=\"a\"b", ";x=a b"})
    EXPECT_FALSE(parse_parameters(wrong)) << wrong;
}

TEST(CpimDateTime, IsOneOfRfc3339) {
  for (auto const right : {"2008-05-15T15:02:31Z", "2008-05-15t15:02:31z", "2008-02-29T23:59:60+00:00", "2008-05-15T15:02:31.123456Z"})
    EXPECT_TRUE(parse_date_time(right)) << right;
  struct {
    std::string_view text;
    std::size_t offset;
  } const all[] = {{"", 0},
                   {"2008-05-15", 10},
                   {"2008-5-15T15:02:31Z", 6},
                   {"2008-13-15T15:02:31Z", 5},
                   {"2009-02-29T15:02:31Z", 0},
                   {"2008-05-15T24:02:31Z", 11},
                   {"2008-05-15 15:02:31Z", 10},
                   {"2008-05-15T15:02:31", 19},
                   {"2008-05-15T15:02:31.Z", 20},
                   {"2008-05-15T15:02:31+0300", 22},
                   {"2008-05-15T15:02:31Zx", 20}};
  for (auto const& [text, offset] : all) {
    auto const time = parse_date_time(text);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error().offset, offset) << text;
  }
}

TEST(CpimJudge, IsContentWithAGoodMessage) {
  auto const judgement = judge(good);
  EXPECT_EQ(judgement.outcome, Outcome::accept);
  EXPECT_TRUE(judgement.diagnostics.empty()) << judgement.diagnostics.front().detail;
}

TEST(CpimJudge, FindsOneDefect) {
  struct {
    std::string_view from, to, at, rule;
    Outcome outcome;
  } const all[] = {
      {"From: Alice", "From:Alice", "Alice", "Header", Outcome::either},
      {"From: ", "F(om: ", "F(om", "Header-name", Outcome::reject},
      {"<sip:alice@example.com>", "sip:alice@example.com", "Alice", "URI", Outcome::reject},
      {"Alice B", "Alice \x01", "\x01", "HEADERCHAR", Outcome::reject},
      {"Alice B", "Alice \xff", "\xff", "HEADERCHAR", Outcome::reject},
      {"2008-05", "2008-55", "55", "date-time", Outcome::reject},
      {"NS: imdn", "NS: i.mdn", "i.mdn", "Name-prefix", Outcome::reject},
      {"NS: imdn", "NS: other", "imdn.Message-ID", "Name-prefix", Outcome::either},
      {"34jk324j", "34jk 324j", "34jk", "Message-ID", Outcome::either},
      {"display;", "(;", "", "notify-req", Outcome::either},
      {"DateTime", "X-Date", "\r\nContent-Type", "DateTime", Outcome::either},
      {"imdn.Message-ID", "imdn.X", "\r\nContent-Type", "Message-ID", Outcome::either},
      {"Subject", "From: <sip:x@y>\r\nSubject", "From: <sip:x", "Header", Outcome::either},
      {"Subject", "Require: X-New\r\nSubject", "X-New", "Require", Outcome::either},
      {"text/plain", "text", "; charset", "media-type", Outcome::reject},
      {"Content-Type", "Content-Kind", "\r\nHello", "Content-Type", Outcome::accept},
      {"Subject:;lang=fr Objet\r\n", "Subject:;lang=fr Objet\n", "\nNS", "CRLF", Outcome::either},
      {"From: Alice", "From Alice", "", "Header-name", Outcome::reject},
      {"\r\n\r\nHello\r\n", "\r\n", "", "Message-headers", Outcome::reject},
      {"lang=fr", "lang=f_r", "f_r", "Parameter", Outcome::either},
      {"lang=fr", "lang=", " Objet", "Parameter", Outcome::either},
      {"lang=fr", "x=a;=b", "=b", "Parameter", Outcome::either},
      {"lang=fr", "x=\"a\\qb\"", "\"a\\qb", "Parameter", Outcome::either},
      {"Objet", "O\\qbjet", "\\qbjet", "Escape", Outcome::accept},
      {"Objet", "O\\u12", "\\u12", "Escape", Outcome::accept},
      {"Bob \\\"the", "Bob \\qthe", "\"Bob", "Formal-name", Outcome::reject},
      {"charset=utf-8\r\n", "charset=utf-8\r\nContent-Length: 8\r\n", "8", "Content-Length", Outcome::either},
      {"charset=utf-8\r\n", "charset=utf-8\r\nContent-type: text/html\r\n", "Content-type", "Content-Type", Outcome::either},
  };
  for (auto const& c : all) {
    std::string octets(good);
    octets.replace(octets.find(c.from), c.from.size(), c.to);
    auto const judgement = judge(octets);
    EXPECT_EQ(judgement.outcome, c.outcome) << c.from << " " << c.to;
    auto const found = std::ranges::find(judgement.diagnostics, c.rule, &Diagnostic::rule);
    ASSERT_NE(found, judgement.diagnostics.end()) << c.from << " " << c.to;
    EXPECT_TRUE(std::string_view(octets).substr(found->offset).starts_with(c.at)) << c.to << " " << found->offset;
  }
}

}  // namespace
}  // namespace tollgate::cpim
