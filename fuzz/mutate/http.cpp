// Mutations of CH-2 over HTTP: the message (RFC 9112) and the document in it (scenarios/ch2.xsd).
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "fuzz/mutate/protocols.hpp"
#include "fuzz/mutate/text_edits.hpp"

namespace tollgate::fuzz {
namespace {

template <Edit edit>
std::string apply(std::string_view octets, Random& random) {
  auto message = read_text_message(octets);
  return edit(message, random) ? message.write() : std::string(octets);
}

std::string with_right_length(TextMessage message) {
  if (auto const length = find_field(message, "Content-Length"))
    message.fields[*length] = fmt::format("{}: {}", name_of(message.fields[*length]), message.body->size());
  return message.write();
}

using DocumentEdit = bool (*)(std::string& xml, Random& random);

/// On the document; Content-Length goes with it.
template <DocumentEdit edit>
std::string apply_inside(std::string_view octets, Random& random) {
  auto message = read_text_message(octets);
  if (!message.body || !edit(*message.body, random)) return std::string(octets);
  return with_right_length(std::move(message));
}

/// An element that holds text alone, with its tags.
struct Leaf {
  std::size_t at = 0, size = 0;        ///< of the whole
  std::size_t text_at = 0, text_size = 0;
};

std::vector<Leaf> leaves(std::string_view xml) {
  std::vector<Leaf> out;
  for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    auto const open_end = xml.find('>', at);
    if (open_end == std::string_view::npos) break;
    auto const name = xml.substr(at + 1, xml.find_first_of(" >/", at + 1) - at - 1);
    auto const close = xml.find('<', open_end);
    auto const end = fmt::format("</{}>", name);
    if (name.empty() || close == std::string_view::npos || !xml.substr(close).starts_with(end)) continue;
    out.push_back({.at = at, .size = close + end.size() - at, .text_at = open_end + 1, .text_size = close - open_end - 1});
  }
  return out;
}

template <class Change>
bool change_leaf(std::string& xml, Random& random, Change change) {
  auto const all = leaves(xml);
  if (all.empty()) return false;
  change(all[random.below(all.size())]);
  return true;
}

bool set_text(std::string& xml, Random& random, std::string_view text) {
  return change_leaf(xml, random, [&](Leaf const& leaf) { xml.replace(leaf.text_at, leaf.text_size, text); });
}

bool drop_element(std::string& xml, Random& random) {
  return change_leaf(xml, random, [&](Leaf const& leaf) { xml.erase(leaf.at, leaf.size); });
}
bool double_element(std::string& xml, Random& random) {
  return change_leaf(xml, random, [&](Leaf const& leaf) { xml.insert(leaf.at, xml.substr(leaf.at, leaf.size)); });
}
bool empty_element(std::string& xml, Random& random) {
  return set_text(xml, random, "");
}
bool long_element(std::string& xml, Random& random) {
  constexpr std::uint64_t least = 33, most = 4096;
  return set_text(xml, random, std::string(least + random.below(most - least), 'A'));
}
bool number_at_edge(std::string& xml, Random& random) {
  constexpr std::array<std::string_view, 9> edges{
      "0", "-1", "2147483648", "4294967295", "4294967296", "9999999999", "18446744073709551616", "1.5", "0x10"};
  return set_text(xml, random, edges[random.below(edges.size())]);
}
bool other_result(std::string& xml, Random& random) {
  constexpr std::array<std::string_view, 8> results{"1001", "2002", "3004", "4010", "4012", "5030", "5031", "0"};
  constexpr std::string_view begin = "Result>";
  auto const at = xml.find(begin);
  auto const end = at == std::string::npos ? at : xml.find('<', at);
  if (end == std::string::npos) return false;
  xml.replace(at + begin.size(), end - at - begin.size(), results[random.below(results.size())]);
  return true;
}
bool unknown_element(std::string& xml, Random& random) {
  return change_leaf(xml, random, [&](Leaf const& leaf) { xml.insert(leaf.at, "<Unheard>of</Unheard>"); });
}
bool element_not_closed(std::string& xml, Random& random) {
  return change_leaf(xml, random, [&](Leaf const& leaf) {
    xml.erase(leaf.text_at + leaf.text_size, leaf.at + leaf.size - leaf.text_at - leaf.text_size);
  });
}
bool deep_elements(std::string& xml, Random& random) {
  constexpr std::size_t depth = 2000;
  return change_leaf(xml, random, [&](Leaf const& leaf) {
    std::string nest;
    for (std::size_t i = 0; i < depth; ++i) nest += "<a>";
    for (std::size_t i = 0; i < depth; ++i) nest += "</a>";
    xml.insert(leaf.at, nest);
  });
}
bool other_namespace(std::string& xml, Random& /*random*/) {
  auto const at = xml.find("urn:tollgate:ch2:1");
  if (at != std::string::npos) xml.replace(at, 18, "urn:tollgate:ch2:2");
  return at != std::string::npos;
}
bool bad_reference(std::string& xml, Random& random) {
  constexpr std::array<std::string_view, 6> references{"&#0;", "&#xFFFFFFFF;", "&unheard;", "&amp", "&#xD800;", "&"};
  return set_text(xml, random, references[random.below(references.size())]);
}
bool document_type(std::string& xml, Random& random) {
  auto const root = xml.find("<", xml.starts_with("<?") ? xml.find("?>") : 0);
  if (root == std::string::npos) return false;
  std::string type = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\">";
  for (int i = 0; i < 9; ++i)
    type += fmt::format("<!ENTITY {} \"&{};&{};&{};\">", static_cast<char>('c' + i), static_cast<char>('b' + i), static_cast<char>('b' + i),
                        static_cast<char>('b' + i));
  xml.insert(root, type + "]>");
  return set_text(xml, random, "&k;");
}
bool no_utf8(std::string& xml, Random& random) {
  return set_text(xml, random, "\xff\xc0\x80");
}
bool no_document(std::string& xml, Random& /*random*/) {
  bool const has_one = !xml.empty();
  xml.clear();
  return has_one;
}

bool other_status(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 6> statuses{"202", "302", "404", "500", "503", "999"};
  constexpr std::string_view begin = "HTTP/1.1 ";
  if (!message.start.starts_with(begin)) return false;
  message.start.replace(begin.size(), 3, statuses[random.below(statuses.size())]);
  return true;
}
bool other_type(TextMessage& message, Random& /*random*/) {
  auto const at = find_field(message, "Content-Type");
  if (at) message.fields[*at] = "Content-Type: text/html";
  return at.has_value();
}
bool other_version(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 3> versions{"HTTP/2.0", "HTTP/7.7", "HTCPCP/1.0"};
  auto const at = message.start.find("HTTP/1.1");
  if (at != std::string::npos) message.start.replace(at, 8, versions[random.below(versions.size())]);
  return at != std::string::npos;
}

bool set_length(TextMessage& message, std::string const& value) {
  auto const at = find_field(message, "Content-Length");
  if (at) message.fields[*at] = "Content-Length: " + value;
  return at.has_value();
}
bool length_too_large(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 4> lengths{"60000", "4294967296", "18446744073709551616", "99999"};
  return set_length(message, std::string(lengths[random.below(lengths.size())]));
}
bool length_no_number(TextMessage& message, Random& random) {
  constexpr std::array<std::string_view, 4> lengths{"-1", "ten", "", "1,2"};
  return set_length(message, std::string(lengths[random.below(lengths.size())]));
}
bool chunked_that_is_none(TextMessage& message, Random& /*random*/) {
  auto const at = find_field(message, "Content-Length");
  if (at) message.fields[*at] = "Transfer-Encoding: chunked";
  return at.has_value();
}

constexpr std::array table{
    Mutation{"drop_field", "one header field is missing", Framing::kept, apply<drop_field>},
    Mutation{"double_field", "one header field stands there twice", Framing::kept, apply<double_field>},
    Mutation{"swap_fields", "two header fields change places", Framing::kept, apply<swap_fields>},
    Mutation{"empty_value", "one header field has no value", Framing::kept, apply<empty_value>},
    Mutation{"long_value", "one value is longer by 33 to 4096 octets", Framing::kept, apply<long_value>},
    Mutation{"change_case", "one header name is in the other case", Framing::kept, apply<change_case>},
    Mutation{"other_status", "the response has another status", Framing::kept, apply<other_status>},
    Mutation{"other_type", "the content is said to be HTML", Framing::kept, apply<other_type>},
    Mutation{"drop_element", "one element is missing", Framing::kept, apply_inside<drop_element>},
    Mutation{"double_element", "one element stands there twice", Framing::kept, apply_inside<double_element>},
    Mutation{"empty_element", "one element holds nothing", Framing::kept, apply_inside<empty_element>},
    Mutation{"long_element", "one element holds 33 to 4096 octets", Framing::kept, apply_inside<long_element>},
    Mutation{"number_at_edge", "one element holds a number at an edge", Framing::kept, apply_inside<number_at_edge>},
    Mutation{"other_result", "the result is another one", Framing::kept, apply_inside<other_result>},
    Mutation{"unknown_element", "an element stands there that the schema has not", Framing::kept, apply_inside<unknown_element>},
    Mutation{"element_not_closed", "one element does not end", Framing::kept, apply_inside<element_not_closed>},
    Mutation{"deep_elements", "elements stand in each other, 2000 of them", Framing::kept, apply_inside<deep_elements>},
    Mutation{"other_namespace", "the document is of another namespace", Framing::kept, apply_inside<other_namespace>},
    Mutation{"bad_reference", "one element refers to a character or an entity that is none", Framing::kept, apply_inside<bad_reference>},
    Mutation{"document_type", "entities stand in each other, each three times", Framing::kept, apply_inside<document_type>},
    Mutation{"no_utf8", "one element holds no UTF-8", Framing::kept, apply_inside<no_utf8>},
    Mutation{"no_document", "there is no document", Framing::kept, apply_inside<no_document>},
    Mutation{"other_version", "the version of HTTP is another one", Framing::broken, apply<other_version>},
    Mutation{"length_too_large", "Content-Length says more than there is", Framing::broken, apply<length_too_large>},
    Mutation{"length_no_number", "Content-Length is no number", Framing::broken, apply<length_no_number>},
    Mutation{"chunked_that_is_none", "the document is said to come in chunks", Framing::broken, apply<chunked_that_is_none>},
};

}  // namespace

std::span<Mutation const> http_mutations() {
  return table;
}

/// An element of the second document in place of one of the first.
std::string http_cross_over(std::string_view first, std::string_view second, Random& random) {
  auto message = read_text_message(first);
  auto const other = read_text_message(second);
  if (!message.body || !other.body) return std::string(first);
  auto const theirs = leaves(*other.body);
  if (theirs.empty()) return std::string(first);
  auto const& taken = theirs[random.below(theirs.size())];
  if (!change_leaf(*message.body, random,
                   [&](Leaf const& leaf) { message.body->replace(leaf.at, leaf.size, other.body->substr(taken.at, taken.size)); }))
    return std::string(first);
  return with_right_length(std::move(message));
}

}  // namespace tollgate::fuzz
