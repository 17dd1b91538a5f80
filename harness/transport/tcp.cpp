// TCP connections and listeners.
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "transport/endpoint.hpp"
#include "transport/sockets.hpp"

namespace tollgate {

using boost::asio::ip::tcp;

namespace {

/// Lives as long as its pending operations; `owner` is null once the connection's user is gone.
struct TcpSocket : std::enable_shared_from_this<TcpSocket> {
  explicit TcpSocket(tcp::socket s) : socket(std::move(s)) {}

  void opened() {
    open = true;
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    local = to_address(socket.local_endpoint(ignored));
    if (owner != nullptr && owner->on_open) owner->on_open();
    flush();
    receive();
  }
  void receive() {
    if (paused || reading || closing) return;
    reading = true;
    socket.async_read_some(boost::asio::buffer(buffer), [self = shared_from_this()](auto error, auto size) {
      self->reading = false;
      if (self->owner == nullptr) return;
      if (error) return self->broken(error == boost::asio::error::eof ? std::string(closed_by_peer) : error.message());
      if (self->owner->on_octets) self->owner->on_octets(std::string_view(self->buffer.data(), size));
      if (self->owner != nullptr) self->receive();
    });
  }
  void flush() {
    if (!open || writing || waiting.empty()) {
      if (open && !writing && closing) shut();
      return;
    }
    writing = true;
    in_flight = std::exchange(waiting, {});
    boost::asio::async_write(socket, boost::asio::buffer(in_flight), [self = shared_from_this()](auto error, auto) {
      self->writing = false;
      if (error) return self->broken(error.message());
      self->flush();
    });
  }
  void shut() {
    boost::system::error_code ignored;
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    socket.close(ignored);
  }
  void broken(std::string const& reason) {
    boost::system::error_code ignored;
    socket.close(ignored);
    if (closing || owner == nullptr) return;
    closing = true;
    if (owner->on_closed) owner->on_closed(reason);
  }

  tcp::socket socket;
  Address local;
  Address remote;
  std::array<char, 65536> buffer;
  Octets waiting;
  Octets in_flight;
  bool open = false;
  bool writing = false;
  bool reading = false;
  bool paused = false;
  bool closing = false;
  Stream* owner = nullptr;
};

class TcpStream final : public Stream {
 public:
  explicit TcpStream(std::shared_ptr<TcpSocket> socket) : socket_(std::move(socket)) { socket_->owner = this; }
  ~TcpStream() override {
    socket_->owner = nullptr;
    if (!socket_->closing) TcpStream::close();
  }
  [[nodiscard]] Address local() const override { return socket_->local; }
  [[nodiscard]] Address remote() const override { return socket_->remote; }
  void send(std::string_view octets) override {
    if (socket_->closing) return;
    socket_->waiting += octets;
    socket_->flush();
  }
  [[nodiscard]] std::size_t unsent() const override { return socket_->waiting.size() + socket_->in_flight.size(); }
  void close() override {
    socket_->closing = true;
    if (socket_->open) return socket_->flush();
    boost::system::error_code ignored;
    socket_->socket.close(ignored);
  }
  void reset() override {
    socket_->closing = true;
    boost::system::error_code ignored;
    socket_->socket.set_option(boost::asio::socket_base::linger(true, 0), ignored);
    socket_->socket.close(ignored);
  }
  void pause() override { socket_->paused = true; }
  void resume() override {
    socket_->paused = false;
    if (socket_->open) socket_->receive();
  }

