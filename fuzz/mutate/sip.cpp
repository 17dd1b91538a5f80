// Mutations of SIP messages (RFC 3261 7, 20, 25).
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "fuzz/mutate/protocols.hpp"
#include "fuzz/mutate/text_edits.hpp"

namespace tollgate::fuzz {
namespace {

/// Content-Length says again how long the body is.
void repair_length(TextMessage& message) {
  if (auto const at = find_field(message, "Content-Length", "l"))
    message.fields[*at] = fmt::format("{}: {}", name_of(message.fields[*at]), message.body.value_or("").size());
}

template <Edit edit, bool repaired = true>
std::string apply(std::string_view octets, Random& random) {
  auto message = read_text_message(octets);
  if (!edit(message, random)) return std::string(octets);
  if (repaired) repair_length(message);
  return message.write();
}

/// The value of the field of that name is rewritten by `change`; false when there is none.
template <class Change>
bool change_field(TextMessage& message, std::string_view name, std::string_view compact, Change change) {
  auto const at = find_field(message, name, compact);
  if (!at) return false;
  auto value = message.fields[*at].substr(value_at(message.fields[*at]));
  message.fields[*at].resize(value_at(message.fields[*at]));
  message.fields[*at] += change(std::move(value));
  return true;
}

bool set_length(TextMessage& message, std::string_view length) {
  return change_field(message, "Content-Length", "l", [&](std::string const&) { return std::string(length); });
}

bool short_length(TextMessage& message, Random& random) {
  auto const size = message.body.value_or("").size();
  return size > 0 && set_length(message, std::to_string(random.below(size)));
}

bool long_length(TextMessage& message, Random& random) {
  return set_length(message, std::to_string(message.body.value_or("").size() + 1 + random.below(4096)));
}

bool bad_length(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 6> bad{"", "-1", "0x10", "99999999999999999999", "1 1", "+5"};
  return set_length(message, bad[random.below(bad.size())]);
}

bool two_lengths(TextMessage& message, Random&) {
  auto const at = find_field(message, "Content-Length", "l");
  if (!at) return false;
  message.fields.insert(message.fields.begin() + static_cast<std::ptrdiff_t>(*at),
                        fmt::format("l: {}", message.body.value_or("").size() + 1));
  return true;
}

bool lose_length(TextMessage& message, Random&) {
  auto const at = find_field(message, "Content-Length", "l");
  if (at) message.fields.erase(message.fields.begin() + static_cast<std::ptrdiff_t>(*at));
  return at.has_value();
}

bool lose_blank_line(TextMessage& message, Random&) {
  if (!message.body || !message.body->empty()) return false;
  message.body.reset();
  return true;
}

bool wrong_version(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 5> versions{"SIP/7.0", "SIP/2.", "HTTP/1.1", "SIP2.0", "SIP/2.0.1"};
  auto const at = message.start.find("SIP/2.0");
  if (at == std::string::npos) return false;
  message.start.replace(at, std::string_view("SIP/2.0").size(), versions[random.below(versions.size())]);
  return true;
}

bool start_line_spaces(TextMessage& message, Random&) {
  auto const space = message.start.find(' ');
  if (space == std::string::npos) return false;
  message.start.insert(space, " ");
  return true;
}

bool is_request(TextMessage const& message) {
  return !message.start.starts_with("SIP/") && message.start.contains(' ');
}

bool unknown_method(TextMessage& message, Random&) {
  if (!is_request(message)) return false;
  message.start.replace(0, message.start.find(' '), "UNHEARD-OF");
  return change_field(message, "CSeq", "", [](std::string const& value) { return value.substr(0, value.find(' ') + 1) + "UNHEARD-OF"; });
}

bool method_mismatch(TextMessage& message, Random&) {
  return change_field(message, "CSeq", "", [](std::string const& value) { return value + "X"; });
}

bool status_out_of_range(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 6> statuses{"099", "700", "4294967301", "20", "-200", "2x0"};
  constexpr std::size_t status_at = 8;
  if (!message.start.starts_with("SIP/2.0 ")) return false;
  auto const end = std::min(message.start.find(' ', status_at), message.start.size());
  message.start.replace(status_at, end - status_at, statuses[random.below(statuses.size())]);
  return true;
}

bool lose_branch_cookie(TextMessage& message, Random&) {
  return change_field(message, "Via", "v", [](std::string value) {
    auto const at = value.find("z9hG4bK");
    return at == std::string::npos ? value : value.erase(at, 7);
  });
}

bool double_parameter(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view f) { return !frames(f) && f.contains(';'); });
  if (!at) return false;
  message.fields[*at] += message.fields[*at].substr(message.fields[*at].rfind(';'));
  return true;
}

