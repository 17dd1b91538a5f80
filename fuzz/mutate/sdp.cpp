// Mutations of session descriptions (RFC 8866 5, RFC 4975 8).
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "fuzz/mutate/protocols.hpp"
#include "fuzz/mutate/text_edits.hpp"

namespace tollgate::fuzz {
namespace {

/// Lines stand where other messages have fields. Their values begin behind the equals sign, so that what looks for a
/// value behind a colon is not used here.
TextMessage read(std::string_view octets) {
  return read_text_message(octets, true);
}

template <Edit edit>
std::string apply(std::string_view octets, Random& random) {
  auto message = read(octets);
  return edit(message, random) ? message.write() : std::string(octets);
}

std::optional<std::size_t> line_of(TextMessage const& message, std::string_view start) {
  for (std::size_t i = 0; i < message.fields.size(); ++i)
    if (message.fields[i].starts_with(start)) return i;
  return std::nullopt;
}

/// Cuts the value of the first line that starts so into its words, gives them to `change` and puts them back.
template <class Change>
bool change_words(TextMessage& message, std::string_view start, std::size_t least, Change change) {
  auto const at = line_of(message, start);
  if (!at) return false;
  std::vector<std::string> words;
  for (auto const word : split(message.fields[*at], ' ')) words.emplace_back(word);
  if (words.size() < least) return false;
  change(words);
  std::string line;
  for (auto const& word : words) line += (line.empty() ? "" : " ") + word;
  message.fields[*at] = line;
  return true;
}

bool drop_line(TextMessage& message, Random& random) {
  return drop_field(message, random);
}
bool double_line(TextMessage& message, Random& random) {
  return double_field(message, random);
}
bool swap_lines(TextMessage& message, Random& random) {
  return swap_fields(message, random);
}

bool lose_equals(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view line) { return line.size() > 1 && line[1] == '='; });
  if (at) message.fields[*at].erase(1, 1);
  return at.has_value();
}

bool wrong_type(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view line) { return line.size() > 1; });
  if (at) message.fields[*at][0] = "xVy\0"[random.below(4)];
  return at.has_value();
}

bool empty_line_value(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view line) { return line.size() > 2; });
  if (at) message.fields[*at].resize(2);
  return at.has_value();
}

bool wrong_version(TextMessage& message, Random&) {
  auto const at = line_of(message, "v=");
  if (at) message.fields[*at] = "v=1";
  return at.has_value();
}

bool short_origin(TextMessage& message, Random&) {
  return change_words(message, "o=", 2, [](auto& words) { words.pop_back(); });
}

bool big_origin(TextMessage& message, Random&) {
  return change_words(message, "o=", 3, [](auto& words) { words[1] = "99999999999999999999999999"; });
}

bool media_port(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 7> ports{"0", "65536", "-1", "9/2", "", "65535/65535", "2855x"};
  return change_words(message, "m=", 2, [&](auto& words) { words[1] = ports[random.below(ports.size())]; });
}

bool media_protocol(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 4> protocols{"RTP/AVP", "TCP/TLS/MSRP", "tcp/msrp", "UDP/MSRP"};
  return change_words(message, "m=", 3, [&](auto& words) { words[2] = protocols[random.below(protocols.size())]; });
}

bool address_type(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 4> types{"IP6", "IP5", "", "ip4"};
  return change_words(message, "c=", 3, [&](auto& words) { words[1] = types[random.below(types.size())]; });
}

bool break_path(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 6> paths{"msrp://",         "msrp://h:0/s;tcp",       "http://h/",
                                                  "msrp://h:2855/s", "msrp://[::1:2855/s;tcp", "msrp://h:99999/s;tcp"};
  auto const at = line_of(message, "a=path:");
  if (at) message.fields[*at] = "a=path:" + std::string(paths[random.below(paths.size())]);
  return at.has_value();
}

bool change_setup(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 5> setups{"active", "passive", "holdconn", "actpass", "neither"};
  auto const at = line_of(message, "a=setup:");
  if (at) message.fields[*at] = "a=setup:" + std::string(setups[random.below(setups.size())]);
  return at.has_value();
}

bool second_media(TextMessage& message, Random&) {
  message.fields.emplace_back("m=message 2856 TCP/MSRP *");
  return true;
}

bool many_lines(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, [](std::string_view line) { return !line.empty(); });
  if (!at) return false;
  constexpr std::uint64_t least = 3, most = 64;
  auto const line = message.fields[*at];
  auto const more = least - 1 + random.below(most - least + 1);
  message.fields.insert(message.fields.begin() + static_cast<std::ptrdiff_t>(*at), more, line);
  return true;
}

constexpr std::size_t value_begin = 2;  ///< behind the type and its equals sign

