#pragma once
/// A server that lives on the test's own clock and sockets, for what a real one seldom does.
#include <memory>
#include <string>

#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/sip/response.hpp"
#include "codec/stream_buffer.hpp"
#include "transport/network.hpp"

namespace tollgate::fuzz {

/// Answers OPTIONS and DWR, and does nothing else but charge somebody where it is told to. It lives on our clock.
class FakeServer {
 public:
  FakeServer(Network& network, Address charging) : network_(network), charging_(std::move(charging)), sip_(network.bind({"127.0.0.1", 0})) {
    sip_->on_octets = [this](Octets const& octets, Address const& from) {
      auto const request = sip::Message::parse(octets);
      if (request && request->method() == "REGISTER" && !charges.empty()) charge();
      if (!request || request->method() != "OPTIONS" || !answers_options) return;
      sip_->send(sip::response_to(*request, 200, "t").write(), from);
      if (!is_connected_) connect();
    };
  }
  [[nodiscard]] Address sip() const { return sip_->local(); }
  /// Its process ends.
  void dies() {
    stream_->reset();
    stream_.reset();
    sip_.reset();
  }
  bool answers_options = true, answers_watchdog = true;
  std::string charges;         ///< a subscriber, behind each REGISTER
  std::uint8_t ccr_flags = 0;  ///< of that CCR, besides its own

 private:
  void charge() {
    auto ccr = ch2::write_request({.type = ch2::RequestType::initial,
                                   .session_id = "im;1;1",
                                   .subscriber = charges,
                                   .service_context = "im@openmobilealliance.org",
                                   .requested = 1},
                                  {.origin_host = "im", .origin_realm = "ims.example", .destination_realm = "ims.example"});
    ccr.header.flags |= ccr_flags;
    stream_->send(ccr.write());
  }
  void connect() {
    buffer_ = StreamBuffer([](auto octets) { return diameter::frame(octets); });
    stream_ = network_.connect("127.0.0.1", charging_);
    is_connected_ = true;
    stream_->on_octets = [this](std::string_view octets) {
      buffer_.append(octets);
      while (auto const cut = buffer_.next()) {
        auto const request = diameter::Message::parse(cut->octets);
        if (request && request->header.is_request() && answers_watchdog)
          stream_->send(diameter::short_answer(*request, self_, 2001).write());
      }
    };
    stream_->on_closed = [this](std::string_view) { is_connected_ = false; };
    stream_->send(diameter::capabilities_request(self_).write());
  }

  Network& network_;
  Address charging_;
  std::unique_ptr<Datagrams> sip_;
  std::unique_ptr<Stream> stream_;
  bool is_connected_ = false;
  StreamBuffer buffer_{[](auto octets) { return diameter::frame(octets); }};
  diameter::Peer self_{.origin_host = "im", .origin_realm = "ims.example", .host_ip_address = "127.0.0.1"};
};

}  // namespace tollgate::fuzz
