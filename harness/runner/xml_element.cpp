#include "runner/xml_element.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tollgate {

/// Where the name of the attribute stands in an element whose text begins at `from`; npos when it is not there.
static std::size_t attribute_at(std::string_view text, std::size_t from, std::string_view wanted) {
  constexpr std::string_view blanks = " \t\r\n";
  auto at = text.find_first_of(" \t\r\n/>", from);
  for (;;) {
    at = text.find_first_not_of(blanks, at);
    if (at == std::string_view::npos || text[at] == '>' || text[at] == '/') return std::string_view::npos;
    auto const end = text.find_first_of(" \t\r\n=", at);
    if (end == std::string_view::npos) return end;
    if (text.substr(at, end - at) == wanted) return at;
    auto const open = text.find_first_of("\"'", end);
    auto const close = open == std::string_view::npos ? open : text.find(text[open], open + 1);
    if (close == std::string_view::npos) return close;
    at = close + 1;
  }
}

std::string XmlFile::where(std::ptrdiff_t offset) const {
  auto const before = text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
  auto const line = 1 + std::ranges::count(before, '\n');
  auto const column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  return fmt::format("{}:{}:{}", file, line, column);
}

int XmlFile::line_of(pugi::xml_node node) const {
  return static_cast<int>(1 + std::ranges::count(text.substr(0, static_cast<std::size_t>(node.offset_debug())), '\n'));
}

void XmlFile::refuse(pugi::xml_node node, std::string what) const {
  throw FileRefused{{where(node), std::move(what)}};
}

void XmlFile::refuse(pugi::xml_node node, std::string_view attribute, std::string what) const {
  auto const at = attribute_at(text, static_cast<std::size_t>(node.offset_debug()), attribute);
  if (at == std::string_view::npos) refuse(node, std::move(what));
  throw FileRefused{{where(static_cast<std::ptrdiff_t>(at)), std::move(what)}};
}

void XmlFile::allow(pugi::xml_node node, std::initializer_list<std::string_view> known) const {
  for (auto const attribute : node.attributes())
    if (std::ranges::find(known, attribute.name()) == known.end())
      refuse(node, attribute.name(), fmt::format("<{}> has no attribute '{}'", node.name(), attribute.name()));
}

void XmlFile::allow_no_content(pugi::xml_node node) const {
  for (auto const child : node.children())
    if (child.type() == pugi::node_element || child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      refuse(node, fmt::format("<{}> holds neither text nor elements", node.name()));
}

}  // namespace tollgate
