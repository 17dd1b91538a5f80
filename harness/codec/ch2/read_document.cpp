#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <pugixml.hpp>

#include "codec/ch2/document.hpp"
#include "codec/ch2/document_words.hpp"
#include "codec/ch2/elements.hpp"
#include "codec/deviations.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/dictionary.hpp"
#include "codec/xml_form.hpp"

namespace tollgate::ch2 {

namespace {

using diameter::Avp;

constexpr std::uint32_t bad_request = 400, too_large = 413;  // HTTP
constexpr std::string_view xml_clause = "XML 1.0 2.1", schema_clause = "ch2.xsd", table_clause = "TS 32.299 table 6.6.2.1";

/// The octets of the AVP, nothing for a text that is no such value.
std::optional<Octets> data_of(Element const& element, std::string_view text) {
  bool const is_line = std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (element.content == Content::text) return trim(text).empty() || !is_line ? std::nullopt : std::optional(Octets(text));
  text = trim(text);
  if (element.content == Content::long_number) {
    auto const number = to_number<std::uint64_t>(text);
    return number ? std::optional(diameter::write_unsigned64(*number)) : std::nullopt;
  }
  auto number = element.content == Content::time ? seconds_of(text) : to_number<std::uint32_t>(text);
  if (element.content == Content::word) {
    auto const word = std::ranges::find(element.words, text, &Word::text);
    number = word == element.words.end() ? std::nullopt : std::optional(word->value);
  }
  return number ? std::optional(diameter::write_unsigned32(*number)) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string_view xml) : xml_(xml) {}

  Parsed<diameter::Message> read() {
    look();
    if (!found_.empty()) return std::unexpected(found_.front().error);
    return std::move(message_);
  }

  Judgement judge() {
    Deviations all;
    look();
    for (auto const& [error, size] : found_) all.note(error, Outcome::reject, bad_request, size);
    return std::move(all).take();
  }

 private:
  struct Found {
    ParseError error;
    std::size_t size = 0;  ///< octets
  };

  void look() {
    constexpr auto kept = pugi::parse_default | pugi::parse_doctype | pugi::parse_declaration;
    auto const loaded = document_.load_buffer(xml_.data(), xml_.size(), kept, pugi::encoding_utf8);
    if (!loaded) return refuse(static_cast<std::size_t>(loaded.offset), 0, "document", xml_clause, loaded.description());
    for (auto const child : document_.children())
      if (child.type() == pugi::node_doctype) return refuse(child, "doctypedecl", schema_clause, "a document type declaration");
    if (auto const bad = ill_formed(xml_)) return refuse(bad->offset, 0, "document", xml_clause, "not well-formed");
    if (!is_declared_well()) return refuse(0, 0, "XMLDecl", "XML 1.0 2.8", "of another encoding than UTF-8");
    auto const root = document_.document_element();
    if (root.next_sibling()) return refuse(root.next_sibling(), "document", xml_clause, "more than one element");
    begin(root);
    if (!found_.empty()) return;
    message_.avps = members(root, elements_of(is_request_));
    message_.avps.push_back(diameter::make("Auth-Application-Id", diameter::application_credit_control));
    if (found_.empty()) finish(root);
  }

  [[nodiscard]] static std::size_t offset_of(pugi::xml_node node) {
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
  }

