#include "runner/scenario/element.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "runner/axes.hpp"
#include "runner/duration_expression.hpp"

namespace tollgate {

std::string Source::where(std::ptrdiff_t offset) const {
  auto const before = text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
  auto const column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  return fmt::format("{}:{}:{}", file, line_of(offset), column);
}

int Source::line_of(std::ptrdiff_t offset) const {
  return static_cast<int>(1 + std::ranges::count(text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0))), '\n'));
}

/// pugixml points behind the "<" of an element.
void Element::refuse(std::string what) const { throw Refused{{where(), std::move(what)}}; }

void Element::refuse(std::string_view attribute, std::string what) const {
  auto const from = static_cast<std::size_t>(node_.offset_debug());
  auto const at = source_->text.find(fmt::format("{}=", attribute), from);
  auto const in = at != std::string_view::npos && at < source_->text.find('>', from) ? at : from - 1;
  throw Refused{{source_->where(static_cast<std::ptrdiff_t>(in)), std::move(what)}};
}

std::vector<Element> Element::children() const {
  std::vector<Element> out;
  for (auto const child : node_.children()) {
    if (child.type() == pugi::node_pcdata) refuse(fmt::format("<{}> holds elements, not text", name()));
    if (child.type() == pugi::node_element) out.emplace_back(*source_, *example_, child);
  }
  return out;
}

std::string Element::text() const {
  for (auto const child : node_.children())
    if (child.type() == pugi::node_element) refuse(fmt::format("<{}> holds text and nothing else", name()));
  return expanded(node_.text().get());
}

void Element::allow(std::initializer_list<std::string_view> known) const {
  std::vector<std::string_view> seen;
  for (auto const attribute : node_.attributes()) {
    if (std::ranges::find(known, attribute.name()) == known.end())
      refuse(attribute.name(), fmt::format("<{}> has no attribute '{}'", name(), attribute.name()));
    if (std::ranges::find(seen, attribute.name()) != seen.end())
      refuse(attribute.name(), fmt::format("the attribute '{}' stands twice", attribute.name()));
    seen.emplace_back(attribute.name());
  }
}

std::optional<std::string> Element::may(char const* attribute) const {
  return has(attribute) ? std::optional(get(attribute)) : std::nullopt;
}

std::string Element::need(char const* attribute) const {
  auto value = get(attribute);
  if (value.empty()) refuse(fmt::format("<{}> needs the attribute '{}'", name(), attribute));
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
  for (auto const& [key, value] : *example_)
    for (std::size_t at = 0; (at = out.find("{" + key + "}", at)) != std::string::npos; at += value.size())
      out.replace(at, key.size() + 2, value);
  return out;
}

}  // namespace tollgate
