#include "fuzz/naive/sip.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tollgate::fuzz::naive {

static constexpr std::string_view alphanum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

static bool is_of(std::string_view text, std::string_view more) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) { return alphanum.contains(c) || more.contains(c); });
}

static std::string trimmed_name(std::string_view text) {
  return std::string(text.substr(0, text.find_last_not_of(" \t") + 1));  // npos + 1 is 0
}

std::vector<Field> sip_fields(std::string_view octets) {
  std::vector<Field> fields;
  octets.remove_prefix(std::min(octets.find_first_not_of("\r\n"), octets.size()));
  octets.remove_prefix(std::min(octets.find('\n'), octets.size() - 1) + 1);  // the start line
  for (auto const line : split(octets, '\n')) {
    if (line.empty() || line == "\r") break;
    auto const colon = std::min(line.find(':'), line.size());
    if ((line.front() == ' ' || line.front() == '\t') && !fields.empty())
      fields.back().value.append("\n").append(line);
    else
      fields.push_back({trimmed_name(line.substr(0, colon)), std::string(line.substr(std::min(colon + 1, line.size())))});
  }
  for (auto& field : fields) field.value = std::string(trim(field.value));
  return fields;
}

std::optional<std::string> sip_value(std::string_view octets, std::string_view name, std::string_view compact) {
  for (auto const& field : sip_fields(octets))
    if (iequals(field.name, name) || (!compact.empty() && iequals(field.name, compact))) return field.value;
  return std::nullopt;
}

/// At every `separator` outside quotes and angle brackets.
static std::vector<std::string> cut(std::string_view value, char separator) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  bool bracketed = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    char const c = value[i];
    if (c == '"' && !bracketed) quoted = !quoted;
    if (!quoted && (c == '<' || c == '>')) bracketed = c == '<';
    if (c == separator && !quoted && !bracketed) {
      parts.emplace_back();
      continue;
    }
    parts.back() += c;
    if (quoted && c == '\\' && i + 1 < value.size()) parts.back() += value[++i];
  }
  return parts;
}

std::vector<std::string> sip_list(std::string_view octets, std::string_view name, std::string_view compact) {
  std::vector<std::string> all;
  for (auto const& field : sip_fields(octets))
    if (iequals(field.name, name) || (!compact.empty() && iequals(field.name, compact)))
      for (auto const& element : cut(field.value, ',')) all.emplace_back(trim(element));
  return all;
}

/// The first bracket that stands in no quotes; the size where there is none.
static std::size_t open_bracket(std::string_view element) {
  bool quoted = false;
  for (std::size_t i = 0; i < element.size(); ++i) {
    if (element[i] == '"') quoted = !quoted;
    if (quoted && element[i] == '\\') ++i;
    if (!quoted && element[i] == '<') return i;
  }
  return element.size();
}

Address address(std::string_view element) {
  auto const open = open_bracket(element);
  if (open == element.size()) return {.display_name = {}, .uri = std::string(trim(element.substr(0, element.find(';'))))};
  return {.display_name = std::string(trim(element.substr(0, open))),
          .uri = std::string(element.substr(open + 1, element.find('>', open) - open - 1))};
}

SentBy sent_by(std::string_view element) {
  constexpr std::string_view space = " \t\r\n";
  auto rest = element.substr(0, element.find(';'));
  SentBy out;
  for (int slash = 0; slash < 2; ++slash) rest = trim(rest.substr(rest.find('/') + 1));
  auto const end = std::min(rest.find_first_of(space), rest.size());
  out.transport = rest.substr(0, end);
  rest = trim(rest.substr(end));
  auto const close = rest.starts_with('[') ? std::min(rest.find(']'), rest.size()) : 0;
  auto const colon = std::min(rest.find(':', close), rest.size());
  out.host = trim(rest.substr(0, colon));
  out.port = trim(rest.substr(std::min(colon + 1, rest.size())));
  return out;
}

std::optional<std::string> parameter(std::string_view value, std::string_view name) {
  auto const parts = cut(value, ';');
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto const equal = std::min(parts[i].find('='), parts[i].size());
    if (!iequals(trim(std::string_view(parts[i]).substr(0, equal)), name)) continue;
    return std::string(trim(std::string_view(parts[i]).substr(std::min(equal + 1, parts[i].size()))));
  }
  return std::nullopt;
}

std::optional<std::uint64_t> number(std::string_view text, std::uint64_t most) {
  if (text.empty()) return std::nullopt;
  std::uint64_t sum = 0;
  for (char const c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    auto const digit = static_cast<std::uint64_t>(c - '0');
    if (sum > (most - std::min(most, digit)) / 10) return std::nullopt;
    sum = sum * 10 + digit;
  }
  return sum <= most ? std::optional(sum) : std::nullopt;
}

std::optional<CSeq> cseq(std::string_view text) {
  auto const space = text.find_first_of(" \t\r\n");
  if (space == std::string_view::npos) return std::nullopt;
  auto const read = number(text.substr(0, space), (1U << 31) - 1);
  auto const method = trim(text.substr(space));
  if (!read || !is_of(method, "-.!%*_+`'~") || !text.ends_with(method)) return std::nullopt;
  return CSeq{*read, std::string(method)};
}

bool is_call_id(std::string_view text) {
  auto const words = split(text, '@');
  return words.size() <= 2 && std::ranges::all_of(words, [](auto w) { return is_of(w, "-.!%*_+`'~()<>:\\\"/[]?{}"); });
}

}  // namespace tollgate::fuzz::naive