bool lose_tag(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view f) { return f.contains(";tag="); });
  if (!at) return false;
  auto const from = message.fields[*at].find(";tag=");
  message.fields[*at].erase(from, message.fields[*at].find(';', from + 1) - from);
  return true;
}

bool break_ipv6(TextMessage& message, Random&) {
  return change_field(message, "Via", "v", [](std::string value) {
    auto const from = value.find(' ') + 1;
    return value.replace(from, std::min(value.find(';'), value.size()) - from, "[2001:db8:::1]:5060");
  });
}

bool join_with_comma(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view f) { return !frames(f) && f.contains(':'); });
  if (!at) return false;
  auto const value = message.fields[*at].substr(value_at(message.fields[*at]));
  message.fields[*at].append(", ").append(value);
  return true;
}

bool many_values(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view f) { return !frames(f) && f.contains(':'); });
  if (!at) return false;
  constexpr std::uint64_t least = 3, most = 64;
  auto const value = message.fields[*at].substr(value_at(message.fields[*at]));
  for (auto more = least - 1 + random.below(most - least + 1); more > 0; --more) message.fields[*at].append(", ").append(value);
  return true;
}

/// One that RFC 3261 25.1 names, where a message has it seldom; as often as not it stands there twice.
bool known_parameter(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 8> known{";maddr=127.0.0.1", ";ttl=255", ";received=127.0.0.1", ";lr", ";transport=tcp",
                                                  ";expires=60",      ";q=0.5",   ";method=REGISTER"};
  auto const at = draw(message.fields, random, [](std::string_view f) { return !frames(f) && f.contains(';'); });
  if (!at) return false;
  auto const parameter = known[random.below(known.size())];
  message.fields[*at].append(parameter);
  if (random.below(2) == 0) message.fields[*at].append(parameter);
  return true;
}

/// The body as the part of a multipart, which may be the part of another (RFC 2046 5.1).
bool parts_in_parts(TextMessage& message, Random& random) {
  auto const type = find_field(message, "Content-Type", "c");
  if (!type || message.body.value_or("").empty()) return false;
  constexpr std::uint64_t deepest = 8;
  for (auto level = 1 + random.below(deepest); level > 0; --level) {
    auto const value = message.fields[*type].substr(value_at(message.fields[*type]));
    message.body = fmt::format("--part{0}\r\nContent-Type: {1}\r\n\r\n{2}\r\n--part{0}--\r\n", level, value, *message.body);
    message.fields[*type] = fmt::format("Content-Type: multipart/mixed;boundary=part{}", level);
  }
  return true;
}

bool compact_name(TextMessage& message, Random& random) {
  static constexpr auto names = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"Via", "v"}, {"From", "f"}, {"To", "t"}, {"Call-ID", "i"}, {"Contact", "m"}, {"Content-Type", "c"}});
  auto const& [name, compact] = names[random.below(names.size())];
  auto const at = find_field(message, name);
  if (at) message.fields[*at].replace(0, name.size(), compact);
  return at.has_value();
}

bool line_ends_in_front(TextMessage& message, Random&) {
  message.start.insert(0, "\r\n\r\n");
  return true;
}

