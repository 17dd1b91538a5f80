#include "runner/scenario/labels.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runner/scenario/pattern.hpp"

namespace tollgate {

namespace {

constexpr std::array<std::string_view, 9> charging{"reserve_units", "debit_units", "close", "other", "INITIAL",
                                                   "UPDATE",        "TERMINATION", "EVENT", "*"};
constexpr std::array<std::string_view, 4> owners{"CER", "DWR", "DPR", "closed"};
constexpr std::array<std::string_view, 4> peer_answers{"DWA", "RAA", "ASA", "DPA"};
constexpr std::array<std::string_view, 17> methods{"connected", "closed",  "sip-closed", "INVITE",    "ACK",    "BYE",
                                                   "CANCEL",    "OPTIONS", "MESSAGE",    "NOTIFY",    "UPDATE", "INFO",
                                                   "PRACK",     "SEND",    "REPORT",     "SUBSCRIBE", "*"};
constexpr std::array<std::string_view, 13> of_role{
    "transmitted",     "aor",          "user",         "e164", "host",     "address", "port", "contact",
    "session-contact", "session-host", "session-port", "path", "transport"};
constexpr std::array<std::string_view, 7> alone{"domain", "ocs.host", "ocs.realm", "ocs.service-context", "ocs.peer", "sut", "now"};

template <std::size_t N>
bool is_one_of(std::array<std::string_view, N> const& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

/// "200", "4xx"
bool is_status(std::string_view text) {
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == 3 && text[0] >= '1' && text[0] <= '6' && ((digit(text[1]) && digit(text[2])) || text.substr(1) == "xx");
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

static bool is_label(std::string_view word, bool at_ocs) {
  if (at_ocs ? is_one_of(charging, word) || is_peer_label(word) : is_one_of(methods, word)) return true;
  if (at_ocs) return false;
  if (word.starts_with("* ")) return is_token(word.substr(2));
  return is_status(word.substr(0, 3)) && (word.size() == 3 || (word[3] == ' ' && is_token(word.substr(4)) && word[4] != '*'));
}

std::optional<std::string> not_a_label(std::string_view words, bool at_ocs) {
  auto const alternatives = split(words, '|');
  auto const bad = std::ranges::find_if(alternatives, [&](auto word) { return !is_label(word, at_ocs); });
  if (bad == alternatives.end()) return std::nullopt;
  if (at_ocs)
    return fmt::format("is called '{}'; there are {}, {} and {}, and command codes", *bad, fmt::join(charging, " "),
                       fmt::join(peer_answers, " "), fmt::join(owners, " "));
  return fmt::format("is called '{}'; there are {}, and responses like \"200 REGISTER\"", *bad, fmt::join(methods, " "));
}

bool is_owners_label(std::string_view label) {
  return is_one_of(owners, label);
}

static bool is_command_code(std::string_view word) {
  return to_number<std::uint32_t>(word).has_value();
}

bool is_peer_label(std::string_view label) {
  return is_one_of(owners, label) || is_one_of(peer_answers, label) || is_command_code(label);
}

bool is_hop_label(std::string_view label) {
  return is_peer_label(label) && label != "RAA" && label != "ASA";
}

bool is_request_label(std::string_view label) {
  return !is_one_of(peer_answers, label) && !is_command_code(label) && label != "ACK" && label != "closed" && label != "sip-closed" &&
         label != "connected" && !label.starts_with("* ") && !is_status(label.substr(0, 3));
}

std::optional<std::string> cannot_send(std::string_view message, bool in_dialog) {
  if (!is_token(message)) return fmt::format("'{}' is no method", message);
  if (!in_dialog && (message == "INVITE" || message == "UPDATE" || message == "ACK" || message == "PRACK"))
    return fmt::format("'{}' is sent in a dialog: in=\"invite\"", message);
  if (in_dialog && message == "REGISTER") return "a REGISTER belongs to no dialog";
  return std::nullopt;
}

bool is_sip_method(std::string_view method) {
  static constexpr std::array<std::string_view, 14> sip{"REGISTER", "OPTIONS", "MESSAGE", "SUBSCRIBE", "BYE", "INVITE", "UPDATE",
                                                        "INFO",     "CANCEL",  "PRACK",   "NOTIFY",    "ACK", "REFER",  "PUBLISH"};
  return is_one_of(sip, method);
}

std::optional<Repetition> repetition(std::string_view inner) {
  auto const star = inner.find('*');
  auto const times = star == std::string_view::npos ? std::nullopt : to_number<std::uint32_t>(inner.substr(0, star));
  return times ? std::optional(Repetition{*times, inner.substr(star + 1)}) : std::nullopt;
}

std::string Repetition::spelled_out() const {
  if (text.size() == 1) return std::string(times, text.front());
  std::string out;
  out.reserve(octets());
  for (std::uint32_t i = 0; i < times; ++i) out += text;
  return out;
}

std::pair<std::string_view, std::int64_t> split_sum(std::string_view word) {
  auto const sign = word.find_last_of("+-");
  if (sign == std::string_view::npos) return {word, 0};
  auto const number = to_number<std::uint32_t>(word.substr(sign + 1));
  if (!number) return {word, 0};
  return {word.substr(0, sign), word[sign] == '+' ? std::int64_t{*number} : -std::int64_t{*number}};
}

std::pair<Spelling, std::string_view> split_spelling(std::string_view word) {
  for (auto const& [prefix, spelling] : {std::pair<std::string_view, Spelling>("other-case:", Spelling::other_case),
                                         {"either-case:", Spelling::either_case},
                                         {"escaped:", Spelling::escaped}})
    if (word.starts_with(prefix)) return {spelling, word.substr(prefix.size())};
  return {Spelling::as_it_is, word};
}

bool is_known_word(std::string_view word) {
  word = split_sum(word).first;
  auto const dot = word.find('.');
  return is_one_of(alone, word) || (dot != std::string_view::npos && dot > 0 && is_one_of(of_role, word.substr(dot + 1)));
}

std::string known_words() {
  return fmt::format("{}, of a client {}, and fields of messages like {{invite:sip.Call-ID}}", fmt::join(alone, " "),
                     fmt::join(of_role, " "));
}

bool is_name(std::string_view inner) {
  return is_known_word(inner) || inner.contains(':');
}

std::string without_names(std::string_view pattern) {
  return with_braces(pattern, [](auto inner) { return is_name(inner) ? "x" : fmt::format("{{{}}}", inner); });
}

Octets unescaped(std::string_view text) {
  Octets out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    char const c = text[++i];
    auto const hex = [](char h) { return h <= '9' ? h - '0' : (h | 0x20) - 'a' + 10; };
    if (c == 'r')
      out += '\r';
    else if (c == 'n')
      out += '\n';
    else if (c == 't')
      out += '\t';
    else if (c == 'x' && i + 2 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1])) &&
             std::isxdigit(static_cast<unsigned char>(text[i + 2]))) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else
      out += c;
  }
  return out;
}

std::string with_line_ends(std::string pattern) {
  for (std::size_t at = 0; (at = pattern.find('\\', at)) != std::string::npos && at + 1 < pattern.size();) {
    char const c = pattern[at + 1];
    if (c == 'r' || c == 'n') pattern.replace(at, 2, 1, c == 'r' ? '\r' : '\n');
    at += c == 'r' || c == 'n' ? 1 : 2;
  }
  return pattern;
}

std::optional<std::string> not_a_pattern(std::string const& text) {
  auto const pattern = Pattern::compile(text);
  if (pattern) return std::nullopt;
  return fmt::format("'{}' is no regular expression: {}", text, pattern.error());
}

}  // namespace tollgate
