#include "actors/im_client/shared_port.hpp"

#include <utility>

#include "codec/msrp/views.hpp"
#include "codec/stream_buffer.hpp"

namespace tollgate {

/// One connection of the SUT, and the sessions that it serves.
struct SharedPort::Connection {
  std::unique_ptr<Stream> stream;
  StreamBuffer buffer{[](auto octets) { return msrp::frame(octets); }};
  std::map<std::string, SessionStream*> sessions;
};

/// The connection as one session sees it.
class SharedPort::SessionStream final : public Stream {
 public:
  SessionStream(std::shared_ptr<Connection> connection, std::string session_id)
      : connection_(std::move(connection)), session_id_(std::move(session_id)) {
    connection_->sessions[session_id_] = this;
  }
  ~SessionStream() override { SessionStream::close(); }

  [[nodiscard]] Address local() const override { return connection_->stream->local(); }
  [[nodiscard]] Address remote() const override { return connection_->stream->remote(); }
  void send(std::string_view octets) override { connection_->stream->send(octets); }
  void close() override {
    if (connection_->sessions.erase(session_id_) > 0 && connection_->sessions.empty()) connection_->stream->close();
  }
  void reset() override {
    if (connection_->sessions.erase(session_id_) > 0 && connection_->sessions.empty()) connection_->stream->reset();
  }
  void pause() override { connection_->stream->pause(); }
  void resume() override { connection_->stream->resume(); }

 private:
  std::shared_ptr<Connection> connection_;
  std::string session_id_;
};

class SharedPort::SessionListener final : public Listener {
 public:
  SessionListener(std::shared_ptr<Sessions> sessions, std::string session_id, Address local)
      : sessions_(std::move(sessions)), session_id_(std::move(session_id)), local_(std::move(local)) {
    sessions_->listeners[session_id_] = this;
  }
  ~SessionListener() override { sessions_->listeners.erase(session_id_); }
  [[nodiscard]] Address local() const override { return local_; }

 private:
  std::shared_ptr<Sessions> sessions_;
  std::string session_id_;
  Address local_;
};

SharedPort::SharedPort(Network& network, std::string const& host)
    : sessions_(std::make_shared<Sessions>()), listener_(network.listen({host, 0})) {
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { accept(std::move(stream)); };
}

SharedPort::~SharedPort() {
  for (auto const& connection : connections_) connection->stream->on_octets = nullptr;
}

std::unique_ptr<Listener> SharedPort::listener_for(std::string const& session_id) {
  return std::make_unique<SessionListener>(sessions_, session_id, listener_->local());
}

/// The sessions' streams may outlive the port, which then hears nothing any more.
void SharedPort::accept(std::unique_ptr<Stream> stream) {
  auto const& connection = connections_.emplace_back(std::make_shared<Connection>());
  connection->stream = std::move(stream);
  connection->stream->on_octets = [this, weak = std::weak_ptr(connection)](std::string_view octets) {
    if (auto const its = weak.lock()) read(its, octets);
  };
  connection->stream->on_closed = [weak = std::weak_ptr(connection)](std::string_view reason) {
    auto const its = weak.lock();
    if (!its) return;
    for (auto const& [id, session] : std::exchange(its->sessions, {}))
      if (session->on_closed) session->on_closed(reason);
  };
}

static std::string session_of(std::string_view octets) {
  auto const message = msrp::Message::parse(octets);
  if (!message) return "";
  auto const to = msrp::to_path(*message);
  return to && !to->empty() ? std::string(to->back().session_id) : "";
}

void SharedPort::read(std::shared_ptr<Connection> const& connection, std::string_view octets) const {
  connection->buffer.append(octets);
  while (auto const cut = connection->buffer.next()) {
    if (cut->error) return connection->stream->close();
    auto const id = session_of(cut->octets);
    auto const listener = sessions_->listeners.find(id);
    if (!connection->sessions.contains(id) && listener != sessions_->listeners.end())
      listener->second->on_accept(std::make_unique<SessionStream>(connection, id));
    auto const session = connection->sessions.find(id);
    if (session != connection->sessions.end() && session->second->on_octets) session->second->on_octets(cut->octets);
  }
}

}  // namespace tollgate
