#pragma once
/// The server's end of one MSRP session: offers, is bound, sends messages in chunks and learns what became of each
/// (RFC 4975 5.4, 7; RFC 6135 4).
#include <deque>
#include <functional>
#include <list>
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
#include "transport/tls.hpp"

namespace tollgate::refserver {

struct MsrpEvent {
  enum class Kind : std::uint8_t {
    bound,    ///< content may be sent
    settled,    ///< `message` has its outcome
    withdrawn,  ///< `message` was not begun and does not go out in this session
    written,    ///< everything that was to be sent is on its way
    lost,       ///< no connection, or no longer
    debit,      ///< of M10, M43, M44, M46 and D29: debit at once
  } kind = Kind::bound;
  std::uint64_t message = 0;  ///< Deferred::id
  int status = 0;             ///< of the response; 0 when the time limit has passed
};

class MsrpSession;
/// What the sessions of the server have in common; only faults mind.
struct Writer {
  MsrpSession const* session = nullptr;  ///< of M172: is in the middle of a message
  unsigned counted = 0;                  ///< ids that M186 and M187 have given
  unsigned pushes = 0;                   ///< of M205: so far
  unsigned unfinished = 0;               ///< of M206: chunks of messages that clients did not end
};

class MsrpSession {
 public:
  using OnEvent = std::function<void(MsrpEvent)>;

  /// Listens on a free port of the server's host. `session_id` is the last part of its URI; `identity`: over TLS, as which. Throws
  /// NetworkError.
  MsrpSession(Clock& clock, Network& network, Random random, Config const& config, Writer& writer, std::string const& session_id,
              std::shared_ptr<TlsIdentity const> identity, OnEvent on_event);
  ~MsrpSession();
  MsrpSession(MsrpSession const&) = delete;
  MsrpSession& operator=(MsrpSession const&) = delete;

  [[nodiscard]] sdp::MsrpMedia offer() const;
  /// Connects, or waits for the peer to, as the answer says. False when the answer cannot be used.
  [[nodiscard]] bool accept(sdp::MsrpMedia const& answer);
  /// Takes a message to be sent. False when the peer accepts no form of it, or not its size (RFC 4975 8.6), or is gone.
  [[nodiscard]] bool take(Deferred const& message);
  /// Writes what it has taken without waiting for responses to the messages before; of a long one each chunk waits for the
  /// response to the chunk before. `written` says that nothing is left.
  void write();
  /// It has connected, and spoken first (RFC 4975 5.4).
  [[nodiscard]] bool has_introduced_itself() const { return !introduction_.empty(); }
  /// Writes no more. What was not begun is withdrawn, and then the session is lost.
  void abandon();
  /// Of M170: writes what is left at once.
  void write_the_rest();
  void close();
  /// Of M191: to the peer that it had.
  void connect_again();

 private:
  struct Connection {
    std::unique_ptr<Stream> stream;
    StreamBuffer buffer;
    bool gone = false;
  };
  struct Body {
    std::string content_type;
    Octets octets;
    std::string media_type;  ///< content_type and, in a message/cpim, what is wrapped
  };
  /// A message that is not written to its end.
  struct Outgoing {
    std::uint64_t message = 0;
    Body body;
    std::string message_id;
    std::size_t written = 0;  ///< octets of the body
    std::string awaits;       ///< transaction id of the chunk whose response the next one waits for
    bool failed = false;      ///< of M107: has its outcome and goes on
  };
  /// A chunk without a response.
  struct Sent {
    std::uint64_t message = 0;
    std::string media_type;
    bool is_last = false;
    bool is_after_failure = false;  ///< of M107
    TimerId limit;
  };
  std::uint64_t adopt(std::unique_ptr<Stream> stream);
  /// Inside TLS, where the session is: whoever is at the other end has shown that it is the one that answered.
  [[nodiscard]] std::unique_ptr<Stream> secured(std::unique_ptr<Stream> stream, TlsRole role) const;
  void accepted(std::unique_ptr<Stream> stream);
  void keep(std::unique_ptr<Stream> stream);
  void take_early();
  void read(std::uint64_t id, std::string_view octets);
  void take(std::uint64_t id, msrp::Message const& message);
  void take_request(std::uint64_t id, msrp::Message const& request);
  void take_response(msrp::Message const& response);
  [[nodiscard]] bool is_left_open(int status) const;
  void respond(std::uint64_t id, msrp::Message const& request, int status);
  [[nodiscard]] int status_of(std::uint64_t id, msrp::Message const& request) const;
  void introduce(std::uint64_t id);
  void bind(std::uint64_t id);
  void lost(std::uint64_t id);
  void tell(MsrpEvent const& event);
  void settle(std::string const& transaction_id, int status);
  [[nodiscard]] std::optional<Body> body_of(Deferred const& message) const;
  [[nodiscard]] bool is_held_up();
  void write_chunk(Outgoing& outgoing);
  void answered(std::string const& transaction_id, bool is_ok);
  void withdraw(std::function<bool(Outgoing const&)> const& which);

  Clock& clock_;
  Network& network_;
  Random random_;
  Config const& config_;
  Writer& writer_;
  std::shared_ptr<TlsIdentity const> identity_;
  OnEvent on_event_;
  std::unique_ptr<Listener> listener_;
  std::string own_path_;
  sdp::MsrpMedia peer_;
  std::map<std::uint64_t, Connection> connections_;
  /// A connection over TLS that was accepted before the answer said who may connect, and what has come on it.
  struct Early {
    std::unique_ptr<Stream> stream;
    Octets octets{};
  };
  std::list<Early> early_;
  std::uint64_t next_connection_ = 0;
  std::uint64_t bound_ = 0;  ///< the session's one connection
  TimerId bind_limit_;
  std::string introduction_;          ///< transaction id of our SEND that binds the session
  std::deque<Outgoing> queue_;
  std::multimap<std::string, Sent> sent_;  ///< by transaction id, of which M101 has one for all
  std::vector<TimerId> unnoted_;  ///< of M55: outcomes that a lost connection takes along
  TimerId turn_;                      ///< of M172
  unsigned taken_ = 0;                ///< of M202: messages of this session
};

}  // namespace tollgate::refserver
