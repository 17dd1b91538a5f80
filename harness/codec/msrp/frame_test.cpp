#include <gtest/gtest.h>

#include "codec/msrp/message.hpp"
#include "codec/msrp/samples_test.hpp"

namespace tollgate::msrp {

static std::vector<std::string> good_messages() {
  std::vector<std::string> all = {std::string(send),
                                  std::string(bodiless),
                                  std::string(report),
                                  std::string(ok),
                                  "MSRP d93kswow 200\r\n-------d93kswow$\r\n",
                                  "MSRP d93kswow 481 \r\n-------d93kswow#\r\n",
                                  send_of("abcd", "a-+%=.b", '+'),
                                  send_of("abcd", "abcd", '#')};
  for (auto const body : hard_bodies) all.push_back(send_of(body));
  return all;
}

TEST(MsrpFrame, CutsTheWholeMessageAndNoPrefixOfIt) {
  for (auto const& message : good_messages()) {
    for (std::size_t size = 0; size < message.size(); ++size)
      ASSERT_EQ(frame(std::string_view(message).substr(0, size)).state, Framed::State::need_more)
          << size << " octets of " << printable(message);
    auto const framed = frame(message);
    ASSERT_EQ(framed.state, Framed::State::message) << printable(message);
    EXPECT_EQ(framed.size, message.size()) << printable(message);
  }
}

TEST(MsrpFrame, LeavesTheNextMessageAlone) {
  for (auto const& message : good_messages()) {
    EXPECT_EQ(frame(message + std::string(send)).size, message.size()) << printable(message);
    EXPECT_EQ(frame(message + "no MSRP").size, message.size()) << printable(message);
  }
}

struct Refused {
  std::string_view stream;
  std::size_t offset;
  std::string_view rule;
};

TEST(MsrpFrame, RefusesAtTheFirstWrongOctet) {
  constexpr Refused all[] = {
      {"X", 0, "pMSRP"},
      {"msrp a786hjs2 SEND", 0, "pMSRP"},
      {"GET / HTTP/1.1\r\n", 0, "pMSRP"},
      {"MSRX", 3, "pMSRP"},
      {"MSRP/", 4, "pMSRP"},
      {"MSRP  a786hjs2", 5, "transact-id"},
      {{"MSRP a7\0", 8}, 7, "transact-id"},
      {"MSRP a786hjs2\r", 13, "transact-id"},
      {"MSRP a786hjs2 send", 14, "method"},
      {"MSRP a786hjs2 \r", 14, "method"},
      {"MSRP a786hjs2 SEND ", 18, "req-start"},
      {"MSRP a786hjs2 SEND\n", 18, "req-start"},
      {"MSRP a786hjs2 SEND\r\r", 19, "req-start"},
      {"MSRP a786hjs2 20\r", 16, "status-code"},
      {"MSRP a786hjs2 20 OK", 16, "status-code"},
      {"MSRP a786hjs2 2000", 17, "status-code"},
      {"MSRP a786hjs2 000", 14, "status-code"},
      {"MSRP a786hjs2 200x", 17, "resp-start"},
      {"MSRP a786hjs2 200 OK\n", 20, "resp-start"},
      {"MSRP abcd SEND\r\nX: y\r\n\r\n-------abcd$\r\n", 24, "end-line"},
  };
  for (auto const& [stream, offset, rule] : all) {
    auto const framed = frame(stream);
    ASSERT_EQ(framed.state, Framed::State::invalid) << printable(stream);
    EXPECT_EQ(framed.error.what, What::invalid) << printable(stream);
    EXPECT_EQ(framed.error.offset, offset) << printable(stream);
    EXPECT_EQ(framed.error.rule, rule) << printable(stream);
    EXPECT_EQ(frame(stream.substr(0, offset)).state, Framed::State::need_more) << printable(stream);
  }
}

TEST(MsrpFrame, WaitsForAnEndLineOfItsOwn) {
  auto const other = send_of("Hello", "XXXXXXXX").substr(send_of("", "XXXXXXXX").find("To-Path"));
  EXPECT_EQ(frame("MSRP a786hjs2 SEND\r\n" + other).state, Framed::State::need_more);
  EXPECT_EQ(frame(send_of("Hello", "a786hjs2", '%')).state, Framed::State::need_more);
  EXPECT_EQ(frame("MSRP abcd SEND\r\nX: -------abcd$\r\n").state, Framed::State::need_more);
}

TEST(MsrpFrame, HoldsTransactionIdsOfAnyLength) {
  EXPECT_EQ(frame(send_of("Hello", "abc")).state, Framed::State::message);
  EXPECT_EQ(frame(send_of("Hello", std::string(33, 'a'))).state, Framed::State::message);
}

TEST(MsrpFrame, KeepsToEveryLimitExactly) {
  auto const size = send.size();
  auto const start = std::string_view("MSRP a786hjs2 SEND\r\n").size();
  auto const header = send.find("\r\n\r\n") + 2 - start;
  Limits const exact{.start_line = start, .header = header, .fields = 5, .octets = size};
  EXPECT_EQ(frame(send, exact).state, Framed::State::message);

  struct Over {
    Limits limits;
    std::size_t offset;
  };
  Over const all[] = {{{.start_line = start - 1}, start - 1},
                      {{.header = header - 1}, start + header - 1},
                      {{.fields = 4}, send.find("Content-Type")},
                      {{.octets = size - 1}, size - 1}};
  for (auto const& [limits, offset] : all) {
    auto const framed = frame(send, limits);
    ASSERT_EQ(framed.state, Framed::State::invalid) << offset;
    EXPECT_EQ(framed.error.what, What::limit) << offset;
    EXPECT_EQ(framed.error.offset, offset);
  }
}

TEST(MsrpFrame, RefusesEndlessInputByItsLimits) {
  std::string const head = "MSRP abcd SEND\r\nX: ";
  auto const offset_of_limit = [](std::string const& stream) {
    auto const framed = frame(stream);
    EXPECT_EQ(framed.error.what, What::limit);
    return framed.error.offset;
  };
  EXPECT_EQ(offset_of_limit("MSRP " + std::string(2000, 'a')), 1024U);
  EXPECT_EQ(offset_of_limit(head + std::string(64 * 1024, 'A')), 16 + 16 * 1024U);
  EXPECT_EQ(offset_of_limit(send_of(std::string(17 * 1024 * 1024, '\r'))), 16 * 1024 * 1024U);
}

}  // namespace tollgate::msrp
