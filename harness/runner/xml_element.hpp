#pragma once
/// Elements and attributes of a scenario file, each refusal with file:line:column. Throws FileRefused.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "runner/file_error.hpp"

namespace tollgate {

struct XmlFile {
  std::string const& file;
  std::string_view text;

  [[nodiscard]] std::string where(std::ptrdiff_t offset) const;
  [[nodiscard]] std::string where(pugi::xml_node node) const { return where(node.offset_debug() - 1); }
  [[nodiscard]] int line_of(pugi::xml_node node) const;
  /// At the "<" of an element.
  [[noreturn]] void refuse(pugi::xml_node node, std::string what) const;
  /// At the attribute's name.
  [[noreturn]] void refuse(pugi::xml_node node, std::string_view attribute, std::string what) const;

  void allow(pugi::xml_node node, std::initializer_list<std::string_view> known) const;
  /// Neither text nor elements inside.
  void allow_no_content(pugi::xml_node node) const;
  /// The text of an element that holds nothing else and has no attributes but those `known`.
  [[nodiscard]] std::string text_of(pugi::xml_node node, std::initializer_list<std::string_view> known) const;

  [[nodiscard]] std::string need(pugi::xml_node node, char const* name) const;
  /// A value out of a closed list.
  [[nodiscard]] std::string choice(pugi::xml_node node, char const* name, std::initializer_list<std::string_view> known) const;
  /// A name of this file: letters, digits, "-", "_" and "."; "" when the attribute is absent.
  [[nodiscard]] std::string word(pugi::xml_node node, char const* name) const;
  [[nodiscard]] std::string need_word(pugi::xml_node node, char const* name) const;
  template <class N>
  [[nodiscard]] std::optional<N> number(pugi::xml_node node, char const* name) const {
    if (!node.attribute(name)) return std::nullopt;
    auto const value = to_number<N>(node.attribute(name).value());
    if (!value) refuse(node, name, fmt::format("'{}' is not a number", node.attribute(name).value()));
    return value;
  }
};

}  // namespace tollgate
