#include "fuzz/mutate/text_edits.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tollgate::fuzz {

bool frames(std::string_view field) {
  return iequals(name_of(field), "Content-Length") || iequals(name_of(field), "l");
}

static bool is_free(std::string_view field) {
  return !frames(field);
}

/// Applies `change` to a field that `wanted` accepts.
template <class Wanted, class Change>
static bool change_one(TextMessage& message, Random& random, Wanted wanted, Change change) {
  auto const at = draw(message.fields, random, [&](std::string_view field) { return is_free(field) && wanted(field); });
  if (!at) return false;
  change(message.fields[*at]);
  return true;
}

static bool has_value(std::string_view field) {
  return value_at(field) < field.size();
}

/// An offset inside the field's value.
static std::size_t inside(std::string_view field, Random& random) {
  auto const from = value_at(field);
  return from + random.below(field.size() - from);
}

/// The runs of digits in the field's value: where each starts and its size.
static std::vector<std::pair<std::size_t, std::size_t>> numbers(std::string_view field) {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  constexpr std::string_view digits = "0123456789";
  for (auto at = field.find_first_of(digits, value_at(field)); at != std::string_view::npos;) {
    auto const end = std::min(field.find_first_not_of(digits, at), field.size());
    runs.emplace_back(at, end - at);
    at = field.find_first_of(digits, end);
  }
  return runs;
}

/// Puts `text` in place of one number of a field.
static bool replace_number(TextMessage& message, Random& random, std::string_view text, std::string_view before = {}) {
  auto const has_number = [](std::string_view field) { return !numbers(field).empty(); };
  return change_one(message, random, has_number, [&](std::string& field) {
    auto const runs = numbers(field);
    auto const [at, size] = runs[random.below(runs.size())];
    if (before.empty())
      field.replace(at, size, text);
    else
      field.insert(at, before);
  });
}

bool drop_field(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, is_free);
  if (at) message.fields.erase(message.fields.begin() + static_cast<std::ptrdiff_t>(*at));
  return at.has_value();
}

bool double_field(TextMessage& message, Random& random) {
  auto const at = draw(message.fields, random, is_free);
  if (!at) return false;
  auto const copy = message.fields[*at];
  message.fields.insert(message.fields.begin() + static_cast<std::ptrdiff_t>(*at), copy);
  return true;
}

bool swap_fields(TextMessage& message, Random& random) {
  if (message.fields.size() < 2) return false;
  auto const a = random.below(message.fields.size());
  auto const b = (a + 1 + random.below(message.fields.size() - 1)) % message.fields.size();
  if (message.fields[a] == message.fields[b]) return false;
  std::swap(message.fields[a], message.fields[b]);
  return true;
}

bool empty_value(TextMessage& message, Random& random) {
  return change_one(message, random, has_value, [](std::string& field) { field.resize(value_at(field)); });
}

bool fold_value(TextMessage& message, Random& random) {
  auto const has_space = [](std::string_view field) { return field.find(' ', value_at(field)) != std::string_view::npos; };
  return change_one(message, random, has_space, [](std::string& field) { field.insert(field.find(' ', value_at(field)), crlf); });
}

bool nul_in_value(TextMessage& message, Random& random) {
  return change_one(message, random, has_value, [&](std::string& field) { field.insert(inside(field, random), 1, '\0'); });
}

bool bad_utf8(TextMessage& message, Random& random) {
  return change_one(message, random, has_value, [&](std::string& field) { field.insert(inside(field, random), "\xc3\x28"); });
}

bool long_value(TextMessage& message, Random& random) {
  constexpr std::array<std::size_t, 5> lengths{33, 128, 256, 1025, 4096};
  auto const length = lengths[random.below(lengths.size())];
  return change_one(message, random, has_value, [&](std::string& field) { field.insert(inside(field, random), length, 'a'); });
}

bool overflow_number(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 6> over{
      "256", "65536", "2147483648", "4294967296", "18446744073709551616", "99999999999999999999999999"};
  return replace_number(message, random, over[random.below(over.size())]);
}

bool negative_number(TextMessage& message, Random& random) {
  return replace_number(message, random, {}, "-");
}

bool no_number(TextMessage& message, Random& random) {
  return replace_number(message, random, random.below(2) == 0 ? "" : "1x");
}

bool edge_number(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 6> edges{"0", "1", "00000000000000000001", "255", "65535", "4294967295"};
  return replace_number(message, random, edges[random.below(edges.size())]);
}

bool truncate_quoted(TextMessage& message, Random& random) {
  auto const has_quote = [](std::string_view field) { return field.contains('"'); };
  return change_one(message, random, has_quote, [](std::string& field) { field.erase(field.rfind('"'), 1); });
}

bool break_escape(TextMessage& message, Random& random) {
  auto const has_user = [](std::string_view field) { return field.contains('@') || field.contains('%'); };
  return change_one(message, random, has_user, [&](std::string& field) {
    constexpr std::array<std::string_view, 4> broken{"%", "%4", "%zz", "%00"};
    auto const escape = field.find('%');
    if (escape != std::string::npos)
      field.erase(escape + 1, 2);
    else
      field.insert(field.find('@'), broken[random.below(broken.size())]);
  });
}

bool break_brackets(TextMessage& message, Random& random) {
  auto const has_bracket = [](std::string_view field) { return field.find_first_of("<>[]") != std::string_view::npos; };
  return change_one(message, random, has_bracket, [&](std::string& field) {
    auto const at = random.below(2) == 0 ? field.find_first_of("<>[]") : field.find_last_of("<>[]");
    field.erase(at, 1);
  });
}

bool change_case(TextMessage& message, Random& random) {
  return change_one(message, random, has_value, [](std::string& field) {
    for (std::size_t i = 0; i < name_of(field).size(); ++i)
      if ((field[i] >= 'a' && field[i] <= 'z') || (field[i] >= 'A' && field[i] <= 'Z')) field[i] ^= ' ';
  });
}

bool lose_colon(TextMessage& message, Random& random) {
  auto const has_colon = [](std::string_view field) { return std::ranges::count(field, ':') == 1; };
  return change_one(message, random, has_colon, [](std::string& field) { field.erase(field.find(':'), 1); });
}

bool space_before_colon(TextMessage& message, Random& random) {
  return change_one(message, random, has_value, [](std::string& field) { field.insert(field.find(':'), " \t"); });
}

/// The line end of one field is a bare LF: the field holds the next one behind it.
bool bare_lf(TextMessage& message, Random& random) {
  if (message.fields.size() < 2) return false;
  auto const at = random.below(message.fields.size() - 1);
  message.fields[at].append("\n").append(message.fields[at + 1]);
  message.fields.erase(message.fields.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  return true;
}

bool take_field_of(TextMessage& message, TextMessage const& second, Random& random) {
  auto const from = draw(second.fields, random, is_free);
  if (!from) return false;
  auto const& field = second.fields[*from];
  if (auto const own = find_field(message, name_of(field)))
    message.fields[*own] = field;
  else
    message.fields.push_back(field);
  return true;
}

}  // namespace tollgate::fuzz
