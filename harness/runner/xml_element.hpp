#pragma once
/// Places in a scenario file, for refusals with file:line:column. Throws FileRefused.
#include <initializer_list>
#include <pugixml.hpp>
#include <string>
#include <string_view>

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
};

}  // namespace tollgate
