// Mutations of message/cpim (RFC 3862 2-4).
#include <array>
#include <utility>

#include "fuzz/mutate/protocols.hpp"
#include "fuzz/mutate/text_edits.hpp"

namespace tollgate::fuzz {
namespace {

template <Edit edit>
std::string apply(std::string_view octets, Random& random) {
  auto message = read_text_message(octets, true);
  return edit(message, random) ? message.write() : std::string(octets);
}

/// The same on the headers of the encapsulated part.
template <Edit edit>
std::string apply_inside(std::string_view octets, Random& random) {
  auto message = read_text_message(octets, true);
  if (!message.body) return std::string(octets);
  auto content = read_text_message(*message.body, true);
  if (!edit(content, random)) return std::string(octets);
  message.body = content.write();
  return message.write();
}

bool lose_blank_line(TextMessage& message, Random&) {
  if (!message.body) return false;
  message.end = *std::exchange(message.body, std::nullopt);
  return true;
}

bool set_value(TextMessage& message, std::string_view name, std::string_view value) {
  auto const at = find_field(message, name);
  if (at) message.fields[*at] = std::string(name) + ": " + std::string(value);
  return at.has_value();
}

bool bad_date_time(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 6> times{"2026-13-01T00:00:00Z", "2026-02-30T25:61:61Z", "2026-01-01",
                                                  "2026-01-01T00:00:00",  "-1-01-01T00:00:00Z",   "now"};
  return set_value(message, "DateTime", times[random.below(times.size())]);
}

bool unknown_prefix(TextMessage& message, Random&) {
  message.fields.emplace_back("unheard.Of: value");
  return true;
}

bool unknown_required(TextMessage& message, Random&) {
  message.fields.emplace_back("Require: Unheard-Of");
  return true;
}

bool language_parameter(TextMessage& message, Random&) {
  message.fields.emplace_back("Subject:;lang=fr Objet");
  return true;
}

bool second_namespace(TextMessage& message, Random&) {
  message.fields.emplace_back("NS: imdn <urn:ietf:params:imdn>");
  message.fields.emplace_back("NS: imdn <urn:example:other>");
  return true;
}

constexpr std::array table{
    Mutation{"drop_field", "one header is missing", Framing::kept, apply<drop_field>},
    Mutation{"double_field", "one header stands there twice", Framing::kept, apply<double_field>},
    Mutation{"swap_fields", "two headers change places", Framing::kept, apply<swap_fields>},
    Mutation{"empty_value", "one header has no value", Framing::kept, apply<empty_value>},
    Mutation{"fold_value", "one value is folded at its first space", Framing::kept, apply<fold_value>},
    Mutation{"nul_in_value", "a NUL octet stands in one value", Framing::kept, apply<nul_in_value>},
    Mutation{"bad_utf8", "one value is no UTF-8", Framing::kept, apply<bad_utf8>},
    Mutation{"long_value", "one value is longer by 33 to 4096 octets", Framing::kept, apply<long_value>},
    Mutation{"truncate_quoted", "a quoted string does not end", Framing::kept, apply<truncate_quoted>},
    Mutation{"break_brackets", "a bracket has no partner", Framing::kept, apply<break_brackets>},
    Mutation{"change_case", "one header name is in the other case, which makes it another one", Framing::kept, apply<change_case>},
    Mutation{"space_before_colon", "white space stands before a colon", Framing::kept, apply<space_before_colon>},
    Mutation{"lose_colon", "a header has no colon", Framing::kept, apply<lose_colon>},
    Mutation{"bare_lf", "one line ends in LF alone", Framing::kept, apply<bare_lf>},
    Mutation{"bad_date_time", "DateTime is no time", Framing::kept, apply<bad_date_time>},
    Mutation{"unknown_prefix", "a header has a prefix that no NS gives", Framing::kept, apply<unknown_prefix>},
    Mutation{"unknown_required", "Require names a header that nobody knows", Framing::kept, apply<unknown_required>},
    Mutation{"language_parameter", "a Subject has a language", Framing::kept, apply<language_parameter>},
    Mutation{"second_namespace", "one prefix stands for two namespaces", Framing::kept, apply<second_namespace>},
    Mutation{"lose_blank_line", "the blank line behind the headers is missing", Framing::broken, apply<lose_blank_line>},
    Mutation{"content_drop_field", "one header of the content is missing", Framing::kept, apply_inside<drop_field>},
    Mutation{"content_double_field", "one header of the content is doubled", Framing::kept, apply_inside<double_field>},
    Mutation{"content_lose_blank_line", "the blank line before the content is missing", Framing::broken, apply_inside<lose_blank_line>},
};

}  // namespace

std::span<Mutation const> cpim_mutations() {
  return table;
}

std::string cpim_cross_over(std::string_view first, std::string_view second, Random& random) {
  auto message = read_text_message(first, true);
  (void)take_field_of(message, read_text_message(second, true), random);
  return message.write();
}

}  // namespace tollgate::fuzz
