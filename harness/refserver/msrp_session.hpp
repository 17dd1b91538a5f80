#pragma once
/// The server's end of one MSRP session: offers, is bound, sends messages in chunks and learns what became of each
/// (RFC 4975 5.4, 7; RFC 6135 4).
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/stream_buffer.hpp"
#include "refserver/config.hpp"
#include "refserver/store.hpp"
#include "transport/network.hpp"

namespace tollgate::refserver {

struct MsrpEvent {
  enum class Kind : std::uint8_t {
    bound,    ///< content may be sent
    settled,  ///< `message` has its outcome
    lost,     ///< no connection, or no longer
    debit,    ///< of M10 and M43: debit at once
  } kind = Kind::bound;
  std::uint64_t message = 0;  ///< Deferred::id
  int status = 0;             ///< of the response; 0 when the time limit has passed
};

class MsrpSession {
 public:
  using OnEvent = std::function<void(MsrpEvent)>;

  /// Listens on a free port of the server's host. Throws NetworkError.
  MsrpSession(Clock& clock, Network& network, Random random, Config const& config, OnEvent on_event);
  ~MsrpSession();
  MsrpSession(MsrpSession const&) = delete;
  MsrpSession& operator=(MsrpSession const&) = delete;

  [[nodiscard]] sdp::MsrpMedia offer() const;
  /// Connects, or waits for the peer to, as the answer says. False when the answer cannot be used.
  [[nodiscard]] bool accept(sdp::MsrpMedia const& answer);
  /// Sends the message, in chunks if it is long, without waiting for the responses. False when the peer accepts no form
  /// of it (RFC 4975 8.6), or is gone.
  [[nodiscard]] bool send(Deferred const& message);
  void close();

 private:
  struct Connection {
    std::unique_ptr<Stream> stream;
    StreamBuffer buffer;
    bool gone = false;
  };
  struct Sent {
    std::uint64_t message = 0;
    TimerId limit;
  };
  struct Body {
    std::string content_type;
    Octets octets;
  };
  std::uint64_t adopt(std::unique_ptr<Stream> stream);
  void read(std::uint64_t id, std::string_view octets);
  void take(std::uint64_t id, msrp::Message const& message);
  void take_request(std::uint64_t id, msrp::Message const& request);
  void take_response(msrp::Message const& response);
  [[nodiscard]] int status_of(std::uint64_t id, msrp::Message const& request) const;
  void bind(std::uint64_t id);
  void lost(std::uint64_t id);
  void settle(std::string const& transaction_id, int status);
  [[nodiscard]] std::optional<Body> body_of(Deferred const& message) const;
  void send_chunk(Deferred const& message, Body const& body, std::size_t from, std::string const& message_id);

  Clock& clock_;
  Network& network_;
  Random random_;
  Config const& config_;
  OnEvent on_event_;
  std::unique_ptr<Listener> listener_;
  std::string own_path_;
  sdp::MsrpMedia peer_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t next_connection_ = 0;
  std::uint64_t bound_ = 0;  ///< the session's one connection
  TimerId bind_limit_;
  std::multimap<std::string, Sent> sent_;            ///< outstanding chunks by transaction id
  std::map<std::uint64_t, std::size_t> outstanding_;  ///< chunks of a message without an outcome
};

}  // namespace tollgate::refserver
