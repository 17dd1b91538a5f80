#include "fuzz/naive/diameter.hpp"

namespace tollgate::fuzz::naive {

static std::uint64_t number_at(std::string_view octets, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (auto const c : octets.substr(at, size)) number = number * 256 + static_cast<unsigned char>(c);
  return number;
}

std::optional<std::vector<AvpText>> avps(std::string_view data) {
  std::vector<AvpText> all;
  while (!data.empty()) {
    if (data.size() < 8) return std::nullopt;
    AvpText avp{.code = number_at(data, 0, 4), .flags = number_at(data, 4, 1), .vendor = 0, .data = {}};
    auto const length = number_at(data, 5, 3);
    std::size_t const header = avp.flags >= 128 ? 12 : 8;
    auto const padded = (length + 3) / 4 * 4;
    if (length < header || padded > data.size()) return std::nullopt;
    if (header == 12) avp.vendor = number_at(data, 8, 4);
    avp.data = data.substr(header, length - header);
    all.push_back(std::move(avp));
    data.remove_prefix(padded);
  }
  return all;
}

std::optional<DiameterText> diameter(std::string_view octets) {
  if (octets.size() < 20 || octets.size() % 4 != 0 || octets[0] != 1) return std::nullopt;
  if (number_at(octets, 1, 3) != octets.size()) return std::nullopt;
  auto all = avps(octets.substr(20));
  if (!all) return std::nullopt;
  return DiameterText{.flags = number_at(octets, 4, 1),
                      .command = number_at(octets, 5, 3),
                      .application = number_at(octets, 8, 4),
                      .hop_by_hop = number_at(octets, 12, 4),
                      .end_to_end = number_at(octets, 16, 4),
                      .avps = std::move(*all)};
}

std::string data_of(std::vector<AvpText> const& avps, std::uint64_t code) {
  for (auto const& avp : avps)
    if (avp.code == code && avp.vendor == 0) return avp.data;
  return "";
}

std::optional<std::uint64_t> number_of(std::vector<AvpText> const& avps, std::uint64_t code) {
  auto const data = data_of(avps, code);
  return data.empty() ? std::nullopt : std::optional(number_at(data, 0, data.size()));
}

std::optional<std::uint64_t> units_in(std::vector<AvpText> const& all, std::uint64_t code) {
  constexpr std::uint64_t units_code = 417, services_code = 456;
  std::optional<std::uint64_t> sum;
  auto const add = [&](std::optional<std::uint64_t> units) {
    if (units) sum = sum.value_or(0) + *units;
  };
  for (auto const& avp : all) {
    if (avp.vendor != 0 || (avp.code != code && avp.code != services_code)) continue;
    auto const members = avps(avp.data).value_or(std::vector<AvpText>());
    if (avp.code == code) add(number_of(members, units_code));
    if (avp.code != services_code) continue;
    for (auto const& member : members)
      if (member.code == code && member.vendor == 0) add(number_of(avps(member.data).value_or(std::vector<AvpText>()), units_code));
  }
  return sum;
}

}  // namespace tollgate::fuzz::naive
