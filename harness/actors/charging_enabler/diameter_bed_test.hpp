#pragma once
/// A SUT that is a bare Diameter connection.
#include <gmock/gmock.h>

#include "actors/charging_enabler/diameter_enabler.hpp"
#include "codec/diameter/dictionary.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {

class DiameterEnablerTest : public testing::Test {
 protected:
  DiameterEnablerTest() {
    ocs.attach(alices);
    alices.serves("sip:alice@ims.example");
    stream->on_octets = [this](std::string_view octets) {
      buffer.append(octets);
      while (auto cut = buffer.next()) answers.push_back(*diameter::Message::parse(cut->octets));
    };
  }
  void send(diameter::Message message) {
    message.header.hop_by_hop = message.header.end_to_end = ++identifier;
    stream->send(message.write());
    clock.run_for(1ms);
  }
  void open() {
    send(diameter::capabilities_request(self));
    answers.clear();
  }
  void charge(ch2::RequestType type, std::optional<std::uint64_t> requested, std::optional<std::uint64_t> used,
              std::string const& subscriber = "sip:alice@ims.example") {
    ch2::Request request;
    request.type = type;
    request.number = number++;
    request.session_id = "im;1;" + subscriber;
    request.subscriber = subscriber;
    request.service_context = "im@openmobilealliance.org";
    request.requested = requested;
    request.used = used;
    send(ch2::write_request(request, {.origin_host = "im", .origin_realm = "ims.example", .destination_realm = "ims.example"}));
  }
  /// Why Alice's case stops when it waits for that in vain.
  CaseStopped missed(std::string const& label) {
    CaseStopped stopped;
    TaskScope scope;
    scope.start([](CreditControl& at, std::string wanted, CaseStopped& out) -> Task<void> {
      try {
        (void)co_await at.receives(wanted, 1s);
      } catch (CaseStopped const& why) {
        out = why;
      }
    }(alices, label, stopped));
    clock.run_until([&] { return scope.idle(); });
    return stopped;
  }
  Received received(std::string const& label) {
    std::optional<Received> got;
    TaskScope scope;
    scope.start([](CreditControl& at, std::string wanted, std::optional<Received>& out) -> Task<void> {
      out = co_await at.may_receive(wanted, 1s);
    }(alices, label, got));
    clock.run_until([&] { return scope.idle(); });
    EXPECT_TRUE(got) << label;
    return got.value_or(Received{});
  }
  [[nodiscard]] std::uint32_t last_result() const { return diameter::result_code(answers.back()).value_or(0); }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  Ixit ixit;
  Recorder peers{clock};
  Recorder recorder{clock};
  DiameterEnabler ocs{clock, network, ixit, {"127.0.0.1", 3868}, peers};
  CreditControl alices{clock, recorder, "ocs", ixit.origin_host, ixit.origin_realm};
  std::unique_ptr<Stream> stream = network.connect("127.0.0.1", ocs.address());
  StreamBuffer buffer{[](auto octets) { return diameter::frame(octets); }};
  std::vector<diameter::Message> answers;
  diameter::Peer self{.origin_host = "im", .origin_realm = "ims.example"};
  std::uint32_t identifier = 100;
  std::uint32_t number = 0;
};

}  // namespace tollgate