constexpr std::array table{
    Mutation{"drop_field", "one header field is missing", Framing::kept, apply<drop_field>},
    Mutation{"double_field", "one header field stands there twice", Framing::kept, apply<double_field>},
    Mutation{"swap_fields", "two header fields change places", Framing::kept, apply<swap_fields>},
    Mutation{"empty_value", "one header field has no value", Framing::kept, apply<empty_value>},
    Mutation{"fold_value", "one value is folded at its first space", Framing::kept, apply<fold_value>},
    Mutation{"nul_in_value", "a NUL octet stands in one value", Framing::kept, apply<nul_in_value>},
    Mutation{"bad_utf8", "one value is no UTF-8", Framing::kept, apply<bad_utf8>},
    Mutation{"long_value", "one value is longer by 33 to 4096 octets", Framing::kept, apply<long_value>},
    Mutation{"overflow_number", "one number is beyond 8 to 64 bits", Framing::kept, apply<overflow_number>},
    Mutation{"negative_number", "one number has a sign", Framing::kept, apply<negative_number>},
    Mutation{"no_number", "one number is empty or no number", Framing::kept, apply<no_number>},
    Mutation{"edge_number", "one number is at an edge of its range", Framing::kept, apply<edge_number>},
    Mutation{"truncate_quoted", "a quoted string does not end", Framing::kept, apply<truncate_quoted>},
    Mutation{"break_escape", "a percent sign starts no escape, or one of NUL", Framing::kept, apply<break_escape>},
    Mutation{"break_brackets", "a bracket has no partner", Framing::kept, apply<break_brackets>},
    Mutation{"change_case", "one header name is in the other case", Framing::kept, apply<change_case>},
    Mutation{"space_before_colon", "white space stands before a colon", Framing::kept, apply<space_before_colon>},
    Mutation{"bare_lf", "one line ends in LF alone", Framing::kept, apply<bare_lf>},
    Mutation{"compact_name", "one header name is in its compact form", Framing::kept, apply<compact_name>},
    Mutation{"unknown_method", "the method is one that nobody knows", Framing::kept, apply<unknown_method>},
    Mutation{"method_mismatch", "the CSeq names another method", Framing::kept, apply<method_mismatch>},
    Mutation{"lose_branch_cookie", "the branch lacks its cookie", Framing::kept, apply<lose_branch_cookie>},
    Mutation{"double_parameter", "the last parameter stands there twice", Framing::kept, apply<double_parameter>},
    Mutation{"lose_tag", "a tag is missing", Framing::kept, apply<lose_tag>},
    Mutation{"break_ipv6", "the topmost Via has an address that is none", Framing::kept, apply<break_ipv6>},
    Mutation{"join_with_comma", "a value stands twice, with a comma between", Framing::kept, apply<join_with_comma>},
    Mutation{"many_values", "a value stands 3 to 64 times, with commas between", Framing::kept, apply<many_values>},
    Mutation{"known_parameter", "a parameter that is seldom there stands there once or twice", Framing::kept, apply<known_parameter>},
    Mutation{"parts_in_parts", "the body is a part of a part of a multipart, up to 8 deep", Framing::kept, apply<parts_in_parts>},
    Mutation{"line_ends_in_front", "empty lines precede the message", Framing::kept, apply<line_ends_in_front>},
    Mutation{"lose_colon", "a header field has no colon", Framing::broken, apply<lose_colon>},
    Mutation{"wrong_version", "the version is another one", Framing::broken, apply<wrong_version>},
    Mutation{"start_line_spaces", "two spaces stand in the start line", Framing::broken, apply<start_line_spaces>},
    Mutation{"status_out_of_range", "the status is none", Framing::broken, apply<status_out_of_range>},
    Mutation{"lose_blank_line", "the blank line is missing", Framing::broken, apply<lose_blank_line>},
    Mutation{"short_length", "Content-Length is below the body's", Framing::broken, apply<short_length, false>},
    Mutation{"long_length", "Content-Length is above the body's", Framing::broken, apply<long_length, false>},
    Mutation{"bad_length", "Content-Length is no number", Framing::broken, apply<bad_length, false>},
    Mutation{"two_lengths", "two fields give different lengths", Framing::broken, apply<two_lengths, false>},
    Mutation{"lose_length", "Content-Length is missing", Framing::broken, apply<lose_length, false>},
};

}  // namespace

std::span<Mutation const> sip_mutations() {
  return table;
}

std::string sip_cross_over(std::string_view first, std::string_view second, Random& random) {
  auto message = read_text_message(first);
  (void)take_field_of(message, read_text_message(second), random);
  repair_length(message);
  return message.write();
}

}  // namespace tollgate::fuzz
