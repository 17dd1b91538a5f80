#pragma once
/// Single messages, as fast as the server reads them: cases of the flows of one message (`message_flows`), played without a flow's
/// actors, trace and monitors. What the server makes of them its coverage says, what it answers, and its end; what is suspected is
/// played again as flows.
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "actors/ixit.hpp"
#include "fuzz/script/script.hpp"
#include "sim/clock.hpp"
#include "transport/network.hpp"

namespace tollgate::fuzz {

/// What a flow of one message has sent when it was played unchanged.
struct Original {
  std::string base;  ///< its name
  Octets octets;
  std::string from;  ///< host:port that sent it
};

/// Messages as one that has been sent, each of a transaction and a call of its own.
class Stamped {
 public:
  /// `original` is written by our own IM Client; in the messages `from` stands in place of its address.
  Stamped(Original const& original, std::string const& from);
  [[nodiscard]] Octets with(std::uint64_t number) const;
  [[nodiscard]] std::string call_id(std::uint64_t number) const;

 private:
  Octets octets_;
  std::size_t call_id_, branch_;  ///< where a number has its place
};

/// Messages go out in batches, each with an OPTIONS behind it whose answer says that the server has read them all: the next batch but
/// some goes out when it comes, so nothing is lost in the server's socket.
class Salvo {
 public:
  /// One of the originals is of an OPTIONS, "one-options". Throws NetworkError.
  Salvo(Clock& clock, Network& network, Ixit const& ixit, std::vector<Original> const& originals);

  /// What the server has read, and a hash of each kind of answer that came since the last call.
  std::function<void(std::vector<Script> read, std::set<std::uint64_t> const& answers)> on_read;
  [[nodiscard]] bool has_room() const { return open_.size() < batches_most; }
  /// A script of one of the originals; changes of its first SIP message only.
  void fire(Script script);
  /// Asks whether the server has read also what is no whole batch.
  void ask();
  /// Sends again what asks whether a batch was read, where that takes too long: it may have been lost.
  void reminds();
  /// Sent, and not known to have been read; the oldest first.
  [[nodiscard]] std::vector<Script> unread() const;

 private:
  static constexpr std::size_t batch_size = 32, batches_most = 4;
  struct Batch {
    std::vector<Script> scripts;
    std::string call_id;  ///< of its OPTIONS
    Octets question;
    Instant asked{};
  };
  void take(std::string_view octets);
  void send(std::string_view octets) { socket_->send(octets, sut_); }

  Clock& clock_;
  Address sut_;
  std::unique_ptr<Datagrams> socket_;
  std::map<std::string, Stamped> originals_;
  std::uint64_t number_ = 0;  ///< of messages sent
  Batch filling_;
  std::deque<Batch> open_;
  std::set<std::uint64_t> answers_;
};

}  // namespace tollgate::fuzz