 private:
  std::shared_ptr<TcpSocket> socket_;
};

/// Small segments and a small window: then neither kernel holds much of what nobody reads. Before the connection is made.
void make_slow(auto& socket) {
  constexpr int window = 4096, segment = 536;
  using MaximumSegment = boost::asio::detail::socket_option::integer<IPPROTO_TCP, TCP_MAXSEG>;
  boost::system::error_code ignored;
  socket.set_option(boost::asio::socket_base::receive_buffer_size(window), ignored);
  socket.set_option(MaximumSegment(segment), ignored);
}

/// To an address alone: Linux then chooses the port when it knows the other end, and need not look for one that nobody has.
void bind_to(tcp::socket& socket, boost::asio::ip::address const& local, boost::system::error_code& error) {
  using AddressAlone = boost::asio::detail::socket_option::boolean<IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT>;
  boost::system::error_code ignored;
  socket.set_option(AddressAlone(true), ignored);
  socket.bind({local, 0}, error);
}

struct TcpAcceptor : std::enable_shared_from_this<TcpAcceptor> {
  TcpAcceptor(boost::asio::io_context& io, tcp::endpoint const& local, Manner manner) : acceptor(io), filler(io) {
    acceptor.open(local.protocol());
    // No "reuse" at the bind to any port: with it, Linux looks in a part of the range first, for milliseconds where thousands are open.
    // What is accepted inherits it: the port can be taken again while its connections linger.
    tcp::acceptor::reuse_address const reuse(true);
    if (local.port() != 0) acceptor.set_option(reuse);
    if (manner == Manner::slow) make_slow(acceptor);
    acceptor.bind(local);
    acceptor.set_option(reuse);
    acceptor.listen(manner == Manner::silent ? 0 : boost::asio::socket_base::max_listen_connections);
    // One connection that nobody accepts fills a queue of none: further SYNs are dropped.
    if (manner == Manner::silent) filler.async_connect(acceptor.local_endpoint(), [](auto) {});
  }
  void accept() {
    acceptor.async_accept([self = shared_from_this()](auto error, tcp::socket peer) {
      if (self->owner == nullptr || error == boost::asio::error::operation_aborted) return;
      if (!error && self->owner->on_accept) {
        auto socket = std::make_shared<TcpSocket>(std::move(peer));
        boost::system::error_code ignored;
        socket->remote = to_address(socket->socket.remote_endpoint(ignored));
        socket->local = to_address(socket->socket.local_endpoint(ignored));
        auto stream = std::make_unique<TcpStream>(socket);
        self->owner->on_accept(std::move(stream));
        socket->opened();
      }
      if (self->owner != nullptr) self->accept();
    });
  }
  tcp::acceptor acceptor;
  tcp::socket filler;
  Listener* owner = nullptr;
};

class TcpListener final : public Listener {
 public:
  TcpListener(std::shared_ptr<TcpAcceptor> acceptor, Manner manner) : acceptor_(std::move(acceptor)) {
    acceptor_->owner = this;
    if (manner != Manner::silent) acceptor_->accept();
  }
  ~TcpListener() override {
    acceptor_->owner = nullptr;
    boost::system::error_code ignored;
    acceptor_->acceptor.close(ignored);
  }
  [[nodiscard]] Address local() const override { return to_address(acceptor_->acceptor.local_endpoint()); }

 private:
  std::shared_ptr<TcpAcceptor> acceptor_;
};

}  // namespace

std::unique_ptr<Listener> SocketNetwork::listen(Address const& local, Manner manner) {
  try {
    return std::make_unique<TcpListener>(std::make_shared<TcpAcceptor>(clock_.io(), to_endpoint<tcp>(local), manner), manner);
  } catch (boost::system::system_error const& error) {
    throw NetworkError(fmt::format("cannot listen on TCP {}: {}", local.text(), error.code().message()));
  }
}

std::unique_ptr<Stream> SocketNetwork::connect(std::string const& from, Address const& to, Manner manner) {
  auto socket = std::make_shared<TcpSocket>(tcp::socket(clock_.io()));
  socket->remote = to;
  auto stream = std::make_unique<TcpStream>(socket);
  boost::system::error_code error;
  auto const remote = boost::asio::ip::make_address(to.host, error);
  auto const local = error ? boost::asio::ip::address() : boost::asio::ip::make_address(from, error);
  if (!error) socket->socket.open(local.is_v6() ? tcp::v6() : tcp::v4(), error);
  if (!error && manner == Manner::slow) make_slow(socket->socket);
  if (!error) bind_to(socket->socket, local, error);
  if (error) {
    clock_.post([socket, error] { socket->broken(error.message()); });
    return stream;
  }
  socket->socket.async_connect({remote, to.port}, [socket](auto failed) {
    if (socket->owner == nullptr || socket->closing) return;
    if (failed) return socket->broken(failed.message());
    socket->opened();
  });
  return stream;
}

}  // namespace tollgate
