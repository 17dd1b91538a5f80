#include "fields/sdp.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/text.hpp"
#include "codec/msrp/uri.hpp"
#include "codec/sdp/description.hpp"

namespace tollgate::fields {

namespace {

using sdp::Description;
using sdp::Line;

bool is_line(Path const& path) {
  return path.name.size() == 1;
}

bool is_named(Path const& path, Line const& line) {
  if (is_line(path)) return line.type == path.name[0];
  return line.type == 'a' && line.value.substr(0, line.value.find(':')) == path.name;
}

std::string value_of(Path const& path, Line const& line) {
  if (is_line(path)) return line.value;
  auto const colon = line.value.find(':');
  return colon == std::string::npos ? "" : line.value.substr(colon + 1);
}

Line made(Path const& path, std::string const& value) {
  if (is_line(path)) return {.type = path.name[0], .value = value};
  return {.type = 'a', .value = value.empty() ? path.name : path.name + ":" + value};
}

}  // namespace

std::span<std::string_view const> words_of_line(std::string_view name) {
  static constexpr std::array<std::string_view, 6> o{"username", "sess-id", "sess-version", "nettype", "addrtype", "address"};
  static constexpr std::array<std::string_view, 3> c{"nettype", "addrtype", "address"};
  static constexpr std::array<std::string_view, 4> m{"media", "port", "proto", "fmt"};
  if (name == "o") return o;
  if (name == "c") return c;
  return name == "m" ? std::span<std::string_view const>(m) : std::span<std::string_view const>();
}

/// Of a=path, its last URI, which is the endpoint's own (RFC 4975 8.2): "scheme", "host", "port", "session-id".
static std::optional<std::string> part_of_path(std::string_view value, std::string_view part) {
  auto const uri = msrp::parse_uri(value.substr(value.rfind(' ') + 1));
  if (!uri) return std::nullopt;
  if (part == "scheme") return lower(uri->scheme);
  if (part == "host") return std::string(uri->host);
  if (part == "session-id") return std::string(uri->session_id);
  return part == "port" && uri->port ? std::optional(std::to_string(*uri->port)) : std::nullopt;
}

std::vector<std::string> read_description(Path const& path, std::string_view text) {
  std::vector<std::string> out;
  auto const description = Description::parse(text);
  if (!description) return out;
  auto const words = words_of_line(path.name);
  for (auto const& line : description->lines) {
    if (!is_named(path, line)) continue;
    auto const value = value_of(path, line);
    if (path.part.empty()) {
      out.push_back(value);
      continue;
    }
    if (path.name == "path") {
      if (auto part = part_of_path(value, path.part)) out.push_back(std::move(*part));
      continue;
    }
    auto const nth = static_cast<std::size_t>(std::ranges::find(words, path.part) - words.begin());
    auto const parts = split(value, ' ');
    if (nth < words.size() && nth < parts.size()) out.emplace_back(parts[nth]);
  }
  return out;
}

std::string edit_description(Edit const& edit, std::string_view text) {
  auto description = Description::parse(text);
  if (!description) return std::string(text);
  auto& lines = description->lines;
  auto const named = [&](Line const& line) { return is_named(edit.path, line); };
  auto const first = std::ranges::find_if(lines, named);
  if (edit.how == How::remove)
    std::erase_if(lines, named);
  else if (edit.how == How::set && first != lines.end())
    *first = made(edit.path, edit.value);
  else
    lines.push_back(made(edit.path, edit.value));
  return description->write();
}

}  // namespace tollgate::fields
