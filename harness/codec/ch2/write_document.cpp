#include <algorithm>
#include <fmt/format.h>
#include <pugixml.hpp>
#include <sstream>

#include "codec/ch2/ch2.hpp"
#include "codec/ch2/document.hpp"
#include "codec/ch2/document_words.hpp"
#include "codec/ch2/elements.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::ch2 {

namespace {

using diameter::Avp;
using Refusal = std::optional<std::string>;

std::string name_of(Avp const& avp) {
  auto const* rule = diameter::Dictionary::standard().avp(avp.code, (avp.flags & diameter::flag_vendor) != 0 ? avp.vendor : 0);
  return rule != nullptr ? std::string(rule->name) : fmt::format("AVP {} of vendor {}", avp.code, avp.vendor);
}

std::optional<std::string> text_of(Element const& element, Avp const& avp) {
  if (element.content == Content::text) return avp.data;
  if (element.content == Content::long_number) {
    auto const value = diameter::unsigned64(avp);
    return value ? std::optional(fmt::format("{}", *value)) : std::nullopt;
  }
  auto const value = diameter::unsigned32(avp);
  if (!value) return std::nullopt;
  if (element.content == Content::time) return date_time_of(*value);
  if (element.content == Content::number) return fmt::format("{}", *value);
  auto const word = std::ranges::find(element.words, *value, &Word::value);
  return word == element.words.end() ? std::nullopt : std::optional(std::string(word->text));
}

class Writer {
 public:
  explicit Writer(diameter::Message const& message) : message_(message) {}

  std::expected<Octets, std::string> write() {
    bool const request = message_.header.is_request();
    auto root = document_.append_child(request ? "EventRequest" : "Response");
    root.append_attribute("xmlns").set_value(std::string(document_namespace).c_str());
    if (request && (message_.header.flags & diameter::flag_retransmitted) != 0) root.append_attribute("retransmission").set_value("true");
    auto avps = message_.avps;
    std::erase_if(avps, [](Avp const& avp) { return name_of(avp) == "Auth-Application-Id" || name_of(avp) == "Proxy-Info"; });
    members(root, elements_of(request), avps);
    if (refusal_) return std::unexpected(*refusal_);
    std::ostringstream out;
    document_.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    auto written = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out.str();
    if (written.size() > document_octets_max) return std::unexpected(std::string("longer than 64 KiB"));
    return written;
  }

 private:
  void members(pugi::xml_node parent, std::span<Element const> elements, std::vector<Avp> const& avps) {
    std::vector<bool> said(avps.size());
    for (auto const& element : elements) {
      if (element.name == operation_type) operation(parent);
      if (element.avp.empty()) continue;
      auto const wanted = diameter::make(element.avp, Octets{});
      for (std::size_t i = 0; i < avps.size(); ++i) {
        if (said[i] || !avps[i].is(wanted.code, wanted.vendor)) continue;
        said[i] = true;
        one(parent, element, avps[i]);
      }
    }
    auto const unsaid = std::ranges::find(said, false);
    if (unsaid != said.end() && !refusal_)
      refusal_ =
          fmt::format("no element stands for {} in {}", name_of(avps[static_cast<std::size_t>(unsaid - said.begin())]), parent.name());
  }

  void one(pugi::xml_node parent, Element const& element, Avp const& avp) {
    auto child = parent.append_child(std::string(element.name).c_str());
    if (element.content == Content::group) {
      auto const inner = diameter::parse_avps(avp.data);
      if (inner) return members(child, element.members, *inner);
    } else if (auto const text = text_of(element, avp)) {
      child.text().set(text->c_str());
      return;
    }
    if (!refusal_) refusal_ = fmt::format("the value of {} is none of {}", name_of(avp), element.name);
  }

  void operation(pugi::xml_node parent) {
    auto const request = read_request(message_);
    if (!request) return;  // an element that it cannot do without is missing, which its receiver sees
    auto const word = document_word(*request);
    if (word.empty()) refusal_ = "no OperationType stands for what it asks";
    parent.append_child(std::string(operation_type).c_str()).text().set(std::string(word).c_str());
  }

  diameter::Message const& message_;
  pugi::xml_document document_;
  Refusal refusal_;
};

}  // namespace

std::expected<Octets, std::string> write_document(diameter::Message const& message) {
  return Writer(message).write();
}

}  // namespace tollgate::ch2
