#pragma once
/// Capture files as other programs write them: pcapng (draft-ietf-opsawg-pcapng) and the older pcap (draft-ietf-opsawg-pcap), of
/// either byte order, with any number of sections and interfaces.
#include <cstdint>
#include <vector>

#include "base/parsed.hpp"
#include "base/text.hpp"

namespace tollgate::trace {

/// Link types (draft-ietf-opsawg-pcaplinktype) that are read.
namespace link_type {
inline constexpr std::uint32_t null = 0, ethernet = 1, raw = 101, loop = 108, linux_sll = 113, ipv4 = 228, ipv6 = 229, upper_pdu = 252,
                               linux_sll2 = 276;
}

/// One packet, from its link layer on.
struct Packet {
  std::int64_t at_ns = 0;       ///< since 1970, or whatever the file counts from
  std::uint32_t link_type = 0;
  Octets data;
  bool is_cut = false;          ///< the file has less of it than there was
};

/// Packets that a file may have: more is over the limit.
inline constexpr std::size_t packets_max = 4'000'000;

/// The file is in one of the two formats, by its first octets.
[[nodiscard]] bool is_capture_file(std::string_view file);
/// The packets in the order of the file. Blocks that are no packets are passed over. Offsets of errors count from the start of the file.
[[nodiscard]] Parsed<std::vector<Packet>> read_capture_file(std::string_view file);

}  // namespace tollgate::trace
