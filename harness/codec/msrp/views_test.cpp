#include "codec/msrp/views.hpp"

#include <gtest/gtest.h>

#include "codec/msrp/samples_test.hpp"

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

struct Refused {
  std::string_view text;
  std::size_t offset;
  std::string_view rule;
};

TEST(MsrpViews, StatusRefusesWithOffsetAndRule) {
  constexpr Refused all[] = {{"", 0, "namespace"},           {"200 OK", 0, "namespace"},
                             {"999 abc", 0, "namespace"},    {"000", 0, "namespace"},
                             {"000 ", 4, "status-code"},     {"000 20", 6, "status-code"},
                             {"000 2x0", 5, "status-code"},  {"000 2000", 7, "status-code"},
                             {"000  200", 4, "status-code"}, {"000 200OK", 7, "status-code"}};
  for (auto const& [text, offset, rule] : all) {
    auto const status = report_status(with("Status", text));
    ASSERT_FALSE(status) << text;
    EXPECT_EQ(status.error().offset, offset) << text;
    EXPECT_EQ(status.error().rule, rule) << text;
  }
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

}  // namespace tollgate::msrp