bool long_line(TextMessage& message, Random& random) {
  constexpr std::array<std::size_t, 5> lengths{33, 128, 256, 1025, 4096};
  auto const at = draw(message.fields, random, [](std::string_view line) { return line.size() > value_begin; });
  if (!at) return false;
  auto& line = message.fields[*at];
  line.insert(value_begin + random.below(line.size() - value_begin), lengths[random.below(lengths.size())], 'a');
  return true;
}

constexpr std::string_view digits = "0123456789";

/// A number of one line, the first or the last of it.
bool odd_number(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 7> odd{"0", "-1", "", "1x", "65536", "4294967295", "18446744073709551616"};
  auto const at =
      draw(message.fields, random, [](std::string_view line) { return line.find_first_of(digits, value_begin) != std::string_view::npos; });
  if (!at) return false;
  auto& line = message.fields[*at];
  auto const end =
      random.below(2) == 0 ? line.find_first_not_of(digits, line.find_first_of(digits, value_begin)) : line.find_last_of(digits) + 1;
  auto const before = line.find_last_not_of(digits, std::min(end, line.size()) - 1);
  line.replace(before + 1, std::min(end, line.size()) - before - 1, odd[random.below(odd.size())]);
  return true;
}

/// What RFC 4975 8.6, RFC 4145, RFC 5547 and RFC 6714 name beside what we send, with numbers at an edge.
bool known_attribute(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 12> known{"a=max-size:0",
                                                   "a=max-size:1",
                                                   "a=max-size:4294967296",
                                                   "a=max-size:-1",
                                                   "a=accept-wrapped-types:*",
                                                   "a=accept-types:",
                                                   "a=connection:new",
                                                   "a=msrp-cema",
                                                   "a=file-selector:name:\"f\" size:4294967296",
                                                   "a=file-range:1-*",
                                                   "a=inactive",
                                                   "a=fingerprint:sha-256 00"};
  message.fields.emplace_back(known[random.below(known.size())]);
  return true;
}

bool lose_last_line_end(TextMessage& message, Random&) {
  if (message.fields.empty() || message.body) return false;
  message.end = message.fields.back();
  message.fields.pop_back();
  return true;
}

constexpr std::array table{
    Mutation{"drop_line", "one line is missing", Framing::kept, apply<drop_line>},
    Mutation{"double_line", "one line stands there twice", Framing::kept, apply<double_line>},
    Mutation{"swap_lines", "two lines change places", Framing::kept, apply<swap_lines>},
    Mutation{"lose_equals", "a line has no equals sign", Framing::kept, apply<lose_equals>},
    Mutation{"wrong_type", "a line has a type that is none", Framing::kept, apply<wrong_type>},
    Mutation{"empty_value", "a line has no value", Framing::kept, apply<empty_line_value>},
    Mutation{"long_line", "a line is longer by 33 to 4096 octets", Framing::kept, apply<long_line>},
    Mutation{"odd_number", "a number is 0, below, beyond 16 to 64 bits, or none", Framing::kept, apply<odd_number>},
    Mutation{"wrong_version", "the version is 1", Framing::kept, apply<wrong_version>},
    Mutation{"short_origin", "the origin has five parts", Framing::kept, apply<short_origin>},
    Mutation{"big_origin", "the session number is beyond 64 bits", Framing::kept, apply<big_origin>},
    Mutation{"media_port", "the media port is an odd one", Framing::kept, apply<media_port>},
    Mutation{"media_protocol", "the media protocol is another one", Framing::kept, apply<media_protocol>},
    Mutation{"address_type", "the connection line has another address type", Framing::kept, apply<address_type>},
    Mutation{"break_path", "the path is no MSRP URI", Framing::kept, apply<break_path>},
    Mutation{"change_setup", "the setup is another one", Framing::kept, apply<change_setup>},
    Mutation{"second_media", "a second media description follows, without a path", Framing::kept, apply<second_media>},
    Mutation{"many_lines", "one line stands there 3 to 64 times", Framing::kept, apply<many_lines>},
    Mutation{"known_attribute", "an attribute follows that is seldom there, with a number at an edge", Framing::kept,
             apply<known_attribute>},
    Mutation{"bare_lf", "one line ends in LF alone", Framing::kept, apply<bare_lf>},
    Mutation{"lose_last_line_end", "the last line has no end", Framing::kept, apply<lose_last_line_end>},
};

}  // namespace

std::span<Mutation const> sdp_mutations() {
  return table;
}

std::string sdp_cross_over(std::string_view first, std::string_view second, Random& random) {
  auto message = read(first);
  auto const other = read(second);
  auto const from = draw(other.fields, random, [](std::string_view) { return true; });
  if (!from) return std::string(first);
  auto const own = line_of(message, std::string_view(other.fields[*from]).substr(0, 2));
  if (own)
    message.fields[*own] = other.fields[*from];
  else
    message.fields.push_back(other.fields[*from]);
  return message.write();
}

}  // namespace tollgate::fuzz
