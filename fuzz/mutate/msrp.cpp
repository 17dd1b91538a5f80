// Mutations of MSRP messages (RFC 4975 7, 9).
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "fuzz/mutate/protocols.hpp"
#include "fuzz/mutate/text_edits.hpp"

namespace tollgate::fuzz {
namespace {

constexpr std::string_view dashes = "-------";

/// What stands between "MSRP " and the next space.
std::string transaction_id(TextMessage const& message) {
  auto const words = split(message.start, ' ');
  return words.size() < 2 ? std::string() : std::string(words[1]);
}

/// The end-line is found from behind: a body may hold what looks like one. `end` is CRLF, mark, flag, CRLF behind a
/// body.
TextMessage read(std::string_view octets) {
  auto const end = octets.rfind(std::string(crlf).append(dashes));
  if (end == std::string_view::npos) return read_text_message(octets);
  auto message = read_text_message(octets.substr(0, end));
  message.end = octets.substr(message.body ? end : end + crlf.size());
  return message;
}

template <Edit edit>
std::string apply(std::string_view octets, Random& random) {
  auto message = read(octets);
  return edit(message, random) ? message.write() : std::string(octets);
}

bool set_value(TextMessage& message, std::string_view name, std::string_view value) {
  auto const at = find_field(message, name);
  if (at) message.fields[*at] = fmt::format("{}: {}", name, value);
  return at.has_value();
}

bool has_end_line(TextMessage const& message) {
  return message.end.contains(dashes);
}

bool wrong_end_line(TextMessage& message, Random& random) {
  if (!has_end_line(message)) return false;
  message.end.insert(message.end.find(dashes) + dashes.size(), random.below(2) == 0 ? "x" : "-");
  return true;
}

bool lose_end_line(TextMessage& message, Random&) {
  if (!has_end_line(message)) return false;
  message.end.clear();
  return true;
}

bool flag_change(TextMessage& message, Random& random) {
  auto const at = message.end.find_last_of("$+#");
  if (at == std::string::npos) return false;
  auto const other = std::string_view("$+#").find(message.end[at]) + 1 + random.below(2);
  message.end[at] = "$+#"[other % 3];
  return true;
}

bool bad_flag(TextMessage& message, Random&) {
  auto const at = message.end.find_last_of("$+#");
  if (at == std::string::npos) return false;
  message.end[at] = '!';
  return true;
}

/// The body holds what an end-line looks like, but for the flag, the line start or the line end.
bool tid_in_body(TextMessage& message, Random& random) {
  if (!message.body) return false;
  auto const mark = std::string(dashes) + transaction_id(message);
  std::array<std::string, 4> const lines{"\r\n" + mark + "\r\n", mark + "$\r\n", "\n" + mark + "$\n", "\r\n" + mark + "x$\r\n"};
  auto const& line = lines[random.below(lines.size())];
  auto const front = line.starts_with('-') ? "x" : "";
  message.body->insert(random.below(message.body->size() + 1), front + line + "x");
  return true;
}

/// Both in the start line and in the end-line.
bool rename(TextMessage& message, std::string const& to) {
  auto const own = transaction_id(message);
  if (own.empty() || !has_end_line(message)) return false;
  message.start.replace(message.start.find(own), own.size(), to);
  auto const at = message.end.find(dashes) + dashes.size();
  message.end.replace(at, own.size(), to);
  return true;
}

bool short_transaction_id(TextMessage& message, Random&) {
  return rename(message, "abc");
}
bool long_transaction_id(TextMessage& message, Random&) {
  return rename(message, std::string(33, 'a'));
}

bool byte_range(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 9> ranges{"5-1/5",
                                                   "1-9/5",
                                                   "0-0/0",
                                                   "1-18446744073709551616/*",
                                                   "1-*/-1",
                                                   "-1--2/*",
                                                   "1-5",
                                                   "*-*/*",
                                                   "18446744073709551615-18446744073709551615/*"};
  return set_value(message, "Byte-Range", ranges[random.below(ranges.size())]);
}

bool path(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 8> paths{
      "msrp://h:2855/s",     "msrp://h/s;tcp", "msrp://:2855/s;tcp",          "msrp://[::1/s;tcp",
      "http://h:2855/s;tcp", "msrp://h:2855;", "msrp://h:2855/s;tcp sip:a@b", "msrp://h:99999/s;tcp"};
  return set_value(message, random.below(2) == 0 ? "To-Path" : "From-Path", paths[random.below(paths.size())]);
}

bool longer_path(TextMessage& message, Random& random) {
  auto const at = find_field(message, random.below(2) == 0 ? "To-Path" : "From-Path");
  if (at) message.fields[*at] += " msrps://relay.example:2855/hop;tcp";
  return at.has_value();
}

bool paths_swapped(TextMessage& message, Random&) {
  auto const to = find_field(message, "To-Path");
  auto const from = find_field(message, "From-Path");
  if (!to || !from) return false;
  std::swap(message.fields[*to], message.fields[*from]);
  return true;
}

bool status_out_of_range(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 4> statuses{"000", "20", "2000", "-20"};
  auto const words = split(message.start, ' ');
  if (words.size() < 3 || words[2].empty() || words[2][0] > '9') return false;
  auto const at = static_cast<std::size_t>(words[2].data() - message.start.data());
  message.start.replace(at, words[2].size(), statuses[random.below(statuses.size())]);
  return true;
}

bool unknown_method(TextMessage& message, Random&) {
  auto const words = split(message.start, ' ');
  if (words.size() < 3 || words[2].empty() || words[2][0] <= '9') return false;
  message.start.replace(static_cast<std::size_t>(words[2].data() - message.start.data()), words[2].size(), "UNHEARD");
  return true;
}

bool field_behind_content_type(TextMessage& message, Random&) {
  if (!find_field(message, "Content-Type")) return false;
  message.fields.emplace_back("Success-Report: yes");
  return true;
}

bool body_without_content_type(TextMessage& message, Random&) {
  auto const at = find_field(message, "Content-Type");
  if (!at || !message.body) return false;
  message.fields.erase(message.fields.begin() + static_cast<std::ptrdiff_t>(*at));
  return true;
}

bool report_words(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 5> words{"yes", "no", "partial", "maybe", ""};
  auto const at = std::min(find_field(message, "Content-Type").value_or(message.fields.size()), message.fields.size());
  message.fields.insert(message.fields.begin() + static_cast<std::ptrdiff_t>(at),
                        fmt::format("{}-Report: {}", random.below(2) == 0 ? "Failure" : "Success", words[random.below(words.size())]));
  return true;
}

bool other_protocol(TextMessage& message, Random& random) {
  if (!message.start.starts_with("MSRP ")) return false;
  message.start.replace(0, 5, random.below(2) == 0 ? "msrp " : "SIP/2.0 ");
  return true;
}

bool longer_body(TextMessage& message, Random& random) {
  if (!message.body) return false;
  message.body->insert(random.below(message.body->size() + 1), std::string_view("\r\n\0more", 7));
  return true;
}

constexpr std::array table{
    Mutation{"drop_field", "one header field is missing", Framing::kept, apply<drop_field>},
    Mutation{"double_field", "one header field stands there twice", Framing::kept, apply<double_field>},
    Mutation{"swap_fields", "two header fields change places", Framing::kept, apply<swap_fields>},
    Mutation{"empty_value", "one header field has no value", Framing::kept, apply<empty_value>},
    Mutation{"nul_in_value", "a NUL octet stands in one value", Framing::kept, apply<nul_in_value>},
    Mutation{"bad_utf8", "one value is no UTF-8", Framing::kept, apply<bad_utf8>},
    Mutation{"long_value", "one value is longer by 33 to 4096 octets", Framing::kept, apply<long_value>},
    Mutation{"overflow_number", "one number is beyond 8 to 64 bits", Framing::kept, apply<overflow_number>},
    Mutation{"negative_number", "one number has a sign", Framing::kept, apply<negative_number>},
    Mutation{"change_case", "one header name is in the other case", Framing::kept, apply<change_case>},
    Mutation{"space_before_colon", "white space stands before a colon", Framing::kept, apply<space_before_colon>},
    Mutation{"lose_colon", "a header field has no colon", Framing::kept, apply<lose_colon>},
    Mutation{"fold_value", "one value is folded, which MSRP has not", Framing::kept, apply<fold_value>},
    Mutation{"bare_lf", "one line ends in LF alone", Framing::kept, apply<bare_lf>},
    Mutation{"flag_change", "the continuation flag is another one", Framing::kept, apply<flag_change>},
    Mutation{"tid_in_body", "the body holds almost an end-line", Framing::kept, apply<tid_in_body>},
    Mutation{"short_transaction_id", "the transaction id has three characters", Framing::kept, apply<short_transaction_id>},
    Mutation{"long_transaction_id", "the transaction id has 33 characters", Framing::kept, apply<long_transaction_id>},
    Mutation{"byte_range", "Byte-Range is impossible", Framing::kept, apply<byte_range>},
    Mutation{"path", "a path is no MSRP URI", Framing::kept, apply<path>},
    Mutation{"longer_path", "a path leads over one relay more", Framing::kept, apply<longer_path>},
    Mutation{"paths_swapped", "From-Path stands before To-Path", Framing::kept, apply<paths_swapped>},
    Mutation{"unknown_method", "the method is one that nobody knows", Framing::kept, apply<unknown_method>},
    Mutation{"field_behind_content_type", "a field follows Content-Type", Framing::kept, apply<field_behind_content_type>},
    Mutation{"body_without_content_type", "a body has no Content-Type", Framing::kept, apply<body_without_content_type>},
    Mutation{"report_words", "a report is asked for, or none, or in no word", Framing::kept, apply<report_words>},
    Mutation{"longer_body", "the body is longer than Byte-Range says", Framing::kept, apply<longer_body>},
    Mutation{"status_out_of_range", "the status is none", Framing::broken, apply<status_out_of_range>},
    Mutation{"bad_flag", "the continuation flag is none", Framing::broken, apply<bad_flag>},
    Mutation{"wrong_end_line", "the end-line has another transaction id", Framing::broken, apply<wrong_end_line>},
    Mutation{"lose_end_line", "the end-line is missing", Framing::broken, apply<lose_end_line>},
    Mutation{"other_protocol", "the message begins like one of another protocol", Framing::broken, apply<other_protocol>},
};

}  // namespace

std::span<Mutation const> msrp_mutations() {
  return table;
}

std::string msrp_cross_over(std::string_view first, std::string_view second, Random& random) {
  auto message = read(first);
  (void)take_field_of(message, read(second), random);
  return message.write();
}

}  // namespace tollgate::fuzz
