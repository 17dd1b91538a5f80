#pragma once
/// CH-2 documents over HTTP connections, each with one request at a time, so that no answer waits for another's (RFC 9112 9.3). As many
/// as there are requests, unless the configuration has fewer: then requests wait.
#include <deque>
#include <memory>
#include <vector>

#include "codec/stream_buffer.hpp"
#include "refserver/charging_link.hpp"
#include "sim/later.hpp"

namespace tollgate::refserver {

class HttpLink final : public ChargingLink {
 public:
  HttpLink(Clock& clock, Network& network, Config const& config);
  ~HttpLink() override;

  /// False for a moment after a connection was lost.
  [[nodiscard]] bool is_open() const override { return is_open_; }
  void send(diameter::Message const& message) override;

 private:
  struct Exchange;
  [[nodiscard]] Exchange* idle_one();
  void send_waiting();  ///< as far as connections are idle, later
  void read(Exchange& exchange, std::string_view octets);
  void lost(Exchange& exchange);
  void forget(Exchange& exchange);

  Clock& clock_;
  Network& network_;
  Config const& config_;
  std::vector<std::unique_ptr<Exchange>> exchanges_;
  std::deque<diameter::Message> waiting_;  ///< for a connection that is idle
  bool is_open_ = true;
  TimerId reconnect_;
  Later later_;
};

}  // namespace tollgate::refserver
