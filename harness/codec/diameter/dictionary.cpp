// Look-ups in the Diameter dictionary, and AVPs made and found by the dictionary's names (RFC 6733 4.5).
#include "codec/diameter/dictionary.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <numeric>
#include <utility>

#include "base/assert.hpp"

namespace tollgate::diameter {

AvpRule const* Dictionary::avp(std::string_view name) const {
  auto const key = [this](std::uint32_t index) { return std::string_view(avps_[index].name); };
  auto const found = std::ranges::lower_bound(by_name_, name, {}, key);
  return found != by_name_.end() && key(*found) == name ? &avps_[*found] : nullptr;
}

CommandRule const* Dictionary::command(std::uint32_t code, bool request) const {
  auto const found = std::ranges::find_if(commands_, [&](CommandRule const& rule) { return rule.code == code && rule.request == request; });
  return found == commands_.end() ? nullptr : &*found;
}

CommandRule const* Dictionary::error_answer() const {
  auto const found = std::ranges::find(commands_, true, &CommandRule::error);
  return found == commands_.end() ? nullptr : &*found;
}

bool Dictionary::knows_application(std::uint32_t application) const {
  return std::ranges::find(commands_, application, &CommandRule::application) != commands_.end();
}

Grammar const* Dictionary::grammar(AvpRule const& rule) const {
  return rule.members.empty() ? nullptr : &avp_grammars_[index(rule)];
}

Grammar const& Dictionary::grammar(CommandRule const& rule) const {
  return command_grammars_[static_cast<std::size_t>(&rule - commands_.data())];
}

void Dictionary::build_tables() {
  by_name_.resize(avps_.size());
  std::iota(by_name_.begin(), by_name_.end(), 0U);
  std::ranges::sort(by_name_, {}, [&](auto i) { return std::string_view(avps_[i].name); });

  constexpr std::size_t places_an_avp = 4;
  by_code_.assign(std::bit_ceil(places_an_avp * avps_.size() + 1), {});
  for (auto const& rule : avps_) {
    auto place = first_place(rule.code, rule.vendor);
    while (by_code_[place].index != none) place = (place + 1) & (by_code_.size() - 1);
    by_code_[place] = {rule.code, rule.vendor, static_cast<std::uint32_t>(index(rule))};
  }

  auto const index_of = [this](std::string_view name) { return index(*avp(name)); };
  for (auto const& rule : avps_) avp_grammars_.emplace_back(rule.members, avps_.size(), index_of);
  for (auto const& rule : commands_) command_grammars_.emplace_back(rule.avps, avps_.size(), index_of);
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
