#include "runner/sipp_scenario.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include "runner/xml_element.hpp"

namespace tollgate {

static void check(XmlFile const& file, std::string_view first, std::string_view what) {
  constexpr std::string_view declaration = "<?xml";
  if (!file.text.starts_with(declaration))
    throw FileRefused{
        {file.where(std::ptrdiff_t{0}), "SIPp takes a scenario only with <?xml version=\"1.0\" encoding=\"UTF-8\"?> at its start"}};
  pugi::xml_document document;
  auto const loaded = document.load_buffer(file.text.data(), file.text.size());
  if (!loaded) throw FileRefused{{file.where(loaded.offset), loaded.description()}};
  auto const root = document.document_element();
  if (std::string_view(root.name()) != "scenario") file.refuse(root, "the root element of SIPp's scenarios is <scenario>");
  auto const message = root.find_child([](auto const& child) {
    std::string_view const name = child.name();
    return name == "send" || name == "recv";
  });
  if (first != message.name())
    file.refuse(message ? message : root, fmt::format("the first message of a scenario for {} is <{}>", what, first));
}

std::optional<FileError> ill_formed_sipp_scenario(std::string const& file, std::string_view text, std::string_view first,
                                                  std::string_view what) {
  try {
    check({file, text}, first, what);
  } catch (FileRefused const& refused) {
    return refused.error;
  }
  return std::nullopt;
}

}  // namespace tollgate
