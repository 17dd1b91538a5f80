#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tollgate {

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  auto const first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    auto const at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string few_of(std::span<std::string const> names, std::size_t most) {
  auto const shown = fmt::format("{}", fmt::join(names.first(std::min(most, names.size())), ", "));
  return names.size() <= most ? shown : fmt::format("{} and {} more", shown, names.size() - most);
}

std::string printable(std::string_view octets, std::size_t most) {
  std::string out;
  for (char c : octets.substr(0, most)) {
    auto const octet = static_cast<unsigned char>(c);
    if (c == '\r')
      out += "\\r";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\\')
      out += "\\\\";
    else if (octet < 0x20 || octet >= 0x7f)
      out += fmt::format("\\x{:02x}", octet);
    else
      out += c;
  }
  if (octets.size() > most) out += fmt::format("… ({} octets)", octets.size());
  return out;
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

static constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Its four characters; of fewer than three octets the last ones stand for zeros.
static void put_base64(std::string_view octets, char* out) {
  std::uint32_t word = 0;
  for (std::size_t k = 0; k < 3; ++k) word = word << 8 | (k < octets.size() ? static_cast<unsigned char>(octets[k]) : 0U);
  for (std::size_t k = 0; k < 4; ++k) out[k] = base64_alphabet[word >> (18 - 6 * k) & 63];
}

std::string to_base64(std::string_view octets) {
  std::string out((octets.size() + 2) / 3 * 4, '=');
  std::size_t i = 0;
  auto* at = out.data();
  for (; i + 3 <= octets.size(); i += 3, at += 4) put_base64(octets.substr(i, 3), at);
  if (auto const rest = octets.substr(i); !rest.empty()) {
    put_base64(rest, at);
    std::fill(at + rest.size() + 1, out.data() + out.size(), '=');
  }
  return out;
}

std::optional<Octets> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=')) text.remove_suffix(1);
  Octets out;
  std::uint32_t word = 0;
  unsigned bits = 0;
  for (char c : text) {
    auto const digit = base64_alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    word = word << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(word >> bits & 0xff);
  }
  return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) text.replace(at, what.size(), by);
  return text;
}

}  // namespace tollgate
