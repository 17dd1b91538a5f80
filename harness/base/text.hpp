#pragma once
/// Small, locale-free text functions. Octets and text are both `std::string`: a message may hold any octet.
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate {

using Octets = std::string;

/// ASCII case-insensitive equality, as RFC 3261 7.3.1 wants for header names.
[[nodiscard]] constexpr bool iequals(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
  return true;
}
[[nodiscard]] std::string lower(std::string_view text);

/// Without SP, HTAB, CR and LF at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);
/// Every `what`, which is not empty, becomes `by`; what stands in `by` is not looked at again.
[[nodiscard]] std::string replaced(std::string text, std::string_view what, std::string_view by);

/// At every `separator`; "a,,b" gives three parts.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// The whole text as an unsigned decimal number; nothing for signs, spaces, an empty text or an overflow.
template <std::unsigned_integral N>
[[nodiscard]] std::optional<N> to_number(std::string_view text) {
  N number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "ORD-03, ORD-05 and 7 more": so many of them at most.
[[nodiscard]] std::string few_of(std::span<std::string const> names, std::size_t most = 4);

/// Printable form of any octets: `\r`, `\n` and the rest as `\x1f`; cut after `most` octets with a count.
[[nodiscard]] std::string printable(std::string_view octets, std::size_t most = 4096);

/// FNV-1a, 64 bits: the same everywhere, not for secrets.
[[nodiscard]] std::uint64_t hash_of(std::string_view text);

/// RFC 4648 base64, used where octets stand in JSON.
[[nodiscard]] std::string to_base64(std::string_view octets);
[[nodiscard]] std::optional<Octets> from_base64(std::string_view text);

}  // namespace tollgate
