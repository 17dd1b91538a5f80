#pragma once
/// Diameter read in the most simple-minded way, number by number and by nothing of the codec (RFC 6733 3, 4).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::fuzz::naive {

/// The AVPs of one level, in their order.
struct AvpText {
  std::uint64_t code = 0, flags = 0, vendor = 0;
  std::string data;
};
struct DiameterText {
  std::uint64_t flags = 0, command = 0, application = 0, hop_by_hop = 0, end_to_end = 0;
  std::vector<AvpText> avps;
};

/// Nothing where the octets are not one message of version 1 whose lengths all fit.
[[nodiscard]] std::optional<DiameterText> diameter(std::string_view octets);
[[nodiscard]] std::optional<std::vector<AvpText>> avps(std::string_view data);

/// Of the first AVP of that code without a vendor; "" without one.
[[nodiscard]] std::string data_of(std::vector<AvpText> const& avps, std::uint64_t code);
/// The same as a number.
[[nodiscard]] std::optional<std::uint64_t> number_of(std::vector<AvpText> const& avps, std::uint64_t code);
/// CC-Service-Specific-Units in every AVP of that code, at this level and in Multiple-Services-Credit-Control, summed;
/// nothing without any (RFC 8506 8.16, 8.26).
[[nodiscard]] std::optional<std::uint64_t> units_in(std::vector<AvpText> const& avps, std::uint64_t code);

}  // namespace tollgate::fuzz::naive
