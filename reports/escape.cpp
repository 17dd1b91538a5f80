#include "reports/escape.hpp"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>

namespace tollgate::reports {

namespace {

/// A character of the text: its code point, or none for an octet that begins no valid UTF-8 (RFC 3629 4).
struct Character {
  std::uint32_t code = 0;
  std::size_t size = 1;
  bool valid = false;
};

std::uint32_t octet(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

Character character_at(std::string_view text, std::size_t at) {
  struct Form {
    std::uint32_t lead, mask, least;
  };
  constexpr Form forms[] = {{0x00, 0x80, 0}, {0xC0, 0xE0, 0x80}, {0xE0, 0xF0, 0x800}, {0xF0, 0xF8, 0x10000}};
  constexpr std::uint32_t surrogate_first = 0xD800, surrogate_last = 0xDFFF, last = 0x10FFFF;
  auto const lead = octet(text, at);
  for (std::size_t more = 0; more < std::size(forms); ++more) {
    if ((lead & forms[more].mask) != forms[more].lead) continue;
    if (at + more >= text.size()) return {};
    std::uint32_t code = lead & ~forms[more].mask;
    for (std::size_t i = 1; i <= more; ++i) {
      auto const next = octet(text, at + i);
      if ((next & 0xC0U) != 0x80U) return {};
      code = (code << 6U) | (next & 0x3FU);
    }
    bool const valid = code >= forms[more].least && code <= last && (code < surrogate_first || code > surrogate_last);
    return valid ? Character{code, more + 1, true} : Character{};
  }
  return {};
}

/// Controls, noncharacters, and marks that change the direction of the text around them (Unicode TR 9).
bool is_treacherous(std::uint32_t code) {
  bool const control = (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code <= 0x9F);
  bool const reorders =
      (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F || code == 0x061C;
  bool const breaks_lines = code == 0x2028 || code == 0x2029;
  return control || reorders || breaks_lines || (code & 0xFFFEU) == 0xFFFE;
}

/// Length of the text before its first character that is not plain: neither a control nor beyond ASCII. Most text is all plain.
std::size_t plain_prefix(std::string_view text) {
  auto const plain = [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; };
  return static_cast<std::size_t>(std::ranges::find_if_not(text, plain) - text.begin());
}

bool is_markup(char c) {
  return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

}  // namespace

std::string legible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const plain = plain_prefix(text.substr(at));
    out += text.substr(at, plain);
    at += plain;
    if (at == text.size()) break;
    auto const character = character_at(text, at);
    if (!character.valid || (character.size == 1 && is_treacherous(character.code)))
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", octet(text, at));
    else if (is_treacherous(character.code))
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", character.code);
    else
      out += text.substr(at, character.size);
    at += character.size;
  }
  return out;
}

std::string one_line(std::string_view text) {
  auto out = legible(text);
  std::ranges::replace_if(out, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return out;
}

std::string markup(std::string_view text) {
  auto const shown = legible(text);
  std::string out;
  out.reserve(shown.size() + shown.size() / 8);
  for (std::size_t at = 0; at < shown.size();) {
    auto next = at;
    while (next < shown.size() && !is_markup(shown[next])) ++next;
    out.append(shown, at, next - at);
    if (next == shown.size()) break;
    switch (shown[next]) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += "&#39;"; break;
    }
    at = next + 1;
  }
  return out;
}

std::string capped(std::string_view text, std::size_t most, std::string_view rest) {
  if (text.size() <= most) return std::string(text);
  auto end = most;
  while (end > 0 && (octet(text, end) & 0xC0U) == 0x80U && most - end < 4) --end;
  return fmt::format("{}\n[{} more octets: {}]", text.substr(0, end), text.size() - end, rest);
}

}  // namespace tollgate::reports
