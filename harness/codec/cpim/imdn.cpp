/// imdn = message-id datetime [ recipient-uri original-recipient-uri [ subject ] ]
///        ( delivery-notification / processing-notification / display-notification ), each with one status:
///   delivery    delivered / failed / forbidden / error
///   processing  processed / stored / forbidden / error
///   display     displayed / forbidden / error                                        (RFC 5438 11.1.7, 11.1.9)
#include "codec/cpim/imdn.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <sstream>

#include "base/text.hpp"

namespace tollgate::cpim {

namespace {

constexpr std::string_view clause = "RFC 5438 11.1";
constexpr std::string_view schema = "RFC 5438 11.1.9";
constexpr char const* xml_namespace = "urn:ietf:params:xml:ns:imdn";

struct KindRow {
  Imdn::Kind kind;
  char const* element;
};
constexpr std::array<KindRow, 3> kinds{{{Imdn::Kind::delivery, "delivery-notification"},
                                        {Imdn::Kind::processing, "processing-notification"},
                                        {Imdn::Kind::display, "display-notification"}}};

constexpr unsigned delivery = 1, processing = 2, display = 4, any = delivery | processing | display;
struct DispositionRow {
  Disposition disposition;
  char const* element;
  unsigned of;
};
constexpr std::array<DispositionRow, 7> dispositions{{{Disposition::delivered, "delivered", delivery},
                                                      {Disposition::failed, "failed", delivery},
                                                      {Disposition::displayed, "displayed", display},
                                                      {Disposition::processed, "processed", processing},
                                                      {Disposition::stored, "stored", processing},
                                                      {Disposition::forbidden, "forbidden", any},
                                                      {Disposition::error, "error", any}}};

constexpr unsigned bit_of(Imdn::Kind kind) {
  return 1U << static_cast<unsigned>(kind);
}

/// The elements of the namespace that the root binds, by their local names.
class Reader {
 public:
  explicit Reader(pugi::xml_node root) {
    std::string_view const name = root.name();
    if (auto const colon = name.find(':'); colon != std::string_view::npos) prefix_ = name.substr(0, colon + 1);
    auto const binding = prefix_.empty() ? "xmlns" : "xmlns:" + prefix_.substr(0, prefix_.size() - 1);
    is_imdn_ = is(root, "imdn") && std::string_view(root.attribute(binding.c_str()).value()) == xml_namespace;
  }
  [[nodiscard]] bool is_imdn() const { return is_imdn_; }

  [[nodiscard]] bool is(pugi::xml_node element, std::string_view name) const {
    std::string_view const full = element.name();
    return full.starts_with(prefix_) && full.substr(prefix_.size()) == name;
  }
  [[nodiscard]] pugi::xml_node child(pugi::xml_node parent, std::string_view name) const {
    return parent.find_child([&](pugi::xml_node element) { return is(element, name); });
  }
  /// The first element of our namespace.
  [[nodiscard]] pugi::xml_node own_child(pugi::xml_node parent) const {
    auto const first = parent.first_child();
    return !first || is_own(first) ? first : next_own(first);
  }
  /// The next such element behind one.
  [[nodiscard]] pugi::xml_node next_own(pugi::xml_node element) const {
    do element = element.next_sibling();
    while (element && !is_own(element));
    return element;
  }
  [[nodiscard]] std::string text(pugi::xml_node parent, std::string_view name) const {
    return std::string(trim(child(parent, name).child_value()));
  }

 private:
  [[nodiscard]] bool is_own(pugi::xml_node element) const {
    std::string_view const full = element.name();
    return element.type() == pugi::node_element && full.starts_with(prefix_) && !full.substr(prefix_.size()).contains(':');
  }