  /// Nothing says that it is in another encoding: US-ASCII is UTF-8, too.
  [[nodiscard]] bool is_declared_well() const {
    auto const is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    for (auto const child : document_.children()) {
      if (child.type() != pugi::node_declaration) continue;
      auto const encoding = lower(child.attribute("encoding").as_string("utf-8"));
      if (encoding != "utf-8" && (encoding != "us-ascii" || !std::ranges::all_of(xml_, is_ascii))) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_full() const {
    constexpr std::size_t most = 100;  // of a document that holds nothing else
    return found_.size() >= most;
  }
  void refuse(ParseError const& error, std::size_t size) {
    if (!is_full()) found_.push_back({error, size});
  }
  void refuse(std::size_t offset, std::size_t size, std::string_view rule, std::string_view clause, std::string_view detail) {
    refuse({What::invalid, offset, rule, clause, detail}, size);
  }
  /// For what stands there: an element by its name, a text as long as it is.
  void refuse(pugi::xml_node node, std::string_view rule, std::string_view clause, std::string_view detail) {
    std::string_view const shown = node.type() == pugi::node_element ? node.name() : node.value();
    auto const offset = std::min(offset_of(node), xml_.size());
    refuse(offset, std::min(shown.size(), xml_.size() - offset), rule, clause, detail);
  }

  struct Name {
    std::string_view prefix, local;  ///< no prefix is ""
  };
  /// QName = [NCName ":"] NCName (Namespaces in XML 1.0 4); what is none is one name with its colons, and so nobody's.
  [[nodiscard]] static Name parts(std::string_view name) {
    constexpr std::string_view begins_no_name = "-.0123456789";
    auto const colon = name.find(':');
    if (colon == 0 || colon >= name.size() - 1 || begins_no_name.contains(name[colon + 1])) return {"", name};
    return {name.substr(0, colon), name.substr(colon + 1)};
  }

  /// The namespace to which the prefix is bound there; "" where it is to none (Namespaces in XML 1.0 3, 6).
  [[nodiscard]] static std::string_view bound(pugi::xml_node at, std::string_view prefix) {
    auto const binding = prefix.empty() ? std::string("xmlns") : fmt::format("xmlns:{}", prefix);
    for (; at; at = at.parent())
      if (auto const found = at.attribute(binding.c_str())) return found.value();
    return "";
  }

  /// Refuses it where it has too many attributes: they are gone through for each element inside, for what its prefix is bound to.
  bool has_too_many(pugi::xml_node element) {
    if (std::distance(element.attributes_begin(), element.attributes_end()) <= std::ptrdiff_t{element_attributes_max}) return false;
    refuse({What::limit, offset_of(element), "Attribute", schema_clause, "more than 64 attributes"},
           std::string_view(element.name()).size());
    return true;
  }

  /// The name of an element of our namespace, whatever its prefix; "" for another's.
  [[nodiscard]] static std::string_view local(pugi::xml_node element) {
    auto const [prefix, local] = parts(element.name());
    return bound(element, prefix) == document_namespace ? local : "";
  }

  void begin(pugi::xml_node root) {
    auto const name = parts(root.name()).local;
    is_request_ = name == "EventRequest";
    if (!is_request_ && name != "Response") return refuse(root, "document", schema_clause, "neither EventRequest nor Response");
    if (has_too_many(root)) return;
    if (local(root).empty()) return refuse(root, "xmlns", schema_clause, "not of the namespace urn:tollgate:ch2:1");
    message_.header.command = diameter::command_credit_control;
    message_.header.application = diameter::application_credit_control;
    if (is_request_) message_.header.flags = diameter::flag_request | diameter::flag_proxiable;
    attributes(root);
  }

  void attributes(pugi::xml_node root) {
    for (auto const attribute : root.attributes()) {
      std::string_view const name = attribute.name(), value = trim(attribute.value());
      if (may_stand_anywhere(attribute, root)) continue;
      bool const is_true = value == "true" || value == "1";
      if (name != "retransmission" || !is_request_ || (!is_true && value != "false" && value != "0"))
        return refuse(root, "retransmission", schema_clause, "no attribute of this element, or no xs:boolean");
      if (is_true) message_.header.flags |= diameter::flag_retransmitted;
    }
  }

  /// A binding of a prefix, and what XML Schema 2.6.3 lets stand anywhere and changes nothing.
  [[nodiscard]] static bool may_stand_anywhere(pugi::xml_attribute attribute, pugi::xml_node of) {
    constexpr std::string_view schema_instance = "http://www.w3.org/2001/XMLSchema-instance";
    auto const [prefix, local] = parts(attribute.name());
    if (prefix.empty()) return local == "xmlns";
    if (prefix == "xmlns") return true;
    return bound(of, prefix) == schema_instance && (local == "schemaLocation" || local == "noNamespaceSchemaLocation");
  }

  std::vector<Avp> members(pugi::xml_node parent, std::span<Element const> elements) {
    std::vector<Avp> avps;
    auto at = elements.begin();
    std::size_t count = 0;
    auto const leave = [&](pugi::xml_node where) {
      if (count < at->least) refuse(offset_of(where), 0, at->name, table_clause, "missing");
      ++at, count = 0;
    };
    for (auto const child : parent.children()) {
      if (is_full()) break;
      if (child.type() == pugi::node_comment || child.type() == pugi::node_pi) continue;
      if (child.type() != pugi::node_element) {
        if (trim(child.value()).empty()) continue;
        refuse(child, "content", schema_clause, "text between the elements");
        continue;
      }
      auto const name = local(child);
      if (std::ranges::find(at, elements.end(), name, &Element::name) == elements.end()) {
        refuse(child, "element", schema_clause, "unknown here, or out of its order");
        continue;
      }
      while (at->name != name) leave(child);
      if (++count > at->most) refuse(child, at->name, schema_clause, "more than once");
      one(child, *at, avps);
    }
    while (at != elements.end()) leave(parent);
    return avps;
  }

  void one(pugi::xml_node child, Element const& element, std::vector<Avp>& avps) {
    if (has_too_many(child)) return;
    for (auto const attribute : child.attributes())
      if (!may_stand_anywhere(attribute, child)) return refuse(child, element.name, schema_clause, "has an attribute");
    if (element.content == Content::group) return avps.push_back(diameter::make_grouped(element.avp, members(child, element.members)));
    std::string text;
    for (auto const part : child.children()) {
      if (part.type() == pugi::node_comment || part.type() == pugi::node_pi) continue;
      if (part.type() == pugi::node_element) return refuse(part, element.name, schema_clause, "an element where a value stands");
      text += part.value();
    }
    if (element.name == operation_type) {
      operation_ = trim(text);
      return;
    }
    auto data = data_of(element, text);
    if (!data) return refuse(text.empty() ? child : child.first_child(), element.name, table_clause, "no such value");
    avps.push_back(diameter::make(element.avp, std::move(*data)));
  }

  /// What the operation type says has to be what the interrogation and its units say.
  void finish(pugi::xml_node root) {
    constexpr std::uint32_t protocol_errors = 3;
    if (!is_request_) {
      if (diameter::result_code(message_).value_or(0) / 1000 == protocol_errors || diameter::find(message_.avps, "Session-Id") == nullptr)
        message_.header.flags |= diameter::flag_error;
      return;
    }
    auto const request = read_request(message_);
    if (!request) return refuse(root, request.error().rule, request.error().clause, request.error().detail);
    auto const said = document_word(*request);
    if (operation_ != said)
      refuse(root.find_child([&](auto const& child) { return local(child) == operation_type; }).first_child(), operation_type,
             schema_clause, "does not go with the interrogation and its units");
  }

  std::string_view xml_;
  pugi::xml_document document_;
  bool is_request_ = false;
  std::string operation_;
  diameter::Message message_;
  std::vector<Found> found_;
};

}  // namespace

Parsed<diameter::Message> read_document(std::string_view xml) {
  if (xml.size() > document_octets_max) return over_limit(document_octets_max, "document", schema_clause, "longer than 64 KiB");
  return Reader(xml).read();
}

Judgement judge_document(std::string_view xml) {
  if (xml.size() <= document_octets_max) return Reader(xml).judge();
  Deviations all;
  all.note({What::limit, document_octets_max, "document", schema_clause, "longer than 64 KiB"}, Outcome::reject, too_large);
  return std::move(all).take();
}

}  // namespace tollgate::ch2
