#include "codec/cpim/imdn.hpp"

#include <gtest/gtest.h>

#include "codec/cpim/judge.hpp"
#include "codec/refused_test.hpp"

namespace tollgate::cpim {

/// As RFC 5438 prints it in 7.2.1.1.
constexpr std::string_view delivered =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\">\n"
    "  <message-id>34jk324j</message-id>\n"
    "  <datetime>2008-04-04T12:16:49-05:00</datetime>\n"
    "  <recipient-uri>im:bob@example.com</recipient-uri>\n"
    "  <original-recipient-uri>im:bob@example.com</original-recipient-uri>\n"
    "  <delivery-notification>\n"
    "    <status>\n"
    "      <delivered/>\n"
    "    </status>\n"
    "  </delivery-notification>\n"
    "</imdn>\n";

static std::string with(std::string_view from, std::string_view to) {
  std::string text(delivered);
  return text.replace(text.find(from), from.size(), to);
}

TEST(Imdn, ReadsAnExampleOfTheRfc) {
  auto const imdn = parse_imdn(delivered);
  ASSERT_TRUE(imdn) << describe(imdn.error());
  EXPECT_EQ(imdn->message_id, "34jk324j");
  EXPECT_EQ(imdn->date_time, "2008-04-04T12:16:49-05:00");
  EXPECT_EQ(imdn->recipient_uri, "im:bob@example.com");
  EXPECT_EQ(imdn->subject, "");
  EXPECT_EQ(imdn->kind, Imdn::Kind::delivery);
  EXPECT_EQ(imdn->disposition, Disposition::delivered);
}

TEST(Imdn, ReadsPrefixesAndPassesOverExtensions) {
  auto const imdn = parse_imdn(
      "<i:imdn xmlns:i='urn:ietf:params:xml:ns:imdn' xmlns:x='urn:x'><x:new/><i:message-id> m </i:message-id>"
      "<i:datetime>2008-04-04T12:16:49Z</i:datetime><i:processing-notification><i:status><x:more/><i:stored/></i:status>"
      "</i:processing-notification></i:imdn>");
  ASSERT_TRUE(imdn) << describe(imdn.error());
  EXPECT_EQ(imdn->message_id, "m");
  EXPECT_EQ(imdn->kind, Imdn::Kind::processing);
  EXPECT_EQ(imdn->disposition, Disposition::stored);
}

TEST(Imdn, RefusesWhatTellsNothing) {
  auto const rule = [](std::string const& xml) {
    auto const read = parse_imdn(xml);
    return read ? std::string_view("none") : read.error().rule;
  };
  EXPECT_EQ(rule(""), "XML");
  EXPECT_EQ(rule(with("</imdn>", "")), "XML");
  EXPECT_EQ(rule(with("xml:ns:imdn", "xml:ns:other")), "imdn");
  EXPECT_EQ(rule(with("message-id>34jk324j</message-id", "x>34jk324j</x")), "message-id");
  EXPECT_EQ(rule(with("<datetime>2008-04-04T12:16:49-05:00</datetime>", "")), "datetime");
  EXPECT_EQ(rule(with("<delivered/>", "")), "status");
  EXPECT_EQ(rule(with("<delivered/>", "<displayed/>")), "status");
  EXPECT_EQ(rule(with("<delivered/>", "<forbidden/>")), "none");
  EXPECT_EQ(rule(with("2008-04-04T12:16:49-05:00", "yesterday")), "datetime");
  EXPECT_EQ(rule(with("<delivered/>", "<delivered/><failed/>")), "status");
  EXPECT_EQ(rule(with("</status>", "</status><status><failed/></status>")), "status");
  EXPECT_EQ(rule(with("</imdn>", "<display-notification><status><displayed/></status></display-notification></imdn>")),
            "delivery-notification");
  EXPECT_EQ(rule(with("<recipient-uri>", "<message-id>2</message-id><recipient-uri>")), "message-id");
  EXPECT_EQ(rule(with("<delivery-notification>", "<recipient-uri>im:b@c</recipient-uri><delivery-notification>")), "recipient-uri");
  EXPECT_EQ(rule("<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>m</message-id><datetime>2008-04-04T12:16:49Z</datetime></imdn>"),
            "delivery-notification");
}

TEST(Imdn, IsWrittenAsItReads) {
  Imdn const imdn{.message_id = "a<b>&c",
                  .date_time = "2026-01-01T00:00:00Z",
                  .recipient_uri = "sip:alice@example.com",
                  .kind = Imdn::Kind::display,
                  .disposition = Disposition::displayed};
  auto const again = parse_imdn(write(imdn));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->message_id, imdn.message_id);
  EXPECT_EQ(again->recipient_uri, imdn.recipient_uri);
  EXPECT_EQ(again->kind, imdn.kind);
  EXPECT_EQ(again->disposition, imdn.disposition);
}

TEST(Imdn, IsJudgedInItsMessage) {
  std::string const headers =
      "From: <im:bob@example.com>\r\nTo: <im:alice@example.com>\r\nNS: imdn <urn:ietf:params:imdn>\r\n"
      "imdn.Message-ID: d834jied93rf\r\n\r\nContent-type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n";
  EXPECT_TRUE(judge(headers + std::string(delivered)).diagnostics.empty());
  auto const judgement = judge(headers + with("<delivered/>", "<displayed/>"));
  ASSERT_EQ(judgement.diagnostics.size(), 1U);
  EXPECT_EQ(judgement.outcome, Outcome::either);
  EXPECT_EQ(judgement.diagnostics.front().rule, "status");
  EXPECT_EQ(judgement.diagnostics.front().offset, headers.size() + with("", "").find("delivered/>"));
}

TEST(Imdn, IsHandledAsOneAndAsksForNone) {
  std::string const headers =
      "From: <im:bob@example.com>\r\nTo: <im:alice@example.com>\r\nNS: imdn <urn:ietf:params:imdn>\r\n"
      "imdn.Message-ID: d834jied93rf\r\nDateTime: 2008-04-04T12:16:49Z\r\n";
  std::string const type = "\r\nContent-type: message/imdn+xml\r\n", disposed = "Content-Disposition: notification\r\n";
  auto const only = [](std::string const& octets, std::string_view rule, Outcome outcome) {
    auto const judgement = judge(octets);
    ASSERT_EQ(judgement.diagnostics.size(), 1U) << rule;
    EXPECT_EQ(judgement.diagnostics.front().rule, rule);
    EXPECT_EQ(judgement.outcome, outcome) << rule;
  };
  auto const rest = "\r\n" + std::string(delivered);
  EXPECT_TRUE(judge(headers + type + disposed + rest).diagnostics.empty());
  only(headers + type + rest, "Content-Disposition", Outcome::accept);
  only(headers + type + "Content-Disposition: inline\r\n" + rest, "Content-Disposition", Outcome::accept);
  only(headers + "imdn.Disposition-Notification: display\r\n" + type + disposed + rest, "Disposition-Notification", Outcome::either);
  EXPECT_TRUE(judge(headers + "imdn.Disposition-Notification: none\r\n" + type + disposed + rest).diagnostics.empty());
}

}  // namespace tollgate::cpim
