#pragma once
/// One user's end of MSRP in a disorderly run: connects or is connected to, binds, answers SENDs in any way.
#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "codec/msrp/message.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/stream_buffer.hpp"
#include "fuzz/disorder/journal.hpp"
#include "transport/network.hpp"

namespace tollgate::fuzz {

class MsrpSide {
 public:
  MsrpSide(Journal& journal, Network& network, std::string user, std::string party);

  /// The answer to an offer: we connect, or the server does.
  [[nodiscard]] sdp::MsrpMedia answer(sdp::Setup setup) const;
  /// Connects to the offered path.
  void connects(sdp::MsrpMedia const& offer);
  /// A SEND on a connection, from the newest backwards: without content it binds the session.
  void sends(std::size_t connection, std::string_view to_path, std::string_view content);
  /// Answers one of the server's SENDs, from the newest backwards, on that connection or another one.
  void answers(std::size_t which, int status, std::size_t other_connection, bool other_transaction);
  void sends_octets(std::size_t connection, Octets octets);
  void closes(std::size_t connection, bool by_reset);

 private:
  struct Connection {
    std::unique_ptr<Stream> stream;
    StreamBuffer in, out;
    bool is_broken = false;
    bool gone = false;
  };
  struct Asked {
    std::string transaction_id;
    std::string from_path;
    std::size_t connection = 0;
    trace::EventId event = 0;
    bool answered = false;
  };
  void adopt(std::unique_ptr<Stream> stream);
  void read(std::size_t connection, std::string_view octets);
  void take(std::size_t connection, Octets octets);
  void send(std::size_t connection, Octets octets);
  void note_sent(std::size_t connection, Octets const& octets);
  void note_closed(trace::Direction direction);
  [[nodiscard]] trace::Event event(trace::Direction direction, Octets octets) const;
  /// From the newest backwards; the connections must not be none.
  [[nodiscard]] std::size_t back(std::size_t from_newest) const;

  Journal& journal_;
  Network& network_;
  std::string user_;
  std::string party_;
  std::unique_ptr<Listener> listener_;
  std::string own_path_;
  std::deque<Connection> connections_;
  std::deque<Asked> asked_;  ///< newest first
  unsigned number_ = 0;
};

}  // namespace tollgate::fuzz
