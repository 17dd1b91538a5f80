#include "fuzz/script/mutations.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "base/text.hpp"
#include "fuzz/mutate/text_message.hpp"
#include "fuzz/script/foreign_address.hpp"
#include "fuzz/script/raw_mutations.hpp"

namespace tollgate::fuzz {

namespace {

std::vector<NamedMutation> all_mutations() {
  std::vector<NamedMutation> out;
  for (auto const layer : {Protocol::sip, Protocol::sdp, Protocol::msrp, Protocol::cpim, Protocol::diameter, Protocol::http})
    for (auto const& one : mutations(layer))
      out.push_back({fmt::format("{}.{}", to_string(layer), one.name), one.says, one.framing, layer, false, one.apply});
  for (auto const& one : raw_mutations())
    out.push_back({fmt::format("raw.{}", one.name), one.says, one.framing, Protocol::sip, true, one.apply});
  return out;
}

std::vector<NamedMutation> const& table() {
  static auto const all = all_mutations();
  return all;
}

bool can_be_on(trace::Channel channel, ch2::Binding binding, NamedMutation const& one) {
  if (one.raw) return true;
  switch (channel) {
    case trace::Channel::sip: return one.layer == Protocol::sip || one.layer == Protocol::sdp || one.layer == Protocol::cpim;
    case trace::Channel::msrp: return one.layer == Protocol::msrp || one.layer == Protocol::cpim;
    case trace::Channel::ch2: return one.layer == (binding == ch2::Binding::http ? Protocol::http : Protocol::diameter);
  }
  return false;
}

using Row = std::pair<trace::Channel, ch2::Binding>;

std::map<Row, std::vector<NamedMutation const*>> by_channel() {
  std::map<Row, std::vector<NamedMutation const*>> out;
  for (auto const channel : {trace::Channel::sip, trace::Channel::msrp, trace::Channel::ch2})
    for (auto const binding : {ch2::Binding::diameter, ch2::Binding::http})
      for (auto const& one : table())
        if (can_be_on(channel, binding, one)) out[{channel, binding}].push_back(&one);
  return out;
}

/// The body changed, and Content-Length with it.
std::string with_mutated_body(NamedMutation const& mutation, std::string_view octets, Random& random) {
  auto message = read_text_message(octets);
  if (!message.body || message.body->empty()) return std::string(octets);
  auto body = mutation.apply(*message.body, random);
  if (body == *message.body) return std::string(octets);
  if (auto const length = find_field(message, "Content-Length", "l"))
    message.fields[*length] = fmt::format("{}: {}", name_of(message.fields[*length]), body.size());
  message.body = std::move(body);
  return message.write();
}

bool carries(std::string_view octets, std::string_view type) {
  auto const message = read_text_message(octets);
  auto const field = find_field(message, "Content-Type", "c");
  if (!field) return false;
  auto const value = std::string_view(message.fields[*field]).substr(value_at(message.fields[*field]));
  return lower(value).starts_with(type);
}

}  // namespace

std::span<NamedMutation const* const> mutations_on(trace::Channel channel, ch2::Binding binding) {
  static auto const by = by_channel();
  return by.at({channel, binding});
}

NamedMutation const* find_mutation(std::string_view name) {
  auto const found = std::ranges::find(table(), name, &NamedMutation::name);
  return found == table().end() ? nullptr : &*found;
}

std::string mutated(NamedMutation const& mutation, std::string_view message, Random& random) {
  if (!mutation.raw && mutation.layer == Protocol::sdp)
    return carries(message, "application/sdp") ? with_mutated_body(mutation, message, random) : std::string(message);
  if (!mutation.raw && mutation.layer == Protocol::cpim)
    return carries(message, "message/cpim") ? with_mutated_body(mutation, message, random) : std::string(message);
  return mutation.apply(message, random);
}

/// Where the identifiers of a Diameter message stand (RFC 6733 3), Hop-by-Hop and End-to-End: the peer chooses them, other ones each time.
constexpr std::array<std::size_t, 2> identifiers_at{12, 16};
constexpr std::string_view no_identifier("\0\0\0\0", 4);

static bool has_identifiers(Change const& change, std::string_view message) {
  constexpr char version = 1;
  return change.channel == trace::Channel::ch2 && message.starts_with(version) &&
         message.size() >= identifiers_at.back() + no_identifier.size();
}

static std::string without_identifiers(std::string message) {
  for (auto const at : identifiers_at) message.replace(at, no_identifier.size(), no_identifier);
  return message;
}

/// Those of `message` where none stands still.
static void give_back_identifiers(std::string& octets, std::string_view message) {
  for (auto const at : identifiers_at)
    if (octets.size() >= at + no_identifier.size() && octets.compare(at, no_identifier.size(), no_identifier) == 0)
      octets.replace(at, no_identifier.size(), message.substr(at, no_identifier.size()));
}

/// What it draws goes by the same octets each time.
std::optional<std::string> mutated(Change const& change, std::string_view message) {
  auto const* const mutation = find_mutation(change.what);
  if (!draws_mutation(change.act) || mutation == nullptr) return std::nullopt;
  bool const has_live_ones = has_identifiers(change, message);
  auto const plain = has_live_ones ? without_identifiers(std::string(message)) : std::string(message);
  Random random(change.number);
  constexpr int attempts = 8;
  for (int i = 0; i < attempts; ++i) {
    auto octets = mutated(*mutation, plain, random);
    if (octets == plain) return std::nullopt;
    if (leads_away(plain, octets)) continue;
    if (has_live_ones) give_back_identifiers(octets, message);
    return octets;
  }
  return std::nullopt;
}

}  // namespace tollgate::fuzz
