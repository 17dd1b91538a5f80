// Mutations of Diameter messages (RFC 6733 3, 4; RFC 8506 8), at the top or inside a group, whose lengths are repaired.
#include <algorithm>
#include <array>

#include "fuzz/mutate/protocols.hpp"
#include "fuzz/mutate/raw_avps.hpp"

namespace tollgate::fuzz {
namespace {

using Avps = std::vector<RawAvp>;
using EditMessage = bool (*)(RawMessage& message, Random& random);
using EditAvps = bool (*)(Avps& avps, Random& random);

/// Grouped AVPs of the base protocol and of credit control; of 3GPP and of OMA, which uses 3GPP's vendor.
constexpr std::array<std::uint32_t, 21> groups{260, 279, 284, 297, 413, 423, 430, 431, 434, 437, 440,
                                               443, 445, 446, 456, 457, 458, 653, 659, 665, 669};
constexpr std::array<std::uint32_t, 11> groups_of_3gpp{823, 833, 873, 876, 886, 889, 1201, 1256, 2021, 2110, 2115};
constexpr std::uint64_t vendor_3gpp = 10415;

bool is_group(RawAvp const& avp) {
  bool const is_of_vendor = (avp.flags & 0x80) != 0 && avp.vendor.size() == 4;
  if (!is_of_vendor) return std::ranges::find(groups, avp.code) != groups.end();
  return from_big_endian(avp.vendor) == vendor_3gpp && std::ranges::find(groups_of_3gpp, avp.code) != groups_of_3gpp.end();
}

template <EditMessage edit>
std::string apply(std::string_view octets, Random& random) {
  auto message = read_raw_message(octets);
  return message && edit(*message, random) ? message->write() : std::string(octets);
}

/// Applies `edit` to the AVPs or, one time in two, to those of a group among them.
template <EditAvps edit>
bool edit_somewhere(Avps& avps, Random& random) {
  std::vector<RawAvp*> inner;
  for (auto& avp : avps)
    if (is_group(avp)) inner.push_back(&avp);
  if (inner.empty() || random.below(2) == 0) return edit(avps, random);
  auto& group = *inner[random.below(inner.size())];
  auto members = read_raw_avps(group.data);
  if (!members || !edit_somewhere<edit>(*members, random)) return false;
  group.data = write_raw_avps(*members);
  return true;
}

template <EditAvps edit>
std::string apply_avps(std::string_view octets, Random& random) {
  return apply<[](RawMessage& message, Random& r) { return edit_somewhere<edit>(message.avps, r); }>(octets, random);
}

/// Applies `change` to an AVP that `wanted` accepts.
template <class Wanted, class Change>
bool change_one(Avps& avps, Random& random, Wanted wanted, Change change) {
  std::vector<RawAvp*> good;
  for (auto& avp : avps)
    if (wanted(avp)) good.push_back(&avp);
  if (good.empty()) return false;
  change(*good[random.below(good.size())]);
  return true;
}

bool any(RawAvp const&) {
  return true;
}
bool has_data(RawAvp const& avp) {
  return !avp.data.empty();
}

// AVPs.

bool drop_avp(Avps& avps, Random& random) {
  if (avps.empty()) return false;
  avps.erase(avps.begin() + static_cast<std::ptrdiff_t>(random.below(avps.size())));
  return true;
}

bool double_avp(Avps& avps, Random& random) {
  if (avps.empty()) return false;
  auto const copy = avps[random.below(avps.size())];
  avps.push_back(copy);
  return true;
}

bool swap_avps(Avps& avps, Random& random) {
  if (avps.size() < 2) return false;
  auto const a = random.below(avps.size());
  std::swap(avps[a], avps[(a + 1 + random.below(avps.size() - 1)) % avps.size()]);
  return true;
}

bool unknown_mandatory(Avps& avps, Random&) {
  avps.push_back({.code = 0x00fffff0, .flags = 0x40, .vendor = {}, .data = "what"});
  return true;
}

bool unknown_optional(Avps& avps, Random&) {
  avps.push_back({.code = 0x00fffff1, .flags = 0x80, .vendor = big_endian(99999, 4), .data = "ever"});
  return true;
}

bool avp_overrun(Avps& avps, Random& random) {
  return change_one(avps, random, any,
                    [&](RawAvp& avp) { avp.length = static_cast<std::uint32_t>(avp.data.size() + 4096 + random.below(0xfff000)); });
}

bool avp_underrun(Avps& avps, Random& random) {
  return change_one(avps, random, any, [&](RawAvp& avp) { avp.length = static_cast<std::uint32_t>(random.below(8)); });
}

bool avp_off_by_some(Avps& avps, Random& random) {
  return change_one(avps, random, has_data, [&](RawAvp& avp) {
    avp.length =
        static_cast<std::uint32_t>(8 + avp.vendor.size() + avp.data.size() - 1 - random.below(std::min<std::size_t>(avp.data.size(), 4)));
  });
}

bool vendor_flag(Avps& avps, Random& random) {
  auto const has_room = [](RawAvp const& avp) { return !avp.vendor.empty() || avp.data.size() >= 4; };  // for a Vendor-ID
  return change_one(avps, random, has_room, [](RawAvp& avp) { avp.flags ^= 0x80; });
}

bool other_vendor(Avps& avps, Random& random) {
  return change_one(avps, random, any, [](RawAvp& avp) {
    avp.flags |= 0x80;
    avp.vendor = big_endian(12345, 4);
  });
}

bool mandatory_flag(Avps& avps, Random& random) {
  return change_one(avps, random, any, [](RawAvp& avp) { avp.flags ^= 0x40; });
}

bool reserved_avp_bits(Avps& avps, Random& random) {
  return change_one(avps, random, any, [&](RawAvp& avp) { avp.flags |= static_cast<std::uint8_t>(1U << random.below(5)); });
}

bool empty_data(Avps& avps, Random& random) {
  return change_one(avps, random, has_data, [](RawAvp& avp) { avp.data.clear(); });
}

/// A value and not AVPs, whose lengths would lie.
bool has_value(RawAvp const& avp) {
  return !avp.data.empty() && !is_group(avp);
}

bool is_number(RawAvp const& avp) {
  return has_value(avp) && (avp.data.size() == 4 || avp.data.size() == 8);
}

bool edge_number(Avps& avps, Random& random) {
  return change_one(avps, random, is_number, [&](RawAvp& avp) {
    constexpr std::array<std::uint64_t, 6> edges{0, 1, UINT32_MAX, UINT64_MAX, 1ULL << 31, 1ULL << 63};
    avp.data = big_endian(edges[random.below(edges.size())], avp.data.size());
  });
}

bool wrong_size_number(Avps& avps, Random& random) {
  constexpr std::array<std::size_t, 5> sizes{3, 5, 7, 8, 4};
  return change_one(avps, random, is_number, [&](RawAvp& avp) {
    auto const size = sizes[random.below(sizes.size())];
    avp.data.resize(size == avp.data.size() ? size + 1 : size);
  });
}

bool bad_utf8(Avps& avps, Random& random) {
  return change_one(avps, random, has_value, [](RawAvp& avp) { avp.data.append("\xc3\x28\xff"); });
}

bool nonzero_padding(Avps& avps, Random& random) {
  auto const is_padded = [](RawAvp const& avp) { return avp.data.size() % 4 != 0; };
  return change_one(avps, random, is_padded, [](RawAvp& avp) { avp.padding = std::string(4 - avp.data.size() % 4, '\xff'); });
}

bool nest_groups(Avps& avps, Random& random) {
  constexpr std::array<int, 4> depths{1, 4, 16, 64};
  return change_one(avps, random, is_group, [&](RawAvp& avp) {
    for (int left = depths[random.below(depths.size())]; left > 0; --left) avp.data = write_raw_avps({avp});
  });
}

bool into_group(Avps& avps, Random& random) {
  auto const whole = avps;
  return change_one(avps, random, is_group, [&](RawAvp& avp) { avp.data += write_raw_avps({whole.front()}); });
}

bool group_of_noise(Avps& avps, Random& random) {
  return change_one(avps, random, is_group, [](RawAvp& avp) { avp.data = "no AVPs!"; });
}

// The message.

bool lose_padding(RawMessage& message, Random&) {
  if (message.avps.empty() || message.avps.back().data.size() % 4 == 0) return false;
  message.avps.back().padding = "";
  return true;
}

bool header_octet(RawMessage& message, std::size_t at, std::uint8_t flipped) {
  message.header[at] = static_cast<char>(static_cast<std::uint8_t>(message.header[at]) ^ flipped);
  return true;
}

bool request_flag(RawMessage& message, Random&) {
  return header_octet(message, 4, 0x80);
}
bool error_flag(RawMessage& message, Random&) {
  return header_octet(message, 4, 0x20);
}
bool retransmitted_flag(RawMessage& message, Random&) {
  return header_octet(message, 4, 0x10);
}
bool reserved_bits(RawMessage& message, Random& random) {
  return header_octet(message, 4, static_cast<std::uint8_t>(1U << random.below(4)));
}
bool other_version(RawMessage& message, Random&) {
  return header_octet(message, 0, 0x03);
}
bool unknown_command(RawMessage& message, Random&) {
  message.header.replace(5, 3, big_endian(0xfffffe, 3));
  return true;
}
bool other_application(RawMessage& message, Random&) {
  message.header.replace(8, 4, big_endian(16777216, 4));
  return true;
}
bool other_hop_by_hop(RawMessage& message, Random& random) {
  return header_octet(message, 12 + random.below(4), 0xff);
}
bool other_end_to_end(RawMessage& message, Random& random) {
  return header_octet(message, 16 + random.below(4), 0xff);
}
bool short_length(RawMessage& message, Random& random) {
  constexpr std::array<std::uint32_t, 3> lengths{0, 4, 19};
  message.length = lengths[random.below(lengths.size())];
  return true;
}
bool long_length(RawMessage& message, Random& random) {
  constexpr std::array<std::uint32_t, 3> lengths{0xffffff, 0xfffffc, 4096};
  message.length = lengths[random.below(lengths.size())];
  return true;
}
bool odd_length(RawMessage& message, Random&) {
  message.length = static_cast<std::uint32_t>(message.write().size() + 1);
  return true;
}

constexpr std::array table{
    Mutation{"drop_avp", "one AVP is missing", Framing::kept, apply_avps<drop_avp>},
    Mutation{"double_avp", "one AVP stands there twice", Framing::kept, apply_avps<double_avp>},
    Mutation{"swap_avps", "two AVPs change places", Framing::kept, apply_avps<swap_avps>},
    Mutation{"unknown_mandatory", "an AVP that nobody knows has the M flag", Framing::kept, apply_avps<unknown_mandatory>},
    Mutation{"unknown_optional", "an AVP of an unknown vendor, without the M flag", Framing::kept, apply_avps<unknown_optional>},
    Mutation{"avp_overrun", "an AVP Length runs over the end", Framing::broken_inside, apply_avps<avp_overrun>},
    Mutation{"avp_underrun", "an AVP Length is below the header's", Framing::broken_inside, apply_avps<avp_underrun>},
    Mutation{"avp_off_by_some", "an AVP Length is 1 to 4 octets too small", Framing::broken_inside, apply_avps<avp_off_by_some>},
    Mutation{"vendor_flag", "a V flag says what the AVP has not", Framing::kept, apply_avps<vendor_flag>},
    Mutation{"other_vendor", "an AVP belongs to another vendor", Framing::kept, apply_avps<other_vendor>},
    Mutation{"mandatory_flag", "an M flag is the other way", Framing::kept, apply_avps<mandatory_flag>},
    Mutation{"reserved_avp_bits", "a reserved bit of an AVP is set", Framing::kept, apply_avps<reserved_avp_bits>},
    Mutation{"empty_data", "an AVP has no data", Framing::kept, apply_avps<empty_data>},
    Mutation{"edge_number", "a number is at an edge of its range", Framing::kept, apply_avps<edge_number>},
    Mutation{"wrong_size_number", "a number has the size of no number", Framing::kept, apply_avps<wrong_size_number>},
    Mutation{"bad_utf8", "data ends in what is no UTF-8", Framing::kept, apply_avps<bad_utf8>},
    Mutation{"nonzero_padding", "padding is not zero", Framing::kept, apply_avps<nonzero_padding>},
    Mutation{"nest_groups", "a group stands in itself, up to 64 times", Framing::kept, apply_avps<nest_groups>},
    Mutation{"into_group", "a group holds the first AVP as well", Framing::kept, apply_avps<into_group>},
    Mutation{"group_of_noise", "a group holds no AVPs", Framing::broken_inside, apply_avps<group_of_noise>},
    Mutation{"request_flag", "a request is an answer, or the other way", Framing::kept, apply<request_flag>},
    Mutation{"error_flag", "the E flag is the other way", Framing::kept, apply<error_flag>},
    Mutation{"retransmitted_flag", "the T flag is the other way", Framing::kept, apply<retransmitted_flag>},
    Mutation{"reserved_bits", "a reserved bit of the header is set", Framing::kept, apply<reserved_bits>},
    Mutation{"unknown_command", "the command is one that nobody knows", Framing::kept, apply<unknown_command>},
    Mutation{"other_application", "the application is another one", Framing::kept, apply<other_application>},
    Mutation{"other_hop_by_hop", "the Hop-by-Hop Identifier is another one", Framing::kept, apply<other_hop_by_hop>},
    Mutation{"other_end_to_end", "the End-to-End Identifier is another one", Framing::kept, apply<other_end_to_end>},
    Mutation{"lose_padding", "the last AVP is not padded", Framing::broken, apply<lose_padding>},
    Mutation{"other_version", "the version is not 1", Framing::broken, apply<other_version>},
    Mutation{"short_length", "the Message Length is below the header's", Framing::broken, apply<short_length>},
    Mutation{"long_length", "the Message Length is beyond the message", Framing::broken, apply<long_length>},
    Mutation{"odd_length", "the Message Length is no multiple of 4", Framing::broken, apply<odd_length>},
};

}  // namespace

std::span<Mutation const> diameter_mutations() {
  return table;
}

std::string diameter_cross_over(std::string_view first, std::string_view second, Random& random) {
  auto message = read_raw_message(first);
  auto const other = read_raw_message(second);
  if (!message || !other || other->avps.empty()) return std::string(first);
  auto const& taken = other->avps[random.below(other->avps.size())];
  auto const own = std::ranges::find(message->avps, taken.code, &RawAvp::code);
  if (own != message->avps.end())
    *own = taken;
  else
    message->avps.push_back(taken);
  return message->write();
}

}  // namespace tollgate::fuzz
