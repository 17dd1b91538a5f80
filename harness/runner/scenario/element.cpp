#include "runner/scenario/element.hpp"

#include <algorithm>
#include <fmt/ranges.h>

#include "runner/axes.hpp"
#include "runner/duration_expression.hpp"

namespace tollgate {

void Element::refuse(std::string what) const {
  file_->refuse(node_, std::move(what));
}

void Element::refuse(std::string_view attribute, std::string what) const {
  file_->refuse(node_, attribute, std::move(what));
}

std::vector<Element> Element::children() const {
  std::vector<Element> out;
  for (auto const child : node_.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) refuse(fmt::format("<{}> holds elements, not text", name()));
    if (child.type() == pugi::node_element) out.emplace_back(*file_, *example_, child);
  }
  return out;
}

Example Element::attributes() const {
  file_->allow_no_content(node_);
  Example out;
  for (auto const attribute : node_.attributes()) out.emplace(attribute.name(), attribute.value());
  return out;
}

std::string Element::text() const {
  for (auto const child : node_.children())
    if (child.type() == pugi::node_element) refuse(fmt::format("<{}> holds text and nothing else", name()));
  return expanded(node_.text().get());
}

void Element::allow_only(std::initializer_list<std::string_view> known) const {
  file_->allow(node_, known);
  file_->allow_no_content(node_);
}

static bool is_word(std::string_view text) {
  auto const letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  return !text.empty() && letter(text[0]) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

std::string Element::word(char const* attribute) const {
  return has(attribute) ? need_word(attribute) : "";
}

std::string Element::need_word(char const* attribute) const {
  auto value = need(attribute);
  if (!is_word(value)) refuse(attribute, fmt::format("'{}' is no name: letters, digits, '-', '_' and '.'", value));
  return value;
}

std::optional<std::string> Element::may(char const* attribute) const {
  return has(attribute) ? std::optional(get(attribute)) : std::nullopt;
}

std::string Element::need(char const* attribute) const {
  auto value = get(attribute);
  if (!has(attribute)) refuse(fmt::format("<{}> needs the attribute '{}'", name(), attribute));
  if (trim(value).empty()) refuse(attribute, fmt::format("<{}> needs the attribute '{}', which is empty here", name(), attribute));
  return value;
}

std::string Element::choice(char const* attribute, std::initializer_list<std::string_view> known) const {
  auto value = need(attribute);
  if (std::ranges::find(known, value) == known.end())
    refuse(attribute, fmt::format("{} is one of {}, not '{}'", attribute, fmt::join(known, ", "), value));
  return value;
}

bool Element::is_yes(char const* attribute, bool otherwise) const {
  return has(attribute) ? choice(attribute, {"yes", "no"}) == "yes" : otherwise;
}

std::string Element::duration(char const* attribute, std::string otherwise) const {
  if (!has(attribute)) return otherwise;
  auto value = get(attribute);
  auto const read = read_duration(value, Ixit{});
  if (!read) refuse(attribute, fmt::format("'{}' is no duration: {}", value, read.error().detail));
  if (*read <= Duration::zero()) refuse(attribute, fmt::format("'{}' is no time at all with the standards' timers", value));
  return value;
}

step::Axes Element::axes() const {
  step::Axes out;
  for (auto const word : split(get("profile"), ' '))
    if (!word.empty()) out.emplace_back(word);
  for (auto const& word : out)
    if (!is_axis_value(word)) refuse("profile", fmt::format("'{}' is no axis value; there are {}", word, fmt::join(axis_values(), " ")));
  return out;
}

std::string Element::expanded(std::string_view text) const {
  std::string out(text);
  for (auto const& [key, value] : *example_) out = replaced(std::move(out), "{" + key + "}", value);
  return out;
}

}  // namespace tollgate
