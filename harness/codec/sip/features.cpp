#include "codec/sip/features.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

bool is_feature_tag(std::string_view name) {
  constexpr std::array<std::string_view, 19> base_tags{
      "audio",   "automata",   "class",   "duplex",      "data",  "control",  "mobility", "description", "events", "priority",
      "methods", "extensions", "schemes", "application", "video", "language", "type",     "isfocus",     "actor"};
  return name.starts_with('+') || std::ranges::any_of(base_tags, [&](auto tag) { return iequals(tag, name); });
}

/// number = [ "+" / "-" ] 1*DIGIT [ "." *DIGIT ]
static std::size_t number_size(std::string_view text, std::size_t at) {
  auto const begin = at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  auto const digits = digit_set.run(text, at);
  if (digits == 0) return 0;
  at += digits;
  if (at < text.size() && text[at] == '.') at += 1 + digit_set.run(text, at + 1);
  return at - begin;
}

/// numeric = "#" numeric-relation number,  numeric-relation = ">=" / "<=" / "=" / ( number ":" )
static bool is_numeric(std::string_view text) {
  std::size_t at = 1;
  if (auto const size = number_size(text, at); size > 0) {
    at += size;
    if (!text.substr(at).starts_with(':')) return false;
    ++at;
  } else {
    if (at < text.size() && (text[at] == '>' || text[at] == '<')) ++at;
    if (!text.substr(at).starts_with('=')) return false;
    ++at;
  }
  auto const last = number_size(text, at);
  return last > 0 && at + last == text.size();
}

bool is_feature_value(std::string_view value) {
  static constexpr CharSet nobang_set = token_set - "!";
  static constexpr CharSet no_brackets_set = CharSet::range('\0', '\xff') - "<>";
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return false;
  auto const held = unquoted(value);
  if (held.starts_with('<')) return held.size() > 1 && held.back() == '>' && no_brackets_set.run(held, 1) == held.size() - 2;
  return std::ranges::all_of(split(held, ','), [](std::string_view one) {
    if (one.starts_with('!')) one.remove_prefix(1);
    return one.starts_with('#') ? is_numeric(one) : !one.empty() && nobang_set.run(one) == one.size();
  });
}

std::optional<std::string_view> feature(Parameters const& parameters, std::string_view tag) {
  auto const value = parameters.find(tag);
  return value ? std::optional(unquoted(*value)) : std::nullopt;
}

bool has_feature_value(Parameters const& parameters, std::string_view tag, std::string_view value) {
  auto const values = feature(parameters, tag);
  if (!values) return false;
  if (values->empty()) return iequals(value, "TRUE");
  return std::ranges::any_of(List(*values), [&](std::string_view one) { return iequals(one, value); });
}

Parsed<AcceptContact> parse_accept_contact(std::string_view text) {
  constexpr std::string_view clause = "RFC 3841 9.2";
  if (!text.starts_with('*')) return invalid(0, "ac-value", clause, "expected *");
  auto const parameters = parse_parameters(text.substr(1));
  if (!parameters) return shifted(parameters.error(), 1);
  AcceptContact read{.features = *parameters};
  for (auto const& [name, _] : read.features) {
    read.is_required = read.is_required || iequals(name, "require");
    read.is_explicit = read.is_explicit || iequals(name, "explicit");
  }
  return read;
}

Parsed<std::vector<AcceptContact>> accept_contacts(Fields fields) {
  return every(fields, Name::accept_contact, parse_accept_contact);
}
Parsed<std::vector<AcceptContact>> reject_contacts(Fields fields) {
  return every(fields, Name::reject_contact, parse_accept_contact);
}

Parsed<std::string_view> parse_directive(std::string_view text) {
  constexpr std::array<std::string_view, 12> directives{"proxy",   "redirect",   "cancel",   "no-cancel",  "fork",  "no-fork",
                                                        "recurse", "no-recurse", "parallel", "sequential", "queue", "no-queue"};
  if (std::ranges::any_of(directives, [&](auto one) { return iequals(one, text); })) return text;
  return invalid(0, "directive", "RFC 3841 10", "none of its twelve");
}

Parsed<std::vector<std::string_view>> request_disposition(Fields fields) {
  return every(fields, Name::request_disposition, parse_directive);
}

}  // namespace tollgate::sip
