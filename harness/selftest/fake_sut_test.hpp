#pragma once
/// A server that answers OPTIONS and connects to the Charging Enabler, and can do both badly: a thread with a clock of its own.
#include <atomic>
#include <string>
#include <thread>

#include "codec/diameter/base_protocol.hpp"
#include "codec/sip/response.hpp"
#include "sim/wall_clock.hpp"
#include "transport/sockets.hpp"

namespace tollgate::selftest {

class FakeSut {
 public:
  struct Manners {
    bool says_hello = true;  ///< sends a CER
    bool names_from = true;  ///< its responses have a From
  };

  FakeSut(std::string const& sip, std::string const& charging, Manners manners)
      : thread_([this, sip = *Address::parse(sip), charging = *Address::parse(charging), manners] { live(sip, charging, manners); }) {}
  ~FakeSut() {
    ends_ = true;
    thread_.join();
  }
  FakeSut(FakeSut const&) = delete;
  FakeSut& operator=(FakeSut const&) = delete;

 private:
  void live(Address const& sip, Address const& charging, Manners manners) {
    WallClock clock;
    SocketNetwork network(clock);
    auto const socket = network.bind(sip);
    std::unique_ptr<Stream> stream;
    socket->on_octets = [&](Octets const& octets, Address const& from) {
      auto const request = sip::Message::parse(octets);
      if (!request || request->method() != "OPTIONS") return;
      auto response = sip::response_to(*request, 200, "t").write();
      auto const at = response.find("From:");
      if (!manners.names_from) response.erase(at, response.find("\r\n", at) + 2 - at);
      socket->send(response, from);
      if (stream) return;
      stream = network.connect(sip.host, charging);
      if (manners.says_hello)
        stream->send(
            diameter::capabilities_request({.origin_host = "im", .origin_realm = "ims.example", .host_ip_address = sip.host}).write());
    };
    clock.run_until([this] { return ends_.load(); });
  }

  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

}  // namespace tollgate::selftest
