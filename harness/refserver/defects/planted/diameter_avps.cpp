// What is planted in the reading of Diameter answers: D08 and D12 to D16.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/big_endian.hpp"
#include "refserver/defects/planted/state.hpp"

namespace tollgate::refserver::defects {

namespace {

constexpr std::size_t avp_header = 8;
constexpr std::uint32_t code_session_id = 263, code_service_specific_units = 417;

std::uint32_t code_of(std::string_view avp) {
  return diameter::read_u32(avp);
}

std::uint32_t length_of(std::string_view avp) {
  return diameter::read_u24(avp.substr(5));
}

/// Grouped AVPs of a CCA (RFC 6733, RFC 8506, TS 32.299).
bool is_group(std::string_view avp) {
  static constexpr std::array codes{279U, 413U, 430U, 431U, 437U, 443U, 445U, 446U, 456U, 458U, 873U};
  return std::ranges::find(codes, code_of(avp)) != codes.end();
}

/// Behind that AVP and its padding; nothing when no whole AVP header is left.
std::string_view next_avp(std::string_view avps) {
  auto const size = (length_of(avps) + std::size_t{3}) / 4 * 4;
  if (size < avp_header || size + avp_header > avps.size()) return {};
  return avps.substr(size);
}

std::string_view data_of(std::string_view avp) {
  auto const vendor = (static_cast<unsigned char>(avp[4]) & diameter::flag_vendor) != 0 ? std::size_t{4} : 0;
  auto const size = std::min<std::size_t>(length_of(avp), avp.size());
  return size < avp_header + vendor ? std::string_view() : avp.substr(avp_header + vendor, size - avp_header - vendor);
}

/// The first of that code; nothing when there is none.
char const* find_avp(std::string_view avps, std::uint32_t code) {
  for (; avps.size() >= avp_header; avps = next_avp(avps))
    if (code_of(avps) == code) return avps.data();
  return nullptr;
}

}  // namespace

/// D08.
[[gnu::noinline]] static void read_capabilities(Planted& planted, std::string_view avps) {
  auto* const copy = static_cast<char*>(std::malloc(avps.size()));
  std::memcpy(copy, avps.data(), avps.size());
  for (std::size_t at = 0; at + avp_header <= avps.size();) {
    std::size_t const length = length_of(avps.substr(at));
    if (length < avp_header) break;
    planted.avp.assign(copy + at + avp_header, length - avp_header);
    at += (length + 3) / 4 * 4;
  }
  std::free(copy);
}

/// D12.
[[gnu::noinline]] static void copy_avp(Planted& planted, std::string_view avp) {
  char value[256];
  int const size = static_cast<int>(length_of(avp)) - static_cast<int>(avp_header);
  if (size > static_cast<int>(sizeof value) || size > static_cast<int>(avp.size() - avp_header)) return;
  std::memcpy(value, avp.data() + avp_header, static_cast<std::size_t>(size));
  planted.avp.assign(value, static_cast<std::size_t>(size));
}

/// D13.
[[gnu::noinline]] static void read_session_id(Planted& planted, std::string_view avps) {
  char const* const avp = find_avp(avps, code_session_id);
  std::size_t const length = static_cast<unsigned char>(avp[7]);  // no Session-Id of ours is longer
  planted.session_id = data_of({avp, std::min(length, static_cast<std::size_t>(avps.end() - avp))});
}

/// D14: `codes` has a place for each level.
[[gnu::noinline]] static void enter_group(Planted& planted, std::string_view avps, std::uint32_t* codes, std::size_t depth) {
  for (; avps.size() >= avp_header; avps = next_avp(avps)) {
    if (!is_group(avps)) continue;
    codes[depth] = code_of(avps);
    planted.groups ^= codes[depth];
    enter_group(planted, data_of(avps), codes, depth + 1);
  }
}

static void read_groups(Planted& planted, std::string_view avps) {
  std::uint32_t codes[16];
  enter_group(planted, avps, codes, 0);
  planted.groups += codes[0];
}

/// D15: how many octets stand in groups.
[[gnu::noinline]] static std::uint64_t measure_group(Planted& planted, std::string_view avps) {
  char last[128];
  std::uint64_t octets = 0;
  for (; avps.size() >= avp_header; avps = next_avp(avps)) {
    auto const data = data_of(avps);
    keep_text(last, data);
    octets += data.size();
    if (is_group(avps)) octets += measure_group(planted, data.empty() ? avps : data);
    planted.avp = last;
  }
  return octets;
}

/// D16: an entry for each unit and one at the end.
[[gnu::noinline]] static void allot_units(Planted& planted, std::uint64_t units) {
  constexpr std::uint32_t size_most = 1 << 20;
  auto const size = static_cast<std::uint32_t>(units + 1) * static_cast<std::uint32_t>(sizeof(Unit));
  if (size > size_most) return;
  planted.units = static_cast<Unit*>(std::malloc(size));
  std::uint32_t volatile& left = planted.units[0].left;  // an optimizer leaves out what only `free` sees
  left = static_cast<std::uint32_t>(units);
  std::free(planted.units);
  planted.units = nullptr;
}

static void read_granted_units(Planted& planted, std::string_view avps) {
  for (; avps.size() >= avp_header; avps = next_avp(avps)) {
    auto const data = data_of(avps);
    if (is_group(avps)) read_granted_units(planted, data);
    constexpr std::size_t size = 8;
    if (code_of(avps) != code_service_specific_units || data.size() != size) continue;
    allot_units(planted, std::uint64_t{diameter::read_u32(data)} << 32U | diameter::read_u32(data.substr(4)));
  }
}

void read_diameter_octets(Planted& planted, std::string_view octets) {
  if (octets.size() < diameter::message_header_size) return;
  auto const avps = octets.substr(diameter::message_header_size);
  auto const command = diameter::read_u24(octets.substr(5));
  bool const is_answer = (static_cast<unsigned char>(octets[4]) & diameter::flag_request) == 0;
  if (!is_answer) return;
  if (command == diameter::command_capabilities && planted.has(Defect::D08_capabilities_overread)) read_capabilities(planted, avps);
  if (command != diameter::command_credit_control) return;
  if (planted.has(Defect::D12_avp_length_wrap))
    for (auto rest = avps; rest.size() >= avp_header; rest = next_avp(rest)) copy_avp(planted, rest);
  if (planted.has(Defect::D13_session_id_null)) read_session_id(planted, avps);
  if (planted.has(Defect::D14_group_depth_overflow)) read_groups(planted, avps);
  if (planted.has(Defect::D15_empty_group_recursion)) planted.octets_in_groups = measure_group(planted, avps);
  if (planted.has(Defect::D16_granted_units_wrap)) read_granted_units(planted, avps);
}

}  // namespace tollgate::refserver::defects
