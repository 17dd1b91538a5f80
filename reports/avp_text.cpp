#include "reports/avp_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>

#include "base/hexadecimal.hpp"
#include "codec/ch2/document_words.hpp"
#include "codec/diameter/dictionary.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::reports {

namespace {

using diameter::Avp;
using diameter::AvpRule;
using diameter::Type;

std::string shown(std::string_view octets) {
  constexpr std::size_t most = 64;
  auto out = "0x" + hexadecimal(octets.substr(0, most));
  return octets.size() > most ? out + fmt::format("... ({} octets)", octets.size()) : out;
}

/// "1 (INITIAL_REQUEST)"
std::string enumerated(AvpRule const& rule, std::uint32_t value) {
  auto const known = std::ranges::find(rule.values, value, &diameter::EnumValue::value);
  return known == rule.values.end() ? fmt::format("{}", value) : fmt::format("{} ({})", value, known->name);
}

std::string value_of(AvpRule const& rule, Avp const& avp) {
  switch (rule.type) {
    case Type::unsigned32:
    case Type::integer32:
    case Type::enumerated:
      if (auto const value = diameter::unsigned32(avp)) return enumerated(rule, *value);
      break;
    case Type::unsigned64:
    case Type::integer64:
      if (auto const value = diameter::unsigned64(avp)) return fmt::format("{}", *value);
      break;
    case Type::time:
      if (auto const seconds = diameter::unsigned32(avp)) return ch2::date_time_of(*seconds);
      break;
    case Type::utf8_string:
    case Type::diameter_identity:
    case Type::diameter_uri: return avp.data;
    default: break;
  }
  return shown(avp.data);
}

std::string flags_of(Avp const& avp) {
  std::string out;
  if ((avp.flags & diameter::flag_vendor) != 0) out += 'V';
  if ((avp.flags & diameter::flag_mandatory) != 0) out += 'M';
  if ((avp.flags & diameter::flag_protected) != 0) out += 'P';
  return out;
}

void add(std::string& out, std::span<Avp const> avps, std::size_t depth) {
  constexpr std::size_t deepest = 8;
  for (auto const& avp : avps) {
    auto const* const rule = diameter::Dictionary::standard().avp(avp.code, (avp.flags & diameter::flag_vendor) != 0 ? avp.vendor : 0);
    out += fmt::format("{:{}}{} [{}{}]", "", 2 * depth, rule == nullptr ? fmt::format("AVP {}/{}", avp.code, avp.vendor) : rule->name,
                       avp.code, flags_of(avp).empty() ? "" : " " + flags_of(avp));
    auto const members = rule != nullptr && rule->type == Type::grouped && depth < deepest
                             ? diameter::parse_avps(avp.data)
                             : Parsed<std::vector<Avp>>(std::unexpected(ParseError{}));
    if (members) {
      out += '\n';
      add(out, *members, depth + 1);
    } else {
      out += fmt::format(" {}\n", rule == nullptr ? shown(avp.data) : value_of(*rule, avp));
    }
  }
}

}  // namespace

std::string avp_text(std::string_view octets) {
  auto const message = diameter::Message::parse(octets);
  if (!message) return shown(octets) + "\n";
  auto const& header = message->header;
  auto const* const command = diameter::Dictionary::standard().command(header.command, header.is_request());
  auto out = fmt::format(
      "{} [{}], application {}, hop-by-hop {:#010x}, end-to-end {:#010x}{}{}{}\n", command == nullptr ? "command" : command->name,
      header.command, header.application, header.hop_by_hop, header.end_to_end, (header.flags & diameter::flag_proxiable) != 0 ? ", P" : "",
      (header.flags & diameter::flag_error) != 0 ? ", E" : "", (header.flags & diameter::flag_retransmitted) != 0 ? ", T" : "");
  add(out, message->avps, 1);
  return out;
}

}  // namespace tollgate::reports
