#include "trace/capture/messages.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "codec/ch2/http.hpp"
#include "codec/diameter/message.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "codec/stream_buffer.hpp"

namespace tollgate::trace {
namespace {

constexpr std::string_view msrp_start = "MSRP ", http_start = "HTTP/1.", sip_start = "SIP/2.0 ";

/// A first line that ends with a version of that protocol; `nothing` while the line may still come.
bool ends_first_line(std::string_view octets, std::string_view version) {
  auto const line = octets.substr(0, octets.find_first_of("\r\n"));
  return line.ends_with(version);
}

struct Protocol {
  Channel channel;
  StreamBuffer::Frame frame;
};

constexpr Protocol sip_stream{Channel::sip, [](std::string_view stream) { return sip::frame(stream); }};
constexpr Protocol msrp_stream{Channel::msrp, [](std::string_view stream) { return msrp::frame(stream); }};
constexpr Protocol diameter_stream{Channel::ch2, [](std::string_view stream) { return diameter::frame(stream); }};
constexpr Protocol http_stream{Channel::ch2, ch2::frame_http};

std::string_view without_keep_alives(std::string_view octets) {
  return octets.substr(std::min(octets.find_first_not_of("\r\n"), octets.size()));
}

/// Keep-alives may stand before it (RFC 3261 7.5).
bool is_sip(std::string_view octets) {
  octets = without_keep_alives(octets);
  return octets.starts_with(sip_start) || ends_first_line(octets, " SIP/2.0");
}

/// RFC 6733 3: version 1, a length of whole words, no reserved flags.
bool is_diameter(std::string_view octets) {
  constexpr std::size_t header = 20;
  constexpr unsigned reserved_flags = 0x0F;
  return octets.size() >= header && octets[0] == 1 && octets[3] % 4 == 0 && (static_cast<unsigned char>(octets[4]) & reserved_flags) == 0;
}

/// By the first octets of a connection; nothing when they tell it not, or not yet.
std::optional<Protocol> protocol_of(std::string_view octets) {
  if (octets.starts_with(msrp_start)) return msrp_stream;
  if (octets.starts_with(http_start) || ends_first_line(octets, " HTTP/1.1")) return http_stream;
  if (is_sip(octets)) return sip_stream;
  if (is_diameter(octets)) return diameter_stream;
  return std::nullopt;
}

/// One direction of a connection.
class Reading {
 public:
  void take(Piece const& piece, std::vector<Observed>& messages) {
    if (!buffer_ && !begin(piece.octets)) return;
    buffer_->append(piece.octets);
    while (auto cut = buffer_->next())
      messages.push_back({Kind::message, piece.at_ns, protocol_->channel, Transport::tcp, piece.from, piece.to, std::move(cut->octets)});
  }
  void end(Piece const& piece, std::vector<Observed>& messages) const {
    if (protocol_) messages.push_back({Kind::closed, piece.at_ns, protocol_->channel, Transport::tcp, piece.from, piece.to});
  }

 private:
  /// What came before its protocol was known is kept, for a while.
  bool begin(std::string_view octets) {
    constexpr std::size_t unknown_max = 4096;
    if (unknown_.size() > unknown_max) return false;
    protocol_ = protocol_of(unknown_ + Octets(octets));
    if (!protocol_) {
      unknown_ += octets;
      return false;
    }
    buffer_.emplace(protocol_->frame);
    buffer_->append(std::exchange(unknown_, {}));
    return true;
  }

  std::optional<Protocol> protocol_;
  std::optional<StreamBuffer> buffer_;
  Octets unknown_;
};

}  // namespace

std::vector<Observed> messages_in(std::vector<Piece> pieces) {
  std::vector<Observed> messages;
  std::map<std::pair<SocketAddress, SocketAddress>, Reading> readings;
  for (auto& piece : pieces) {
    if (piece.kind == Piece::Kind::datagram) {
      if (is_sip(piece.octets))
        messages.push_back({Kind::message, piece.at_ns, Channel::sip, Transport::udp, piece.from, piece.to, std::move(piece.octets)});
      continue;
    }
    auto& reading = readings[{piece.from, piece.to}];
    if (piece.kind == Piece::Kind::octets) {
      reading.take(piece, messages);
    } else {
      reading.end(piece, messages);
      readings.erase({piece.from, piece.to});
    }
  }
  return messages;
}

}  // namespace tollgate::trace
