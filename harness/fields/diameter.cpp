// Fields of a Diameter message: its header (RFC 6733 3) and its AVPs, at any depth (RFC 6733 4.4).
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <ranges>
#include <span>
#include <utility>

#include "base/hexadecimal.hpp"
#include "base/text.hpp"
#include "codec/diameter/dictionary.hpp"
#include "fields/avps.hpp"
#include "fields/words.hpp"

namespace tollgate::fields {

namespace {

using diameter::Avp;
using diameter::Type;
using Values = std::vector<std::string>;

diameter::AvpRule const* rule_of(Avp const& avp) {
  return diameter::Dictionary::standard().avp(avp.code, (avp.flags & diameter::flag_vendor) != 0 ? avp.vendor : 0);
}

bool is_number(Type type) {
  return type == Type::unsigned32 || type == Type::integer32 || type == Type::enumerated || type == Type::time;
}

/// Address = AddressType(16: 1 IPv4, 2 IPv6) octets (RFC 6733 4.3.1): "192.0.2.1", "::1"; what is none of them as it is.
std::string address_text(std::string const& data) {
  constexpr std::size_t type = 2, ipv4 = 4, ipv6 = 16;
  std::array<char, INET6_ADDRSTRLEN> text{};
  bool const is_ipv4 = data.starts_with(std::string_view("\0\1", type)) && data.size() == type + ipv4;
  bool const is_ipv6 = data.starts_with(std::string_view("\0\2", type)) && data.size() == type + ipv6;
  if (!is_ipv4 && !is_ipv6) return data;
  return ::inet_ntop(is_ipv4 ? AF_INET : AF_INET6, data.data() + type, text.data(), text.size());
}

std::string text_of(Avp const& avp);

/// What a Grouped AVP holds, by AVP Code: their order says nothing (RFC 6733 4.4).
std::string group_text(Avp const& group) {
  std::vector<std::pair<std::uint32_t, std::string>> members;
  for (auto const& member : diameter::parse_avps(group.data).value_or(std::vector<Avp>{}))
    members.emplace_back(member.code, text_of(member));
  std::ranges::sort(members);
  return fmt::format("{}", fmt::join(members | std::views::values, " "));
}

std::string text_of(Avp const& avp) {
  auto const* rule = rule_of(avp);
  Type const type = rule != nullptr ? rule->type : Type::octet_string;
  if (type == Type::grouped) return group_text(avp);
  auto const octets = [&] { return "0x" + hexadecimal(avp.data); };  // of a number that is none
  if (is_number(type)) {
    auto const value = diameter::unsigned32(avp);
    return value ? fmt::format("{}", *value) : octets();
  }
  if (type == Type::unsigned64 || type == Type::integer64) {
    auto const value = diameter::unsigned64(avp);
    return value ? fmt::format("{}", *value) : octets();
  }
  if (type == Type::address) return address_text(avp.data);
  return avp.data;
}

/// The enumerator's number by its name, or the number.
std::optional<std::uint32_t> number_of(diameter::AvpRule const* rule, std::string_view value) {
  if (rule != nullptr)
    for (auto const& named : rule->values)
      if (named.name == value) return named.value;
  return to_number<std::uint32_t>(value);
}

std::optional<Octets> data_of(Avp const& avp, std::string_view value) {
  auto const* rule = rule_of(avp);
  Type const type = rule != nullptr ? rule->type : Type::octet_string;
  if (type == Type::unsigned64 || type == Type::integer64) {
    auto const number = to_number<std::uint64_t>(value);
    return number ? std::optional(diameter::write_unsigned64(*number)) : std::nullopt;
  }
  if (is_number(type)) {
    auto const number = number_of(rule, value);
    return number ? std::optional(diameter::write_unsigned32(*number)) : std::nullopt;
  }
  if (type == Type::grouped && !value.empty()) return std::nullopt;
  return Octets(value);
}

bool same_kind(Avp const& a, Avp const& b) {
  return a.code == b.code && a.vendor == b.vendor;
}

/// Adds the values of the last AVP of `path` below its parents, at any depth.
void gather(std::span<Avp const> avps, std::span<Avp const> parents, Avp const& wanted, Values& out) {
  for (auto const& avp : avps) {
    if (parents.empty() && same_kind(avp, wanted)) out.push_back(text_of(avp));
    auto const* rule = rule_of(avp);
    if (rule == nullptr || rule->type != Type::grouped) continue;
    auto const members = diameter::parse_avps(avp.data);
    if (!members) continue;
    bool const enters = !parents.empty() && same_kind(avp, parents.front());
    gather(*members, enters ? parents.subspan(1) : parents, wanted, out);
  }
}

std::vector<Avp> parents_of(Path const& path) {
  std::vector<Avp> out;
  for (auto const& name : path.parents)
    if (auto avp = named_avp(name)) out.push_back(std::move(*avp));
  return out;
}

/// The number of that header field; nothing for an AVP.
std::optional<std::uint32_t> header_value(HeaderWord which, diameter::Header const& h) {
  auto const flag = [&](std::uint8_t bit) { return std::uint32_t{(h.flags & bit) != 0 ? 1U : 0U}; };
  switch (which) {
    case HeaderWord::version: return h.version;
    case HeaderWord::command: return h.command;
    case HeaderWord::application: return h.application;
    case HeaderWord::hop_by_hop: return h.hop_by_hop;
    case HeaderWord::end_to_end: return h.end_to_end;
    case HeaderWord::request: return flag(diameter::flag_request);
    case HeaderWord::proxiable: return flag(diameter::flag_proxiable);
    case HeaderWord::error: return flag(diameter::flag_error);
    case HeaderWord::retransmitted: return flag(diameter::flag_retransmitted);
    case HeaderWord::length:
    case HeaderWord::none: break;
  }
  return std::nullopt;
}

/// "+3" adds to what stands there: another identifier than the right one.
std::uint32_t changed(std::uint32_t old, std::string_view value) {
  bool const relative = value.starts_with('+');
  auto const number = to_number<std::uint32_t>(relative ? value.substr(1) : value).value_or(0);
  return relative ? old + number : number;
}

void set_header(HeaderWord which, std::string_view value, diameter::Header& h) {
  std::uint32_t const number = changed(header_value(which, h).value_or(0), value);
  auto const flag = [&](std::uint8_t bit) { h.flags = static_cast<std::uint8_t>(number != 0 ? h.flags | bit : h.flags & ~bit); };
  switch (which) {
    case HeaderWord::version: h.version = static_cast<std::uint8_t>(number); break;
    case HeaderWord::command: h.command = number; break;
    case HeaderWord::application: h.application = number; break;
    case HeaderWord::hop_by_hop: h.hop_by_hop = number; break;
    case HeaderWord::end_to_end: h.end_to_end = number; break;
    case HeaderWord::request: flag(diameter::flag_request); break;
    case HeaderWord::proxiable: flag(diameter::flag_proxiable); break;
    case HeaderWord::error: flag(diameter::flag_error); break;
    case HeaderWord::retransmitted: flag(diameter::flag_retransmitted); break;
    case HeaderWord::length:  // only its octets have one
    case HeaderWord::none: break;
  }
}

/// Edits below the parents, which are made where an AVP shall stand in them and they are missing.
void edit_avps(std::vector<Avp>& avps, std::span<Avp const> parents, Avp const& wanted, How how) {
  auto const is_wanted = [&](Avp const& avp) { return same_kind(avp, wanted); };
  if (parents.empty()) {
    auto const first = std::ranges::find_if(avps, is_wanted);
    if (how == How::remove)
      std::erase_if(avps, is_wanted);
    else if (how == How::set && first != avps.end())
      *first = wanted;
    else
      avps.push_back(wanted);
    return;
  }
  auto group = std::ranges::find_if(avps, [&](Avp const& avp) { return same_kind(avp, parents.front()); });
  if (group == avps.end()) {
    if (how == How::remove) return;
    avps.push_back(parents.front());
    group = std::prev(avps.end());
  }
  auto members = diameter::parse_avps(group->data).value_or(std::vector<Avp>{});
  edit_avps(members, parents.subspan(1), wanted, how);
  group->data = diameter::write_avps(members);
}

}  // namespace

std::optional<Avp> named_avp(std::string_view name) {
  if (auto const* rule = diameter::Dictionary::standard().avp(name)) {
    Avp avp{.code = rule->code, .vendor = rule->vendor};
    if (rule->vendor != 0) avp.flags |= diameter::flag_vendor;
    if (rule->mandatory == diameter::FlagRule::must) avp.flags |= diameter::flag_mandatory;
    return avp;
  }
  if (!name.starts_with("avp(") || !name.ends_with(')')) return std::nullopt;
  auto const inner = split(name.substr(4, name.size() - 5), ',');
  auto const code = to_number<std::uint32_t>(inner[0]);
  auto const vendor = inner.size() > 1 ? to_number<std::uint32_t>(inner[1]) : std::optional(std::uint32_t{0});
  if (!code || !vendor || inner.size() > 3) return std::nullopt;
  Avp avp{.code = *code, .vendor = *vendor};
  if (*vendor != 0) avp.flags |= diameter::flag_vendor;
  if (inner.size() == 3 && inner[2] == "M") avp.flags |= diameter::flag_mandatory;
  return avp;
}

std::expected<void, std::string> check_avp_value(Path const& path, std::string_view value) {
  if (header_word(path.name) != HeaderWord::none) {
    if (to_number<std::uint32_t>(value.starts_with('+') ? value.substr(1) : value)) return {};
    return std::unexpected(fmt::format("'{}' is no number for {}", value, path.name));
  }
  auto const avp = named_avp(path.name);
  if (avp && data_of(*avp, value)) return {};
  return std::unexpected(fmt::format("'{}' is no value of {}", value, path.name));
}

Values read(Path const& path, diameter::Message const& message) {
  if (path.protocol != Protocol::diameter) return {};
  if (header_word(path.name) == HeaderWord::length) return {fmt::format("{}", message.write().size())};
  if (auto const which = header_word(path.name); which != HeaderWord::none)
    return {fmt::format("{}", header_value(which, message.header).value_or(0))};
  Values out;
  auto const wanted = named_avp(path.name);
  if (wanted) gather(message.avps, parents_of(path), *wanted, out);
  return out;
}

void apply(Edit const& edit, diameter::Message& message) {
  if (edit.path.protocol != Protocol::diameter) return;
  if (auto const which = header_word(edit.path.name); which != HeaderWord::none) return set_header(which, edit.value, message.header);
  auto wanted = named_avp(edit.path.name);
  if (!wanted) return;
  wanted->data = data_of(*wanted, edit.value).value_or(Octets{});
  edit_avps(message.avps, parents_of(edit.path), *wanted, edit.how);
}

/// Message Length: octets 1 to 3 (RFC 6733 3). "+4" adds modulo its 24 bits.
void apply(Edit const& edit, Octets& written) {
  constexpr std::size_t at = 1, size = 3;
  if (edit.path.protocol != Protocol::diameter || header_word(edit.path.name) != HeaderWord::length || written.size() < at + size) return;
  auto const length = changed(static_cast<std::uint32_t>(written.size()), edit.value);
  for (std::size_t i = 0; i < size; ++i) written[at + i] = static_cast<char>(length >> (8 * (size - 1 - i)) & 0xff);
}

}  // namespace tollgate::fields
