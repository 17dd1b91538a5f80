/// From-header-value = [ Formal-name ] "<" URI ">", To and cc likewise
/// NS-header-value   = [ Name-prefix SP ] "<" URI ">"
/// Formal-name       = 1*( Token SP ) / String   (RFC 3862 3.6, 4)
/// Disposition-Notification = [ notify-req *( COMMA notify-req ) ]
/// notify-req               = Token *( SEMI disp-notif-params )   (RFC 5438 6.2)
#include "codec/cpim/headers.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tollgate::cpim {

namespace {

constexpr std::string_view grammar = "RFC 3862 3.6";

bool is_name_char(char c) {
  constexpr std::string_view marks = "!#$%&'*+-^_`|~";
  bool const is_alphanum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_alphanum || marks.contains(c);
}

bool is_token_char(char c) {
  return is_name_char(c) || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

/// scheme ":" and at least one octet that may stand in a URI (RFC 3986 3).
bool is_uri(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size()) return false;
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '<' || c == '>'; });
}

/// The size of the String that `text` begins with; 0 where it begins with none.
std::size_t string_size(std::string_view text) {
  if (!text.starts_with('"')) return 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return first_no_escape(text.substr(0, at + 1)) == at + 1 ? at + 1 : 0;
  }
  return 0;
}

/// 1*( Token SP ) or a String with spaces behind it.
bool is_formal_name(std::string_view text) {
  if (text.starts_with('"')) {
    auto const size = string_size(text);
    return size != 0 && text.find_first_not_of(' ', size) == std::string_view::npos;
  }
  if (!text.ends_with(' ')) return false;
  return std::ranges::all_of(split(text.substr(0, text.size() - 1), ' '), is_token);
}

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_alphanum(char c) {
  return is_alpha(c) || (c >= '0' && c <= '9');
}

/// 1*8ALPHA *( "-" 1*8alphanum ) (RFC 3066 2.1)
bool is_language_tag(std::string_view text) {
  constexpr std::size_t subtag_max = 8;
  auto const subtags = split(text, '-');
  if (!std::ranges::all_of(subtags.front(), is_alpha)) return false;
  return std::ranges::all_of(subtags, [](std::string_view subtag) {
    return !subtag.empty() && subtag.size() <= subtag_max && std::ranges::all_of(subtag, is_alphanum);
  });
}

bool is_parameter_value(std::string_view name, std::string_view value) {
  if (name == "lang") return is_language_tag(value);
  return is_token(value) || (!value.empty() && string_size(value) == value.size());
}

/// Up to the next semicolon that stands in no String.
std::size_t parameter_size(std::string_view text) {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (quoted && text[at] == '\\') ++at;
    if (!quoted && at < text.size() && text[at] == ';') return at;
  }
  return text.size();
}

/// The URI between the brackets that `text` ends with, and what stands before them.
Parsed<Address> parse_bracketed(std::string_view text) {
  auto const open = text.rfind('<');
  if (open == std::string_view::npos) return invalid(0, "URI", grammar, "no <URI>");
  if (!text.ends_with('>')) return invalid(text.size(), "URI", grammar, "no > at the end");
  auto const uri = text.substr(open + 1, text.size() - open - 2);
  if (!is_uri(uri)) return invalid(open + 1, "URI", grammar, "not a URI");
  return Address{text.substr(0, open), uri};
}

template <class T>
Parsed<T> view(Message const& message, std::string_view name, std::string_view clause, Parsed<T> (*parse)(std::string_view)) {
  auto const value = message.value(name);
  if (!value) return invalid(0, name, clause, "missing");
  return parse(*value);
}

std::optional<std::string_view> imdn_value(Message const& message, std::string_view name) {
  auto const prefix = prefix_of(message, imdn_namespace);
  if (!prefix) return std::nullopt;
  return message.value(prefix->empty() ? std::string(name) : std::string(*prefix).append(".").append(name));
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_name_char);
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

std::size_t first_no_escape(std::string_view text) {
  constexpr std::string_view escaped = "btnr\"'\\", hexadecimal = "0123456789abcdefABCDEF";
  constexpr std::size_t digits = 4;
  for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    auto const rest = text.substr(at + 1);
    bool const is_code = rest.starts_with('u') && std::min(rest.find_first_not_of(hexadecimal, 1), rest.size()) > digits;
    if (rest.empty() || (!is_code && !escaped.contains(rest.front()))) return at;
    at += is_code ? 2 + digits : 2;
  }
  return text.size();
}

