#pragma once
/// A test bed for the IM Client: a SUT that is a bare socket, in simulated time.
#include <algorithm>
#include <gmock/gmock.h>

#include "actors/im_client/im_client.hpp"
#include "codec/msrp/digest.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/digest_response.hpp"
#include "codec/sip/response.hpp"
#include "codec/sip/uri.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {

/// A SUT that is a bare UDP socket: it sees octets and sends octets.
class ImClientTest : public testing::Test {
 protected:
  ImClientTest() {
    ixit.sut_sip = sut->local();
    sut->on_octets = [this](Octets octets, Address const& from) { heard.push_back({clock.now(), std::move(octets), from}); };
  }
  [[nodiscard]] std::vector<Octets> octets_heard() const {
    std::vector<Octets> out;
    for (auto const& one : heard) out.push_back(one.octets);
    return out;
  }
  /// An INVITE to the contact that the client registers.
  Octets invite(std::string const& sdp) {
    auto request = sip::Message::request("INVITE", "sip:alice@127.0.0.1");
    request.add(sip::Name::via, "SIP/2.0/UDP " + sut->local().text() + ";branch=z9hG4bKinv").add(sip::Name::max_forwards, "70");
    request.add(sip::Name::from, "<sip:im@ims.example>;tag=s").add(sip::Name::to, "<sip:alice@ims.example>");
    request.add(sip::Name::call_id, "call").add(sip::Name::cseq, "1 INVITE").add(sip::Name::contact, "<sip:im@127.0.0.1>");
    request.set_body(sdp, "application/sdp");
    return request.write();
  }
  Address contact_of_client() {
    alice.sends_register();
    clock.run_for(1ms);
    auto const message = sip::Message::parse(heard.back().octets);
    auto const contacts = sip::contacts(*message);
    auto const uri = sip::parse_uri(contacts->front().uri);
    sut->send(sip::response_to(*message, 200, "r").write(), heard.back().from);
    clock.run_for(1ms);
    heard.clear();
    return {std::string(uri->host), *uri->port};
  }
  Received received(std::string const& label) {
    std::optional<Received> got;
    TaskScope scope;
    scope.start([](ImClient& client, std::string wanted, std::optional<Received>& out) -> Task<void> {
      out = co_await client.may_receive(wanted, 1s);
    }(alice, label, got));
    clock.run_until([&] { return scope.idle(); });
    EXPECT_TRUE(got) << label;
    return got.value_or(Received{});
  }

  struct Heard {
    Instant at;
    Octets octets;
    Address from;
  };
  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  std::unique_ptr<Datagrams> sut = network.bind({"127.0.0.1", 5060});
  Ixit ixit;
  Recorder recorder{clock};
  std::vector<Heard> heard;
  ImClient alice{clock, network, ixit, recorder, Random(2), "alice", "sip:alice@ims.example"};
};

}  // namespace tollgate
