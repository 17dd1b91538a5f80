// Look-ups in the Diameter dictionary, and AVPs made and found by the dictionary's names (RFC 6733 4.5).
#include "codec/diameter/dictionary.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/assert.hpp"

namespace tollgate::diameter {

AvpRule const* Dictionary::avp(std::uint32_t code, std::uint32_t vendor) const {
  auto const key = [this](std::uint32_t index) { return std::pair(avps_[index].vendor, avps_[index].code); };
  auto const wanted = std::pair(vendor, code);
  auto const found = std::ranges::lower_bound(by_code_, wanted, {}, key);
  return found != by_code_.end() && key(*found) == wanted ? &avps_[*found] : nullptr;
}

AvpRule const* Dictionary::avp(std::string_view name) const {
  auto const key = [this](std::uint32_t index) { return std::string_view(avps_[index].name); };
  auto const found = std::ranges::lower_bound(by_name_, name, {}, key);
  return found != by_name_.end() && key(*found) == name ? &avps_[*found] : nullptr;
}

CommandRule const* Dictionary::command(std::uint32_t code, bool request) const {
  auto const found = std::ranges::find_if(
      commands_, [&](CommandRule const& rule) { return rule.code == code && rule.request == request; });
  return found == commands_.end() ? nullptr : &*found;
}

static AvpRule const& known(std::string_view name) {
  auto const* rule = Dictionary::standard().avp(name);
  TOLLGATE_ASSERT(rule != nullptr);
  return *rule;
}

Avp make(std::string_view name, Octets data) {
  auto const& rule = known(name);
  Avp avp{.code = rule.code, .flags = 0, .vendor = rule.vendor, .data = std::move(data), .padding = {}};
  if (rule.vendor != 0) avp.flags |= flag_vendor;
  if (rule.mandatory == FlagRule::must) avp.flags |= flag_mandatory;
  avp.padding.resize(size_of(avp) - size_of_header(avp) - avp.data.size(), '\0');
  return avp;
}

Avp make(std::string_view name, std::uint32_t value) {
  return make(name, write_unsigned32(value));
}

Avp make_unsigned64(std::string_view name, std::uint64_t value) {
  return make(name, write_unsigned64(value));
}

Avp make_grouped(std::string_view name, std::vector<Avp> const& members) {
  return make(name, write_avps(members));
}

Avp const* find(std::vector<Avp> const& avps, std::string_view name) {
  return find(std::span(avps), name);
}

Avp const* find(std::span<Avp const> avps, std::string_view name) {
  auto const& rule = known(name);
  auto const found = std::ranges::find_if(avps, [&](Avp const& avp) { return avp.is(rule.code, rule.vendor); });
  return found == avps.end() ? nullptr : &*found;
}

std::string command_name(Header const& header) {
  auto const* rule = Dictionary::standard().command(header.command, header.is_request());
  if (rule != nullptr) return rule->abbreviation;
  return fmt::format("command {} {}", header.command, header.is_request() ? "request" : "answer");
}

}  // namespace tollgate::diameter
