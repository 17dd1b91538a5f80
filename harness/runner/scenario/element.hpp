#pragma once
/// One element of a scenario file while it is read: attributes with the placeholders of an example filled in, and errors with
/// file:line:column.
#include <fmt/format.h>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "runner/scenario/scenario.hpp"
#include "runner/xml_element.hpp"

namespace tollgate {

using Example = std::map<std::string, std::string>;

class Element {
 public:
  Element(XmlFile const& file, Example const& example, pugi::xml_node node) : file_(&file), example_(&example), node_(node) {}

  [[nodiscard]] std::string_view name() const { return node_.name(); }
  [[nodiscard]] int line() const { return file_->line_of(node_); }
  [[nodiscard]] std::string where() const { return file_->where(node_); }
  [[nodiscard]] std::vector<Element> children() const;
  /// Every attribute as it stands.
  [[nodiscard]] Example attributes() const;
  /// Its text, expanded. Refuses elements inside.
  [[nodiscard]] std::string text() const;

  /// Refuses every other attribute.
  void allow(std::initializer_list<std::string_view> known) const { file_->allow(node_, known); }
  /// The same, and everything inside.
  void allow_only(std::initializer_list<std::string_view> known) const;
  [[nodiscard]] bool has(char const* attribute) const { return !node_.attribute(attribute).empty(); }
  /// "" when absent.
  [[nodiscard]] std::string get(char const* attribute) const { return expanded(node_.attribute(attribute).value()); }
  [[nodiscard]] std::optional<std::string> may(char const* attribute) const;
  /// Refuses an absent or empty one.
  [[nodiscard]] std::string need(char const* attribute) const;
  /// A name of this file: letters, digits, "-", "_" and "."; "" when absent.
  [[nodiscard]] std::string word(char const* attribute) const;
  [[nodiscard]] std::string need_word(char const* attribute) const;
  [[nodiscard]] std::string choice(char const* attribute, std::initializer_list<std::string_view> known) const;
  [[nodiscard]] bool is_yes(char const* attribute, bool otherwise) const;
  template <class N>
  [[nodiscard]] std::optional<N> number(char const* attribute, N most = std::numeric_limits<N>::max()) const {
    if (!has(attribute)) return std::nullopt;
    auto const value = to_number<N>(get(attribute));
    if (!value) refuse(attribute, fmt::format("'{}' is not a number", get(attribute)));
    if (*value > most) refuse(attribute, fmt::format("{} is more than {}", *value, most));
    return value;
  }
  [[nodiscard]] std::string duration(char const* attribute, std::string otherwise) const;
  [[nodiscard]] step::Axes axes() const;

  [[noreturn]] void refuse(std::string what) const;
  /// Points at the attribute's name.
  [[noreturn]] void refuse(std::string_view attribute, std::string what) const;

 private:
  [[nodiscard]] std::string expanded(std::string_view text) const;

  XmlFile const* file_;
  Example const* example_;
  pugi::xml_node node_;
};

}  // namespace tollgate
