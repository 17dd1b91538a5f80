#pragma once
/// Packets of link type 252 (WIRESHARK_UPPER_PDU): the message of an application as it is, behind tags that name its dissector and its
/// addresses (Wireshark's wsutil/exported_pdu_tlvs.h).
#include <optional>
#include <string>

#include "base/parsed.hpp"
#include "trace/capture/socket_address.hpp"

namespace tollgate::trace {

struct UpperPdu {
  std::string dissector;                ///< "sip", "msrp", "diameter", "http", "data"
  std::optional<SocketAddress> from{};  ///< nothing where it is not known
  std::optional<SocketAddress> to{};
  bool is_datagram = false;             ///< over UDP, else TCP
  std::string protocol{};               ///< what Wireshark's list shows instead of the dissector's name; "": that name
  std::string info{};                   ///< and instead of what the dissector says
  std::string user_data{};              ///< ours, which no dissector reads
  Octets octets{};
};

/// Octets of `user_data` that fit: what is longer is left out as a whole.
inline constexpr std::size_t user_data_max = 0xFF00;

[[nodiscard]] Octets write(UpperPdu const& pdu);
/// Unknown tags are passed over.
[[nodiscard]] Parsed<UpperPdu> read_upper_pdu(std::string_view packet);

}  // namespace tollgate::trace
