#include "runner/axes.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tollgate {

namespace {

/// The values of each axis, the default of the test purposes first where a bundle says nothing of the axis.
constexpr std::array<std::string_view, 37> values{
    "D-ALL", "D-EACH", "D-FIRST", "D-PRE", "C-ECUR", "C-ECURU", "C-SPLIT", "C-LITERAL", "U-SENT", "U-OK", "U-FLAT",
    "E-SETTLE", "E-STRICT", "G-LOOSE", "G-STRICT", "N-BYE", "N-MSRP", "X-DENY", "X-TABLE3", "X-OPEN", "X-4011-FREE", "X-4011-DEBIT", "Q-COUNT", "Q-ANY",
    "Q-SOFT", "R-ONPENDING", "R-EVERY", "R-DIRECT", "R-3PTY", "B-DIA", "S-ACTPASS", "S-LEGACY", "S-TLS", "M-CPIM", "M-PLAIN", "F-OMA", "F-RCS"};

/// Two letters stand for two questions each: what 4011 means, and who registers, are axes of their own.
char axis_of(std::string_view word) {
  if (word.starts_with("X-4011")) return '4';
  return word == "R-DIRECT" || word == "R-3PTY" ? '3' : word[0];
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

}  // namespace

std::vector<std::string_view> axis_values() { return {values.begin(), values.end()}; }

bool is_axis_value(std::string_view word) { return std::ranges::find(values, word) != values.end(); }

std::vector<std::string> possible(Profile const& profile, char axis) {
  std::vector<std::string> out;
  for (auto const& value : allowed_on(profile, axis)) out.push_back(upper(std::string(1, axis) + "-" + value));
  if (!out.empty()) return out;
  // Axes without a word in the SUT file: the default, for the reading that this project asserts.
  switch (axis) {
    case 'E': return {"E-SETTLE"};
    case 'N': return {"N-BYE"};
    case 'X': return {"X-DENY"};
    case '4': return {"X-4011-FREE"};
    case 'Q': return {"Q-COUNT"};
    case 'R': return {"R-ONPENDING"};
    case '3': return {"R-DIRECT", "R-3PTY"};
    case 'B': return {"B-DIA"};
    case 'S': return {"S-ACTPASS"};
    case 'M': return {"M-CPIM", "M-PLAIN"};
    case 'F': return {"F-OMA"};
    default: break;
  }
  for (auto const value : values)
    if (axis_of(value) == axis) out.emplace_back(value);
  return out;
}

static std::string axes_of(std::span<std::string const> words) {
  std::string axes;
  for (auto const& word : words)
    if (!axes.contains(axis_of(word))) axes += axis_of(word);
  return axes;
}

bool is_certain(Profile const& profile, std::span<std::string const> words) {
  return std::ranges::all_of(axes_of(words), [&](char axis) {
    return std::ranges::all_of(possible(profile, axis), [&](auto const& value) { return std::ranges::find(words, value) != words.end(); });
  });
}

bool is_possible(Profile const& profile, std::span<std::string const> words) {
  return std::ranges::all_of(axes_of(words), [&](char axis) {
    return std::ranges::any_of(possible(profile, axis), [&](auto const& value) { return std::ranges::find(words, value) != words.end(); });
  });
}

}  // namespace tollgate
