#include "trace/capture/capture_file.hpp"

#include <algorithm>

namespace tollgate::trace {
namespace {

constexpr std::string_view pcapng = "draft-ietf-opsawg-pcapng", pcap = "draft-ietf-opsawg-pcap 4";
constexpr std::string_view section_magic = "\x0a\x0d\x0d\x0a";
constexpr std::uint32_t magic_microseconds = 0xA1B2C3D4, magic_nanoseconds = 0xA1B23C4D;
constexpr std::int64_t nanoseconds_a_second = 1'000'000'000;

/// Numbers of a file whose byte order its header says.
class Numbers {
 public:
  explicit Numbers(bool is_little) : is_little_(is_little) {}
  /// `size` octets at `at`; the caller has checked that they are there.
  [[nodiscard]] std::uint64_t read(std::string_view file, std::size_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(file[is_little_ ? at + size - 1 - i : at + i]);
    return value;
  }
  [[nodiscard]] std::uint32_t u32(std::string_view file, std::size_t at) const { return static_cast<std::uint32_t>(read(file, at, 4)); }
  [[nodiscard]] std::uint16_t u16(std::string_view file, std::size_t at) const { return static_cast<std::uint16_t>(read(file, at, 2)); }

 private:
  bool is_little_;
};

struct Interface {
  std::uint32_t link_type = 0;
  std::uint64_t units_a_second = 1'000'000;  // draft-ietf-opsawg-pcapng 4.2, if_tsresol
};

/// Saturates: a file may say any number.
std::int64_t nanoseconds(std::uint64_t units, std::uint64_t units_a_second) {
  auto const seconds = static_cast<std::int64_t>(std::min<std::uint64_t>(units / units_a_second, 9'000'000'000));
  auto const part =
      static_cast<double>(units % units_a_second) * (static_cast<double>(nanoseconds_a_second) / static_cast<double>(units_a_second));
  return seconds * nanoseconds_a_second + static_cast<std::int64_t>(part);
}

/// Units a second of an if_tsresol: a negative power of 10 or, with the highest bit, of 2.
std::uint64_t units_of(unsigned resolution) {
  constexpr unsigned binary = 0x80, power_max = 63, decimal_max = 18;
  if ((resolution & binary) != 0) return std::uint64_t{1} << std::min(resolution & ~binary, power_max);
  std::uint64_t units = 1;
  for (unsigned i = 0; i < std::min(resolution, decimal_max); ++i) units *= 10;
  return units;
}

class PcapngReader {
 public:
  explicit PcapngReader(std::string_view file) : file_(file) {}

  Parsed<std::vector<Packet>> read() {
    constexpr std::size_t frame = 12;  // type and the length before and behind
    while (at_ < file_.size()) {
      if (file_.size() - at_ < frame) return invalid(at_, "block", pcapng, "the file ends in it");
      if (file_.substr(at_).starts_with(section_magic)) begin_section();
      std::size_t const length = numbers_.u32(file_, at_ + 4);
      if (length < frame || length % 4 != 0) return invalid(at_ + 4, "Block Total Length", pcapng, "no such length");
      if (length > file_.size() - at_) return invalid(at_ + 4, "Block Total Length", pcapng, "the file ends before");
      if (auto const taken = take(numbers_.u32(file_, at_), file_.substr(at_ + 8, length - frame)); !taken)
        return shifted(taken.error(), at_ + 8);
      if (packets_.size() > packets_max) return over_limit(at_, "block", pcapng, "too many packets");
      at_ += length;
    }
    return std::move(packets_);
  }

 private:
  void begin_section() {
    constexpr std::uint64_t byte_order = 0x1A2B3C4D;
    numbers_ = Numbers(Numbers(true).read(file_, at_ + 8, 4) == byte_order);
    interfaces_.clear();
  }

  Parsed<void> take(std::uint32_t type, std::string_view body) {
    constexpr std::uint32_t interface_description = 1, simple_packet = 3, enhanced_packet = 6;
    switch (type) {
      case interface_description: return take_interface(body);
      case enhanced_packet: return take_packet(body);
      case simple_packet: return take_simple(body);
      default: return {};
    }
  }

  Parsed<void> take_interface(std::string_view body) {
    constexpr std::size_t fixed = 8;
    constexpr std::uint16_t if_tsresol = 9;
    if (body.size() < fixed) return invalid(0, "Interface Description Block", pcapng, "too short");
    Interface one{.link_type = numbers_.u16(body, 0)};
    for (auto options = body.substr(fixed); options.size() >= 4;) {
      auto const code = numbers_.u16(options, 0);
      std::size_t const size = numbers_.u16(options, 2);
      auto const padded = 4 + (size + 3) / 4 * 4;
      if (code == 0 || padded > options.size()) break;
      if (code == if_tsresol && size == 1) one.units_a_second = units_of(static_cast<unsigned char>(options[4]));
      options.remove_prefix(padded);
    }
    interfaces_.push_back(one);
    return {};
  }

  Parsed<void> take_packet(std::string_view body) {
    constexpr std::size_t fixed = 20;
    if (body.size() < fixed) return invalid(0, "Enhanced Packet Block", pcapng, "too short");
    auto const which = numbers_.u32(body, 0);
    if (which >= interfaces_.size()) return invalid(0, "Interface ID", pcapng, "no such interface");
    auto const time = static_cast<std::uint64_t>(numbers_.u32(body, 4)) << 32U | numbers_.u32(body, 8);
    std::size_t const captured = numbers_.u32(body, 12);
    if (captured > body.size() - fixed) return invalid(12, "Captured Packet Length", pcapng, "the block ends before");
    packets_.push_back({.at_ns = nanoseconds(time, interfaces_[which].units_a_second),
                        .link_type = interfaces_[which].link_type,
                        .data = Octets(body.substr(fixed, captured)),
                        .is_cut = captured < numbers_.u32(body, 16)});
    return {};
  }

  Parsed<void> take_simple(std::string_view body) {
    if (body.size() < 4) return invalid(0, "Simple Packet Block", pcapng, "too short");
    if (interfaces_.empty()) return invalid(0, "Simple Packet Block", pcapng, "no interface before it");
    std::size_t const original = numbers_.u32(body, 0);
    auto const data = body.substr(4, original);
    packets_.push_back({.link_type = interfaces_.front().link_type, .data = Octets(data), .is_cut = data.size() < original});
    return {};
  }

  std::string_view file_;
  std::size_t at_ = 0;
  Numbers numbers_{true};
  std::vector<Interface> interfaces_;
  std::vector<Packet> packets_;
};

bool is_pcap(std::string_view file) {
  if (file.size() < 4) return false;
  for (bool const little : {true, false}) {
    auto const magic = Numbers(little).u32(file, 0);
    if (magic == magic_microseconds || magic == magic_nanoseconds) return true;
  }
  return false;
}

Parsed<std::vector<Packet>> read_pcap(std::string_view file) {
  constexpr std::size_t header = 24, record = 16;
  if (file.size() < header) return invalid(0, "File Header", pcap, "the file ends in it");
  auto const little = Numbers(true).u32(file, 0);
  Numbers const numbers(little == magic_microseconds || little == magic_nanoseconds);
  std::uint64_t const a_unit = numbers.u32(file, 0) == magic_nanoseconds ? 1 : 1000;
  constexpr std::uint32_t type_only = 0x0FFFFFFF;  // above are flags of the frame check sequence
  auto const type = numbers.u32(file, 20) & type_only;
  std::vector<Packet> packets;
  for (auto at = header; at < file.size();) {
    if (file.size() - at < record) return invalid(at, "Packet Record", pcap, "the file ends in it");
    std::size_t const captured = numbers.u32(file, at + 8);
    if (captured > file.size() - at - record) return invalid(at + 8, "Captured Packet Length", pcap, "the file ends before");
    if (packets.size() == packets_max) return over_limit(at, "Packet Record", pcap, "too many packets");
    auto const seconds = static_cast<std::int64_t>(numbers.u32(file, at));
    packets.push_back({.at_ns = seconds * nanoseconds_a_second + static_cast<std::int64_t>(numbers.u32(file, at + 4) * a_unit),
                       .link_type = type,
                       .data = Octets(file.substr(at + record, captured)),
                       .is_cut = captured < numbers.u32(file, at + 12)});
    at += record + captured;
  }
  return packets;
}

}  // namespace

bool is_capture_file(std::string_view file) {
  return file.starts_with(section_magic) || is_pcap(file);
}

Parsed<std::vector<Packet>> read_capture_file(std::string_view file) {
  if (is_pcap(file)) return read_pcap(file);
  if (!file.starts_with(section_magic)) return invalid(0, "Section Header Block", pcapng, "this is no capture");
  return PcapngReader(file).read();
}

}  // namespace tollgate::trace
