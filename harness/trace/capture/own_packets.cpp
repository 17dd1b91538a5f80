#include "trace/capture/own_packets.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <utility>

#include "trace/capture/upper_pdu.hpp"
#include "trace/event_json.hpp"
#include "trace/json_members.hpp"

namespace tollgate::trace {

namespace json = boost::json;

static constexpr std::string_view form = "the captures of tollgate";

std::string sentence_of(Event const& event) {
  std::string sentence(to_string(event.kind));
  if (event.about != 0) sentence += fmt::format(": {}#{}", event.kind == Kind::closed ? "" : "the answer to ", event.about);
  if (!event.note.empty()) sentence += fmt::format(": {}", event.note);
  if (!event.actor.empty()) sentence += fmt::format(" ({})", event.actor);
  return sentence;
}

/// What the user data of a packet says, and its octets.
struct OwnPacket {
  json::object says;
  Octets octets;
};

static std::optional<OwnPacket> own(Packet const& packet) {
  if (packet.link_type != link_type::upper_pdu) return std::nullopt;
  auto pdu = read_upper_pdu(packet.data);
  if (!pdu || pdu->user_data.empty()) return std::nullopt;
  boost::system::error_code error;
  auto const says = json::parse(pdu->user_data, error);
  if (error || !says.is_object()) return std::nullopt;
  return OwnPacket{says.get_object(), std::move(pdu->octets)};
}

bool are_ours(std::vector<Packet> const& packets) {
  if (packets.empty()) return false;
  auto const first = own(packets.front());
  return first && is_header(first->says);
}

namespace {

class OwnReader {
 public:
  Parsed<void> take(OwnPacket packet, std::size_t number) {
    if (is_header(packet.says)) {
      trace_.declare(facts_from(packet.says));
      return {};
    }
    if (packet.says.contains(continues)) {
      if (!pending_ || number_of(packet.says, continues) != next_id())
        return invalid(number, "continues", form, "its first packet is missing");
      pending_->octets += packet.octets;
      return {};
    }
    record_pending();
    if (packet.says.contains(precedes)) {
      if (!ahead_.empty() || number_of(packet.says, precedes) != next_id())
        return invalid(number, "precedes", form, "it stands before another event");
      ahead_ = std::move(packet.octets);
      return {};
    }
    auto event = event_from(packet.says, trace_.events().size());
    if (!event) return shifted(event.error(), number);
    if (number_of(packet.says, "id") != next_id()) return invalid(number, "id", form, "the packet of an event before it is missing");
    if (has_octets(*event)) event->octets = std::exchange(ahead_, {}) + packet.octets;
    if (!ahead_.empty()) return invalid(number, "id", form, "line ends precede what has no octets");
    pending_ = std::move(*event);
    return {};
  }

  Parsed<Trace> finish(std::size_t number) {
    if (!ahead_.empty()) return invalid(number, "precedes", form, "the event behind it is missing");
    record_pending();
    return std::move(trace_);
  }

 private:
  [[nodiscard]] std::int64_t next_id() const { return static_cast<std::int64_t>(trace_.events().size()) + 1; }
  void record_pending() {
    if (pending_) trace_.record(std::move(*pending_));
    pending_.reset();
  }

  Trace trace_;
  std::optional<Event> pending_;  ///< read, but it may continue
  Octets ahead_;                  ///< of the next event
};

}  // namespace

Parsed<Trace> read_own(std::vector<Packet> const& packets) {
  OwnReader reader;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    auto packet = own(packets[i]);
    if (!packet) return invalid(i + 1, "packet", form, "none of ours");
    if (auto const taken = reader.take(std::move(*packet), i + 1); !taken) return std::unexpected(taken.error());
  }
  return reader.finish(packets.size());
}

}  // namespace tollgate::trace