  std::string prefix_;
  bool is_imdn_ = false;
};

std::size_t offset_of(pugi::xml_node element) {
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(element.offset_debug(), 0));
}

/// The children of our namespace that the grammar names, each once and in its order.
template <std::size_t N>
Parsed<void> in_order(Reader const& reader, pugi::xml_node parent, std::array<std::string_view, N> const& names) {
  std::size_t next = 0;
  for (auto const child : parent.children()) {
    auto const at = static_cast<std::size_t>(std::ranges::find_if(names, [&](std::string_view name) { return reader.is(child, name); }) -
                                             names.begin());
    if (at == N) continue;
    if (at < next) return invalid(offset_of(child), names[at], schema, "stands twice, or behind what follows it");
    next = at + 1;
  }
  return {};
}

/// One notification, of whatever kind.
Parsed<void> one_notification(Reader const& reader, pugi::xml_node root) {
  std::size_t count = 0;
  for (auto const child : root.children())
    if (std::ranges::any_of(kinds, [&](KindRow const& row) { return reader.is(child, row.element); }) && ++count > 1)
      return invalid(offset_of(child), "delivery-notification", schema, "a second notification");
  return {};
}

Parsed<Disposition> read_status(Reader const& reader, pugi::xml_node notification, Imdn::Kind kind) {
  auto const status = reader.child(notification, "status");
  if (!status) return invalid(offset_of(notification), "status", clause, "missing");
  if (auto const ordered = in_order(reader, notification, std::array<std::string_view, 1>{"status"}); !ordered)
    return std::unexpected(ordered.error());
  auto const told = reader.own_child(status);
  if (told && reader.next_own(told)) return invalid(offset_of(reader.next_own(told)), "status", schema, "a second status");
  if (!told) return status.first_child() ? Parsed<Disposition>(Disposition::other) : invalid(offset_of(status), "status", clause, "empty");
  for (auto const& row : dispositions) {
    if (!reader.is(told, row.element)) continue;
    if ((row.of & bit_of(kind)) != 0) return row.disposition;
    return invalid(offset_of(told), "status", "RFC 5438 11.1.7", "not of this kind of notification");
  }
  return Disposition::other;
}

Parsed<Imdn> read(Reader const& reader, pugi::xml_node root) {
  Imdn imdn{.message_id = reader.text(root, "message-id"), .date_time = reader.text(root, "datetime")};
  if (imdn.message_id.empty()) return invalid(offset_of(root), "message-id", clause, "missing");
  if (imdn.date_time.empty()) return invalid(offset_of(root), "datetime", clause, "missing");
  if (!parse_date_time(imdn.date_time))
    return invalid(offset_of(reader.child(root, "datetime")), "datetime", "RFC 5438 11.1.2", "not the date-time of a DateTime header");
  constexpr std::array<std::string_view, 8> order{"message-id",
                                                  "datetime",
                                                  "recipient-uri",
                                                  "original-recipient-uri",
                                                  "subject",
                                                  "delivery-notification",
                                                  "processing-notification",
                                                  "display-notification"};
  if (auto const one = one_notification(reader, root); !one) return std::unexpected(one.error());
  if (auto const ordered = in_order(reader, root, order); !ordered) return std::unexpected(ordered.error());
  imdn.recipient_uri = reader.text(root, "recipient-uri");
  imdn.original_recipient_uri = reader.text(root, "original-recipient-uri");
  imdn.subject = reader.text(root, "subject");
  for (auto const& [kind, element] : kinds) {
    auto const notification = reader.child(root, element);
    if (!notification) continue;
    auto const status = read_status(reader, notification, kind);
    if (!status) return std::unexpected(status.error());
    imdn.kind = kind;
    imdn.disposition = *status;
    return imdn;
  }
  return invalid(offset_of(root), "delivery-notification", "RFC 5438 11.1.6", "no notification");
}

}  // namespace

std::string_view to_string(Disposition disposition) {
  auto const row = std::ranges::find(dispositions, disposition, &DispositionRow::disposition);
  return row == dispositions.end() ? "other" : row->element;
}

Parsed<Imdn> parse_imdn(std::string_view xml) {
  pugi::xml_document document;
  auto const loaded = document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!loaded) return invalid(static_cast<std::size_t>(loaded.offset), "XML", clause, "not well-formed");
  auto const root = document.document_element();
  Reader const reader(root);
  if (!reader.is_imdn()) return invalid(offset_of(root), "imdn", clause, "another element or namespace");
  return read(reader, root);
}

std::string write(Imdn const& imdn) {
  pugi::xml_document document;
  auto root = document.append_child("imdn");
  root.append_attribute("xmlns").set_value(xml_namespace);
  auto const add = [&](char const* name, std::string const& text) {
    if (!text.empty()) root.append_child(name).text().set(text.c_str());
  };
  add("message-id", imdn.message_id);
  add("datetime", imdn.date_time);
  add("recipient-uri", imdn.recipient_uri);
  add("original-recipient-uri", imdn.original_recipient_uri);
  add("subject", imdn.subject);
  auto const kind = std::ranges::find(kinds, imdn.kind, &KindRow::kind);
  auto status = root.append_child(kind->element).append_child("status");
  status.append_child(std::string(to_string(imdn.disposition)).c_str());
  std::ostringstream out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration);
  return out.str();
}

}  // namespace tollgate::cpim
