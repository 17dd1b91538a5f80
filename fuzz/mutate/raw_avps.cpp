#include "fuzz/mutate/raw_avps.hpp"

#include <algorithm>

namespace tollgate::fuzz {

static constexpr std::size_t message_header = 20, avp_header = 8, vendor_size = 4;
static constexpr std::uint8_t flag_vendor = 0x80;

std::string big_endian(std::uint64_t number, std::size_t octets) {
  std::string out;
  for (auto left = octets; left > 0; --left) out += static_cast<char>(number >> (8 * (left - 1)));
  return out;
}

std::uint64_t from_big_endian(std::string_view octets) {
  std::uint64_t number = 0;
  for (char const c : octets) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

std::optional<std::vector<RawAvp>> read_raw_avps(std::string_view octets) {
  std::vector<RawAvp> avps;
  while (!octets.empty()) {
    if (octets.size() < avp_header) return std::nullopt;
    RawAvp avp{.code = static_cast<std::uint32_t>(from_big_endian(octets.substr(0, 4))), .flags = static_cast<std::uint8_t>(octets[4])};
    std::size_t const length = from_big_endian(octets.substr(5, 3));
    std::size_t const head = avp_header + ((avp.flags & flag_vendor) != 0 ? vendor_size : 0);
    if (length < head || length > octets.size()) return std::nullopt;
    avp.vendor = octets.substr(avp_header, head - avp_header);
    avp.data = octets.substr(head, length - head);
    octets.remove_prefix(std::min((length + 3) / 4 * 4, octets.size()));
    avps.push_back(std::move(avp));
  }
  return avps;
}

std::string write_raw_avps(std::vector<RawAvp> const& avps) {
  std::string out;
  for (auto const& avp : avps) {
    auto const length = avp_header + avp.vendor.size() + avp.data.size();
    out += big_endian(avp.code, 4) + big_endian(avp.flags, 1) + big_endian(avp.length.value_or(static_cast<std::uint32_t>(length)), 3);
    out += avp.vendor + avp.data + avp.padding.value_or(std::string((4 - length % 4) % 4, '\0'));
  }
  return out;
}

std::optional<RawMessage> read_raw_message(std::string_view octets) {
  if (octets.size() < message_header) return std::nullopt;
  auto avps = read_raw_avps(octets.substr(message_header));
  if (!avps) return std::nullopt;
  return RawMessage{std::string(octets.substr(0, message_header)), std::move(*avps)};
}

std::string RawMessage::write() const {
  auto out = header + write_raw_avps(avps);
  return out.replace(1, 3, big_endian(length.value_or(static_cast<std::uint32_t>(out.size())), 3));
}

}  // namespace tollgate::fuzz
