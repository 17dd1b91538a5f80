// SIPp's own scenarios against our transactions, on real sockets: its `uas` is a user whom the reference server invites, its `uac`
// calls the IM Client. SIPp speaks no MSRP; what is judged is INVITE, ACK and BYE, and that SIPp has nothing to complain about.
#include <gmock/gmock.h>

#include "actors/im_client/im_client.hpp"
#include "refserver/peers_test.hpp"
#include "refserver/server.hpp"
#include "runner/child_process.hpp"
#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::Each;

class Sipp : public testing::TestWithParam<std::string> {
 protected:
  /// SIPp with that built-in scenario; `more` are arguments of its own.
  [[nodiscard]] ChildProcess sipp(std::string const& scenario, std::vector<std::string> const& more) {
    std::vector<std::string> command{"sipp",
                                     "-sn",
                                     scenario,
                                     "-i",
                                     "127.0.0.1",
                                     "-nostdin",
                                     "-timeout",
                                     "20s",
                                     "-timeout_error",
                                     "-t",
                                     GetParam() == "tcp" ? "t1" : "u1"};
    command.insert(command.end(), more.begin(), more.end());
    return {clock, command, {}};
  }
  bool comes(std::function<bool()> const& met) {
    auto const limit = clock.now() + 15s;
    clock.run_until([&] { return met() || clock.now() > limit; });
    return met();
  }

  WallClock clock;
  SocketNetwork network{clock};
};

INSTANTIATE_TEST_SUITE_P(Over, Sipp, testing::Values("udp", "tcp"), [](auto const& given) { return given.param; });

/// It answers the server's INVITE with 180 and 200 and gets ACK and BYE, for its SDP offers audio; the reserved credit is given back.
TEST_P(Sipp, AnswersTheServersInvite) {
  auto const address = free_address();
  auto const uas = sipp("uas", {"-m", "1", "-p", address.substr(address.find(':') + 1)});
  refserver::TestCharging charging(network, 0);
  refserver::Config config;
  config.charging_enabler = charging.address();
  refserver::Server const server(clock, network, Random(1), config);
  refserver::TestPhone phone(network, 0, server.sip());
  phone.deposits("sip:sipp@ims.example", "hello");
  ASSERT_TRUE(comes([&] { return phone.status_of("MESSAGE") == 202; }));
  bool is_there = GetParam() == "udp";  // a datagram that comes too early is repeated, a connection is not
  bool failed = false;
  std::unique_ptr<Stream> probe;
  while (!is_there && !uas.ended()) {
    failed = false;
    probe = network.connect("127.0.0.1", *Address::parse(address));
    probe->on_open = [&] { is_there = true; };
    probe->on_closed = [&](std::string_view) { failed = true; };
    ASSERT_TRUE(comes([&] { return is_there || failed; }));
  }
  auto registration = phone.registration("sip:sipp@ims.example");
  registration.set(sip::Name::contact, "<sip:sipp@" + address + ";transport=" + GetParam() + ">");
  phone.send(registration);
  ASSERT_TRUE(comes([&] { return uas.ended(); })) << uas.output();
  EXPECT_EQ(uas.how_it_ended(), "exit 0") << uas.output();
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs.front().type, ch2::RequestType::initial);
  EXPECT_EQ(charging.ccrs.back().type, ch2::RequestType::termination);
  EXPECT_EQ(charging.ccrs.back().used.value_or(0), 0U);
}

/// It calls the client ten times, several at once.
TEST_P(Sipp, CallsTheClient) {
  constexpr std::size_t calls = 10;
  Ixit ixit;
  Recorder recorder(clock);
  ImClient alice(clock, network, ixit, recorder, Random(2), "alice", "sip:alice@ims.example");
  alice.acts_alone();
  auto const uac = sipp("uac", {alice.word("host") + ":" + alice.word("port"), "-s", "alice", "-m", std::to_string(calls), "-r", "50"});
  ASSERT_TRUE(comes([&] { return uac.ended(); })) << uac.output();
  EXPECT_EQ(uac.how_it_ended(), "exit 0") << uac.output();
  std::map<std::string, std::size_t> got;
  std::vector<int> statuses;
  for (auto const& event : recorder.trace().events()) {
    auto const message = sip::Message::parse(event.octets);
    ASSERT_TRUE(message);
    if (event.repeats != 0) continue;
    if (message->is_request())
      ++got[std::string(message->method())];
    else
      statuses.push_back(message->status());
  }
  EXPECT_EQ(got, (std::map<std::string, std::size_t>{{"INVITE", calls}, {"ACK", calls}, {"BYE", calls}}));
  EXPECT_EQ(statuses.size(), 2 * calls);
  EXPECT_THAT(statuses, Each(200));
  EXPECT_TRUE(alice.is_settled());
}

}  // namespace
}  // namespace tollgate::selftest
