#include "codec/msrp/views.hpp"

#include <gtest/gtest.h>

#include "codec/msrp/samples_test.hpp"
#include "codec/refused_test.hpp"

namespace tollgate::msrp {

static Message with(std::string_view name, std::string_view value) {
  return Message::request("abcd", "REPORT").add(name, value);
}

TEST(MsrpViews, ReportsHaveTheirDefaults) {
  auto const message = Message::request("abcd", "SEND");
  EXPECT_EQ(failure_report(message), FailureReport::yes);
  EXPECT_EQ(success_report(message), false);
}

TEST(MsrpViews, ReportsReadTheirWords) {
  EXPECT_EQ(failure_report(with("Failure-Report", "yes")), FailureReport::yes);
  EXPECT_EQ(failure_report(with("Failure-Report", "No")), FailureReport::no);
  EXPECT_EQ(failure_report(with("failure-report", "partial")), FailureReport::partial);
  EXPECT_EQ(success_report(with("Success-Report", "yes")), true);
  EXPECT_EQ(success_report(with("Success-Report", "no")), false);
  for (std::string_view const wrong : {"", "maybe", "yes ", "partially"}) {
    EXPECT_FALSE(failure_report(with("Failure-Report", wrong))) << wrong;
    EXPECT_FALSE(success_report(with("Success-Report", wrong))) << wrong;
  }
  EXPECT_FALSE(success_report(with("Success-Report", "partial")));
}

TEST(MsrpViews, StatusReadsItsCode) {
  EXPECT_EQ(report_status(with("Status", "000 200 OK")), 200);
  EXPECT_EQ(report_status(with("Status", "000 413")), 413);
  EXPECT_EQ(report_status(with("Status", "000 413 ")), 413);
}

TEST(MsrpViews, StatusRefusesWithOffsetAndRule) {
  constexpr RefusedText all[] = {{"", 0, "namespace"},           {"200 OK", 0, "namespace"},     {"999 abc", 0, "namespace"},
                                 {"000", 0, "namespace"},        {"000 ", 4, "status-code"},     {"000 20", 6, "status-code"},
                                 {"000 2x0", 5, "status-code"},  {"000 2000", 7, "status-code"}, {"000  200", 4, "status-code"},
                                 {"000 200OK", 7, "status-code"}};
  expect_refused(all, parse_report_status);
  EXPECT_EQ(report_status(Message::request("abcd", "REPORT")).error().rule, "Status");
}

TEST(MsrpViews, MessageIdIsAnIdent) {
  EXPECT_EQ(message_id(with("Message-ID", "4564dpWd")), "4564dpWd");
  EXPECT_EQ(message_id(with("Message-ID", std::string(32, 'a'))), std::string(32, 'a'));
  EXPECT_EQ(message_id(Message::request("abcd", "SEND")).error().rule, "Message-ID");
  for (std::string_view const wrong : {"", "abc", "-abcd", "ab cd", "abcd@x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_FALSE(message_id(with("Message-ID", wrong))) << wrong;
}

TEST(MsrpViews, PathsReadTheirUris) {
  auto const message = Message::parse(send);
  ASSERT_TRUE(message);
  auto const to = to_path(*message);
  auto const from = from_path(*message);
  ASSERT_TRUE(to && from);
  EXPECT_EQ(to->front().session_id, "s111271");
  EXPECT_EQ(from->front().host, "192.0.2.10");
  EXPECT_EQ(to_path(Message::request("abcd", "SEND")).error().rule, "To-Path");
  EXPECT_EQ(from_path(Message::request("abcd", "SEND")).error().rule, "From-Path");
}

TEST(MsrpViews, RelaysSayTheirPathAndTimes) {
  auto const message = Message::response("abcd", 200)
                           .add("Use-Path", "msrps://a.example:1/s;tcp msrps://b.example:2/t;tcp")
                           .add("Expires", "900")
                           .add("Min-Expires", "60");
  auto const path = use_path(message);
  ASSERT_TRUE(path);
  EXPECT_EQ(path->size(), 2U);
  EXPECT_EQ(expires(message), 900U);
  EXPECT_EQ(min_expires(message), 60U);
  EXPECT_EQ(max_expires(message), std::nullopt);
  EXPECT_EQ(use_path(Message::request("abcd", "AUTH")).error().rule, "Use-Path");
  for (std::string_view const wrong : {"", "-1", "1 ", "soon"})
    EXPECT_EQ(expires(with("Expires", wrong)).error().what, What::invalid) << wrong;
  EXPECT_EQ(max_expires(with("Max-Expires", "4294967296")).error().what, What::limit);
}

TEST(MsrpViews, ContentHasTypeAndDisposition) {
  auto const message = with("Content-Type", "Message/CPIM").add("Content-Disposition", "render");
  EXPECT_TRUE(content_type(message)->is("message/cpim"));
  EXPECT_EQ(content_disposition(message)->type, "render");
  EXPECT_EQ(content_type(with("X", "y")).error().clause, "RFC 4975 7.1");
  EXPECT_FALSE(content_disposition(with("X", "y")));
}

}  // namespace tollgate::msrp
