// UDP sockets. One datagram is one message; what does not fit the kernel's buffers is lost, as on any network.
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>

#include "transport/endpoint.hpp"
#include "transport/sockets.hpp"

namespace tollgate {

using boost::asio::ip::udp;

namespace {

/// Lives as long as its pending receive; `owner` is null once the socket's user is gone.
struct UdpSocket : std::enable_shared_from_this<UdpSocket> {
  UdpSocket(boost::asio::io_context& io, udp::endpoint const& local) : socket(io, local) {
    socket.set_option(boost::asio::socket_base::receive_buffer_size(1 << 20));
  }
  void receive() {
    socket.async_receive_from(boost::asio::buffer(buffer), from, [self = shared_from_this()](auto error, auto size) {
      if (self->owner == nullptr || error == boost::asio::error::operation_aborted) return;
      // ICMP "port unreachable" comes back as an error here and says nothing about the next datagram.
      if (!error && self->owner->on_octets) self->owner->on_octets(Octets(self->buffer.data(), size), to_address(self->from));
      if (self->owner != nullptr) self->receive();
    });
  }
  udp::socket socket;
  udp::endpoint from;
  std::array<char, 65536> buffer;
  Datagrams* owner = nullptr;
};

class UdpDatagrams final : public Datagrams {
 public:
  explicit UdpDatagrams(std::shared_ptr<UdpSocket> socket)
      : socket_(std::move(socket)), local_(to_address(socket_->socket.local_endpoint())) {
    socket_->owner = this;
    socket_->receive();
  }
  ~UdpDatagrams() override {
    socket_->owner = nullptr;
    boost::system::error_code ignored;
    socket_->socket.close(ignored);
  }
  [[nodiscard]] Address local() const override { return local_; }
  void send(std::string_view octets, Address const& to) override {
    boost::system::error_code lost;
    auto const ip = boost::asio::ip::make_address(to.host, lost);
    if (!lost) socket_->socket.send_to(boost::asio::buffer(octets.data(), octets.size()), {ip, to.port}, 0, lost);
  }

 private:
  std::shared_ptr<UdpSocket> socket_;
  Address local_;  ///< asked for with each message
};

}  // namespace

std::unique_ptr<Datagrams> SocketNetwork::bind(Address const& local) {
  try {
    return std::make_unique<UdpDatagrams>(std::make_shared<UdpSocket>(clock_.io(), to_endpoint<udp>(local)));
  } catch (boost::system::system_error const& error) {
    throw NetworkError(fmt::format("cannot bind UDP {}: {}", local.text(), error.code().message()));
  }
}

}  // namespace tollgate