Parsed<std::vector<Parameter>> parse_parameters(std::string_view text) {
  std::vector<Parameter> all;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != ';') return invalid(at, "Parameter", grammar, "no semicolon");
    auto const part = text.substr(at + 1, parameter_size(text.substr(at + 1)));
    auto const equals = std::min(part.find('='), part.size());
    auto const value = part.substr(std::min(equals + 1, part.size()));
    if (!is_name(part.substr(0, equals))) return invalid(at + 1, "Parameter", grammar, "not a Name");
    if (!is_parameter_value(part.substr(0, equals), value))
      return invalid(at + 1 + std::min(equals + 1, part.size()), "Parameter", grammar, "neither Token nor String, nor a Language-tag");
    all.push_back({part.substr(0, equals), value});
    at += 1 + part.size();
  }
  return all;
}

Parsed<Address> parse_address(std::string_view text) {
  auto address = parse_bracketed(text);
  if (!address || address->formal_name.empty()) return address;
  if (!is_formal_name(address->formal_name)) return invalid(0, "Formal-name", grammar, "neither Tokens nor a String");
  while (address->formal_name.ends_with(' ')) address->formal_name.remove_suffix(1);
  return address;
}

Parsed<Namespace> parse_namespace(std::string_view text) {
  auto const bracketed = parse_bracketed(text);
  if (!bracketed) return std::unexpected(bracketed.error());
  auto prefix = bracketed->formal_name;
  if (prefix.empty()) return Namespace{{}, bracketed->uri};
  if (!prefix.ends_with(' ')) return invalid(prefix.size(), "NS", grammar, "no space behind the prefix");
  prefix.remove_suffix(1);
  if (!is_name(prefix)) return invalid(0, "Name-prefix", grammar, "not a Name");
  return Namespace{prefix, bracketed->uri};
}

Parsed<std::vector<std::string_view>> parse_require(std::string_view text) {
  std::vector<std::string_view> names;
  std::size_t at = 0;
  for (auto const part : split(text, ',')) {
    auto const name = trim(part);
    auto const dot = name.find('.');
    bool const is_good = dot == std::string_view::npos ? is_name(name) : is_name(name.substr(0, dot)) && is_name(name.substr(dot + 1));
    if (!is_good) return invalid(at, "Header-name", "RFC 3862 4.7", "not a header name");
    names.push_back(name);
    at += part.size() + 1;
  }
  return names;
}

Parsed<std::vector<Notification>> parse_disposition_notification(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Notification>, 5> words = {{
      {"positive-delivery", Notification::positive_delivery},
      {"negative-delivery", Notification::negative_delivery},
      {"processing", Notification::processing},
      {"display", Notification::display},
      {"none", Notification::none},
  }};
  std::vector<Notification> all;
  if (trim(text).empty()) return all;
  std::size_t at = 0;
  for (auto const part : split(text, ',')) {
    auto const word = trim(part.substr(0, part.find(';')));
    if (!is_token(word)) return invalid(at, "notify-req", "RFC 5438 6.2", "not a Token");
    auto const known = std::ranges::find_if(words, [&](auto const& w) { return iequals(w.first, word); });
    all.push_back(known == words.end() ? Notification::other : known->second);
    at += part.size() + 1;
  }
  return all;
}

Parsed<Address> from(Message const& message) {
  return view(message, "From", "RFC 3862 4.1", parse_address);
}

Parsed<std::vector<Address>> to(Message const& message) {
  std::vector<Address> all;
  for (auto const& header : message.headers) {
    if (header.name != "To") continue;
    auto const address = parse_address(header.value);
    if (!address) return std::unexpected(address.error());
    all.push_back(*address);
  }
  if (all.empty()) return invalid(0, "To", "RFC 3862 4.2", "missing");
  return all;
}

Parsed<DateTime> date_time(Message const& message) {
  return view(message, "DateTime", "RFC 3862 4.4", parse_date_time);
}

std::optional<std::string_view> prefix_of(Message const& message, std::string_view uri) {
  for (auto const& header : message.headers) {
    if (header.name != "NS") continue;
    auto const bound = parse_namespace(header.value);
    if (bound && bound->uri == uri) return bound->prefix;
  }
  return std::nullopt;
}

Parsed<std::string_view> imdn_message_id(Message const& message) {
  auto const value = imdn_value(message, "Message-ID");
  if (!value) return invalid(0, "Message-ID", "RFC 5438 6.3", "missing");
  if (!is_token(*value)) return invalid(0, "Message-ID", "RFC 5438 6.3", "not a Token");
  return *value;
}

Parsed<std::vector<Notification>> disposition_notification(Message const& message) {
  return parse_disposition_notification(imdn_value(message, "Disposition-Notification").value_or(""));
}

}  // namespace tollgate::cpim
