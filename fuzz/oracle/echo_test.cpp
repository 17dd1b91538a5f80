#include "fuzz/oracle/echo.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace tollgate::fuzz {
namespace {

Octets message(std::string const& start, std::string const& contact) {
  return start + "\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:a@h>;tag=2\r\nCall-ID: c\r\nCSeq: 1 " +
         "REGISTER\r\nMax-Forwards: 70\r\nContact: " + contact + "\r\nContent-Length: 0\r\n\r\n";
}

bool says_back(Octets sent, Octets received, trace::Channel channel = trace::Channel::sip) {
  trace::Trace trace;
  trace.record({.channel = channel, .direction = trace::Direction::sent, .octets = std::move(sent)});
  auto const answer =
      trace.record({.channel = channel, .direction = trace::Direction::received, .octets = std::move(received), .about = 1});
  Finding finding{.rule = "G12", .verdict = Verdict::fail};
  finding.witnesses = {answer};
  return only_says_back(trace, finding);
}

/// A registrar lists the binding that we had broken, with parameters of its own; what else it breaks is its own.
TEST(Echo, IsWhatWeHadBroken) {
  auto const listed = message("SIP/2.0 200 OK", "<sip:a@127.0.0.1:99999>;expires=60");
  EXPECT_TRUE(says_back(message("REGISTER sip:h SIP/2.0", "<sip:a@127.0.0.1:99999>"), listed));
  EXPECT_FALSE(says_back(message("REGISTER sip:h SIP/2.0", "<sip:a@127.0.0.1:5060>"), listed));
  EXPECT_FALSE(says_back(listed, replaced(listed, "Max-Forwards: 70", "Max-Forwards: 7x")));
}

/// kamailio puts brackets around it, and the blank is what breaks it.
TEST(Echo, IsWhatWeHadBrokenInOtherBrackets) {
  auto const listed = message("SIP/2.0 200 OK", "<s: 600>;expires=3600");
  EXPECT_TRUE(says_back(message("REGISTER sip:h SIP/2.0", "s: 600"), listed));
  EXPECT_FALSE(says_back(message("REGISTER sip:h SIP/2.0", "<sip:a@h>"), listed));
}

TEST(Echo, IsNoneInAStartLine) {
  auto const contact = "<sip:a@h>";
  EXPECT_FALSE(says_back(message("REGISTER sip:h SIP/2.0.1", contact), message("SIP/2.0.1 200 OK", contact)));
}

TEST(Echo, IsWhatAResponseCannotCopy) {
  std::string const contact = "<sip:a@h>", via = "Via: SIP/2.0/UDP h;branch=z9hG4bKa\r\n";
  auto const request = message("REGISTER sip:h SIP/2.0", contact), response = message("SIP/2.0 400 Bad Request", contact);
  EXPECT_TRUE(says_back(replaced(request, via, ""), replaced(response, via, "")));
  EXPECT_FALSE(says_back(request, replaced(response, via, "")));
}

/// A server for which a bare LF ends no line has seen no From.
TEST(Echo, IsWhatNoLineOfOursHadForTheServer) {
  std::string const contact = "<sip:a@h>", from = "From: <sip:a@h>;tag=1\r\n";
  auto const request = message("REGISTER sip:h SIP/2.0", contact), response = message("SIP/2.0 400 Bad Request", contact);
  auto const broken = replaced(request, "branch=z9hG4bKa\r\n", "branch=z9hG4bKa\n");
  EXPECT_TRUE(says_back(broken, replaced(response, from, "")));
  EXPECT_FALSE(says_back(broken, replaced(message("SIP/2.0 200 OK", contact), from, ""))) << "who takes it has read it";
  EXPECT_FALSE(says_back(request, replaced(response, from, "")));
}

TEST(Echo, IsTheTransactionIdOfAResponse) {
  auto const response = [](std::string const& id) {
    return "MSRP " + id + " 400 Bad Request\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\n-------" + id + "$\r\n";
  };
  std::string const longer(40, 'a');
  EXPECT_TRUE(says_back("MSRP " + longer + " SEND\r\nno more", response(longer), trace::Channel::msrp));
  EXPECT_FALSE(says_back("MSRP abcd SEND\r\nno more", response(longer), trace::Channel::msrp));
}

TEST(Echo, IsNoneWithoutAWitness) {
  EXPECT_FALSE(only_says_back({}, {.rule = "G12", .verdict = Verdict::fail}));
}

}  // namespace
}  // namespace tollgate::fuzz
