#pragma once
/// Puts messages together from their chunks (RFC 4975 5.1, 7.3.1), in memory that no sender can stretch.
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/parsed.hpp"
#include "base/text.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/views.hpp"

namespace tollgate::msrp {

struct ReassemblyLimits {
  std::uint64_t message = 16 * 1024 * 1024;  ///< octets of one message, also what a Byte-Range may claim
  std::size_t octets = 32 * 1024 * 1024;     ///< held over all messages that are not complete
  std::size_t messages = 256;                ///< not complete at one time
  std::size_t pieces = 1024;                 ///< of one message, with gaps between them
};

class Reassembly {
 public:
  enum class State : std::uint8_t { incomplete, complete, aborted };
  struct Progress {
    State state = State::incomplete;
    std::uint64_t received = 0;    ///< octets of the message so far, each counted once
    std::uint64_t overlapped = 0;  ///< octets of this chunk that replaced earlier ones: the last writer wins
    Octets content = {};           ///< of the whole message when it is complete
  };

  explicit Reassembly(ReassemblyLimits limits = {}) : limits_(limits) {}

  /// Takes a SEND with a body. Chunks of a message may come in any order; it is complete when its end is known (by a
  /// total, or by the flag "$") and every octet up to there has come. "#" drops what has come.
  /// An error leaves the message as it was: `limit` is to be answered 413, `invalid` 400; offsets are 0.
  [[nodiscard]] Parsed<Progress> add(Message const& chunk);
  [[nodiscard]] Parsed<Progress> add(std::string_view message_id, ByteRange const& range, std::string_view body, char flag);

  /// Forgets a message that will not be completed, as after its sender was answered 413.
  void drop(std::string_view message_id);

  [[nodiscard]] std::size_t messages() const { return messages_.size(); }
  [[nodiscard]] std::size_t octets() const { return octets_; }  ///< held over all messages

 private:
  /// Octets by their place in the message, counted from 0; never overlapping, never adjacent.
  using Pieces = std::map<std::uint64_t, Octets>;
  struct Partial {
    Pieces pieces;
    std::optional<std::uint64_t> total;
    std::uint64_t received = 0;
  };

  [[nodiscard]] Parsed<std::optional<std::uint64_t>> check(Partial const& message, ByteRange const& range, std::string_view body,
                                                           char flag) const;
  static std::uint64_t cut(Pieces& pieces, std::uint64_t begin, std::uint64_t end);
  static void put(Pieces& pieces, std::uint64_t begin, std::string_view body);

  ReassemblyLimits limits_;
  std::map<std::string, Partial, std::less<>> messages_;
  std::size_t octets_ = 0;
};

}  // namespace tollgate::msrp
