#include "runner/sipp_scenario.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "runner/xml_element.hpp"

namespace tollgate {

/// How SIPp reads a text to send: from its first letter on.
static std::string_view text_of(pugi::xml_node message) {
  return trim(message.child_value());
}

static void check(XmlFile const& file, FirstMessage const& first) {
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
  auto const wanted = first.is_ours ? fmt::format("<send> of {}", first.method) : fmt::format("<recv request=\"{}\">", first.method);
  bool const is_it = first.is_ours ? message.name() == std::string_view("send") && text_of(message).starts_with(first.method + " ")
                                   : message.attribute("request").value() == first.method;
  if (!is_it) file.refuse(message ? message : root, fmt::format("the first message of a scenario for {} is {}", first.method, wanted));
}

std::optional<FileError> ill_formed_sipp_scenario(std::string const& file, std::string_view text, FirstMessage const& first) {
  try {
    check({file, text}, first);
  } catch (FileRefused const& refused) {
    return refused.error;
  }
  return std::nullopt;
}

}  // namespace tollgate
