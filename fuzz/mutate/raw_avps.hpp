#pragma once
/// A Diameter message as the mutations see it: octets with lengths that may lie (RFC 6733 3, 4.1).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::fuzz {

struct RawAvp {
  std::uint32_t code = 0;
  std::uint8_t flags = 0;
  std::string vendor;  ///< four octets where the V flag was set, whatever becomes of the flag
  std::string data;
  std::optional<std::string> padding = {};   ///< in place of zeros up to a multiple of 4
  std::optional<std::uint32_t> length = {};  ///< in place of the true AVP Length
};

struct RawMessage {
  std::string header;  ///< 20 octets; its Message Length is written anew
  std::vector<RawAvp> avps;
  std::optional<std::uint32_t> length = {};

  [[nodiscard]] std::string write() const;
};

/// Nothing where the octets are not AVPs one behind the other.
[[nodiscard]] std::optional<std::vector<RawAvp>> read_raw_avps(std::string_view octets);
[[nodiscard]] std::string write_raw_avps(std::vector<RawAvp> const& avps);
[[nodiscard]] std::optional<RawMessage> read_raw_message(std::string_view octets);

/// The low `octets` octets of a number, high ones first.
[[nodiscard]] std::string big_endian(std::uint64_t number, std::size_t octets);
[[nodiscard]] std::uint64_t from_big_endian(std::string_view octets);

}  // namespace tollgate::fuzz
