// The client's end of SIP: whose end of a connection the case hears of.
#include "actors/im_client/sip_endpoint.hpp"

#include <gtest/gtest.h>

#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

class SipEndpointTest : public testing::Test {
 protected:
  void SetUp() override {
    ixit.sut_sip = listener->local();
    listener->on_accept = [this](std::unique_ptr<Stream> stream) { connection = std::move(stream); };
    endpoint.uses(trace::Transport::tcp);
    endpoint.send_request("OPTIONS sip:x SIP/2.0\r\n\r\n");
    clock.run_for(10ms);
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  std::unique_ptr<Listener> listener = network.listen({"127.0.0.1", 5060});
  std::unique_ptr<Stream> connection;  ///< the SUT's end
  Ixit ixit;
  Recorder recorder{clock};
  std::vector<trace::EventId> ended;
  SipEndpoint endpoint{clock,
                       network,
                       ixit,
                       recorder,
                       "alice",
                       "sip:alice@ims.example",
                       [](sip::Message const&, trace::Event const&, SipSource const&) {},
                       [this](trace::EventId event) { ended.push_back(event); }};
};

TEST_F(SipEndpointTest, HearsThatTheSutHasClosedItsConnection) {
  ASSERT_TRUE(connection);
  EXPECT_TRUE(ended.empty());
  connection->close();
  clock.run_for(10ms);
  ASSERT_EQ(ended.size(), 1U);
  auto const& event = recorder.trace().at(ended.front());
  EXPECT_EQ(event.kind, trace::Kind::closed);
  EXPECT_EQ(event.channel, trace::Channel::sip);
  EXPECT_EQ(event.direction, trace::Direction::received);
  EXPECT_EQ(event.party, "sip:alice@ims.example");
}

TEST_F(SipEndpointTest, KeepsWhatTheEndOfAConnectionHasCutOff) {
  ASSERT_TRUE(connection);
  connection->send("SIP/2.0 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
  connection->close();
  clock.run_for(10ms);
  auto const& cut = recorder.trace().at(ended.front() - 1);
  EXPECT_EQ(cut.octets, "SIP/2.0 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
  EXPECT_EQ(cut.note, "the connection ended before the message was complete (RFC 3261 18.3)");
}

TEST_F(SipEndpointTest, TakesHalfAPingForNoMessage) {
  ASSERT_TRUE(connection);
  connection->send("\r\n");
  auto const before = recorder.trace().events().size();
  connection->close();
  clock.run_for(10ms);
  EXPECT_EQ(recorder.trace().events().size(), before + 1) << "the end alone";
}

TEST_F(SipEndpointTest, SendsOnAConnectionOfItsOwnAfterThat) {
  ASSERT_TRUE(connection);
  connection->close();
  clock.run_for(10ms);
  connection.reset();
  endpoint.send_request("OPTIONS sip:x SIP/2.0\r\n\r\n");
  clock.run_for(10ms);
  EXPECT_TRUE(connection);
  EXPECT_EQ(ended.size(), 1U);
}

}  // namespace
}  // namespace tollgate
