#pragma once
/// A Diameter connection that comes back when it is lost (RFC 6733 5.3-5.6, RFC 3539 3.4.1).
#include "codec/diameter/base_protocol.hpp"
#include "codec/stream_buffer.hpp"
#include "refserver/charging_link.hpp"

namespace tollgate::refserver {

class DiameterLink final : public ChargingLink {
 public:
  DiameterLink(Clock& clock, Network& network, Config const& config);
  ~DiameterLink() override;

  [[nodiscard]] bool is_open() const override { return open_ || (greeted_ && config_.has(Fault::M76_ccr_before_cea)); }
  void send(diameter::Message const& message) override { stream_->send(message.write()); }

 private:
  void connect();
  void lost();
  void read(std::string_view octets);
  void take(diameter::Message const& message);
  void take_request(diameter::Message const& request);
  void take_disconnect(diameter::Message const& request);
  void take_capabilities(diameter::Message const& answer);
  void await_traffic();
  void idle();

  Clock& clock_;
  Network& network_;
  Config const& config_;
  diameter::Peer self_;
  std::unique_ptr<Stream> stream_;
  StreamBuffer buffer_;
  bool greeted_ = false;           ///< our CER is sent
  bool open_ = false;              ///< capabilities are exchanged
  unsigned lost_ = 0;              ///< connections that have ended
  unsigned missed_watchdogs_ = 0;  ///< DWRs without a DWA
  TimerId watchdog_;
  TimerId reconnect_;
};

}  // namespace tollgate::refserver
