#include "fuzz/play/salvo.hpp"

#include <gmock/gmock.h>

#include "base/text.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate::fuzz {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

Original options() {
  return {.base = "one-options",
          .octets =
              "OPTIONS sip:ims.example SIP/2.0\r\n"
              "Via: SIP/2.0/UDP 127.0.0.1:4711;branch=z9hG4bKabcdefghijklmno;rport\r\n"
              "From: <sip:a@ims.example>;tag=abcdefghij\r\nTo: <sip:ims.example>\r\n"
              "Call-ID: abcdefghijklmnopqrst\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
          .from = "127.0.0.1:4711"};
}

TEST(Stamped, IsATransactionAndACallOfItsOwnFromAnotherAddress) {
  Stamped const stamped(options(), "127.0.0.1:9");
  auto const first = stamped.with(1), second = stamped.with(2);
  EXPECT_THAT(first, testing::HasSubstr("UDP 127.0.0.1:9;branch=z9hG4bK0000000001klmno;rport\r\n"));
  EXPECT_THAT(first, testing::HasSubstr("\r\nCall-ID: 0000000001klmnopqrst\r\n"));
  EXPECT_EQ(replaced(first, "0000000001", "0000000002"), second);
  EXPECT_EQ(stamped.call_id(2), "0000000002klmnopqrst");
}

/// A server that answers an OPTIONS that it can read, or nothing where it is `deaf`.
class SalvoTest : public testing::Test {
 protected:
  SalvoTest() {
    ixit.sut_sip = server->local();
    server->on_octets = [this](Octets const& octets, Address const& from) {
      ++heard;
      if (deaf || !octets.starts_with("OPTIONS sip:ims.example SIP/2.0\r\n")) return;
      server->send("SIP/2.0 200 OK" + octets.substr(octets.find("\r\n")), from);
    };
    salvo.emplace(clock, network, ixit, std::vector{options()});
    salvo->on_read = [this](std::vector<Script> scripts, std::set<std::uint64_t> const& kinds) {
      for (auto const& script : scripts) read.push_back(script.number);
      answers.insert(kinds.begin(), kinds.end());
    };
  }
  void fire(std::uint64_t number, std::string const& mutation) {
    salvo->fire({.base = "one-options", .changes = {{.what = mutation, .number = number}}, .number = number});
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  std::unique_ptr<Datagrams> server = network.bind({"127.0.0.1", 0});
  Ixit ixit;
  std::optional<Salvo> salvo;
  bool deaf = false;
  unsigned heard = 0;
  std::vector<std::uint64_t> read;
  std::set<std::uint64_t> answers;
};

TEST_F(SalvoTest, SaysWhatTheServerHasReadInItsOrderWhateverItAnswers) {
  for (std::uint64_t number = 1; salvo->has_room(); ++number) fire(number, "sip.long_value");
  auto const sent = salvo->unread().size();
  EXPECT_GT(sent, 16U);
  clock.run_for(10ms);
  ASSERT_THAT(read, SizeIs(sent));
  EXPECT_TRUE(std::ranges::is_sorted(read));
  EXPECT_GT(heard, sent);
  EXPECT_TRUE(answers.contains(hash_of("200 OPTIONS")));
  EXPECT_THAT(salvo->unread(), IsEmpty());
  EXPECT_TRUE(salvo->has_room());
}

/// What a mutation writes into CSeq comes back, and is nothing new of the server.
TEST_F(SalvoTest, KnowsNoAnswerByAMethodThatAMutationWrote) {
  for (std::uint64_t number = 1; number < 200 && salvo->has_room(); ++number)
    fire(number, number % 2 == 0 ? "sip.method_mismatch" : "sip.long_value");
  clock.run_for(10ms);
  EXPECT_THAT(answers, testing::UnorderedElementsAre(hash_of("200 OPTIONS"), hash_of("200 ")));
}

TEST_F(SalvoTest, AsksAgainWhereTheServerSaysNothing) {
  deaf = true;
  for (std::uint64_t number = 1; salvo->has_room(); ++number) fire(number, "sip.long_value");
  clock.run_for(10ms);
  EXPECT_THAT(read, IsEmpty());
  deaf = false;
  salvo->reminds();
  clock.run_for(10ms);
  EXPECT_THAT(read, IsEmpty()) << "it may still be busy";
  clock.run_for(1s);
  salvo->reminds();
  clock.run_for(10ms);
  EXPECT_THAT(salvo->unread(), IsEmpty());
  EXPECT_FALSE(read.empty());
}

}  // namespace
}  // namespace tollgate::fuzz
