#pragma once
/// The Charging Enabler of a disorderly run: lets the server connect, keeps its CCRs and answers them in any way.
/// What counts as an answer is decided here anew, from RFC 6733 and RFC 8506, and not by the server's own reading.
#include <deque>
#include <map>
#include <memory>

#include "codec/ch2/ch2.hpp"
#include "codec/stream_buffer.hpp"
#include "fuzz/disorder/journal.hpp"
#include "transport/network.hpp"

namespace tollgate::fuzz {

class ChargingSide {
 public:
  ChargingSide(Journal& journal, Network& network, Address const& listen);

  /// How a CCR is answered: which of those that came, and what is wrong with the answer.
  struct How {
    std::size_t which = 0;  ///< of the CCRs so far, from the newest backwards
    std::uint32_t result = 2001;
    std::optional<std::uint64_t> granted = {};
    bool other_session = false;
    bool other_number = false;
    bool in_mscc = false;
  };
  void answers(How const& how);
  /// The last answer once more.
  void repeats_answer();
  void sends_watchdog();
  void sends_disconnect();
  void sends(Octets const& octets);
  void closes(bool by_reset);
  /// From here on every CCR is granted as it came.
  void obeys() { obeys_ = true; }
  /// The server has exchanged capabilities with us.
  [[nodiscard]] bool has_peer() const;
  /// How often a connection was lost or put at risk.
  [[nodiscard]] unsigned disruptions() const { return disruptions_; }

 private:
  struct Connection {
    std::unique_ptr<Stream> stream;
    StreamBuffer in, out;
    bool open = false;       ///< capabilities are exchanged
    bool is_broken = false;  ///< what we sent cannot be cut into messages any more
    bool gone = false;
  };
  struct Asked {
    diameter::Message ccr;
    ch2::Request request;
    std::size_t connection = 0;
    trace::EventId event = 0;
    Instant at{};
    trace::EventId answer = 0;
  };
  void accept(std::unique_ptr<Stream> stream);
  void read(std::size_t connection, std::string_view octets);
  void take(std::size_t connection, Octets octets);
  void take_ccr(std::size_t connection, diameter::Message ccr, Octets octets);
  void send(std::size_t connection, Octets octets);
  void note_sent(std::size_t connection, Octets const& octets);
  [[nodiscard]] Asked* asked_by(diameter::Message const& cca, std::size_t connection);
  [[nodiscard]] std::size_t newest() const { return connections_.size() - 1; }

  Journal& journal_;
  std::unique_ptr<Listener> listener_;
  std::deque<Connection> connections_;
  std::deque<Asked> asked_;
  Octets last_answer_;
  unsigned disruptions_ = 0;
  bool obeys_ = false;
};

}  // namespace tollgate::fuzz
