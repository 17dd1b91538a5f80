#include "runner/absence.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

namespace tollgate {

static constexpr Duration time_for_icmp = 5ms, between = 5ms;

Absence::Absence(WallClock& clock, Network& network, Ixit const& ixit) : clock_(clock), network_(network), ixit_(ixit), later_(clock) {}

Absence::~Absence() {
  scope_.clear();
}

void Absence::watch() {
  if (std::exchange(is_watching_, true)) return;
  later_.post([this] { scope_.start(looks()); });
}

Task<void> Absence::looks() {
  constexpr Duration most = 500ms;
  Instant const end = clock_.now() + most;
  bool is_absent = false;
  while (!is_absent && clock_.now() < end) {
    is_absent = co_await is_refused();
    co_await pause(clock_, between);
  }
  later_.post([this, is_absent] {
    is_watching_ = false;
    if (is_absent && on_absent) on_absent();
  });
}

/// An empty line, which is no message (RFC 3261 7.5), or a connection that says nothing.
Task<bool> Absence::is_refused() {
  using boost::asio::ip::udp;
  auto const at = ixit_.sut_sip_over(ixit_.sip_transport);
  if (ixit_.sip_transport != trace::Transport::udp) {
    bool is_open = false;
    std::string why_closed;
    auto const stream = network_.connect(ixit_.bind, at);
    stream->on_open = [&] { is_open = true; };
    stream->on_closed = [&](std::string_view reason) { why_closed = reason; };
    Instant const end = clock_.now() + 10 * time_for_icmp;
    while (!is_open && why_closed.empty() && clock_.now() < end) co_await pause(clock_, 1ms);
    co_return !is_open && why_closed.contains("refused");
  }
  boost::system::error_code error;
  udp::endpoint const there(boost::asio::ip::make_address(at.host, error), at.port);
  udp::socket socket(clock_.io());
  if (!error) (void)socket.open(there.protocol(), error);
  if (!error) (void)socket.connect(there, error);
  if (!error) (void)socket.non_blocking(true, error);
  if (error) co_return false;
  socket.send(boost::asio::buffer("\r\n\r\n", 4), 0, error);
  co_await pause(clock_, time_for_icmp);
  std::array<char, 64> ignored{};
  boost::system::error_code refusal;
  socket.receive(boost::asio::buffer(ignored), 0, refusal);
  co_return error == boost::asio::error::connection_refused || refusal == boost::asio::error::connection_refused;
}

}  // namespace tollgate
