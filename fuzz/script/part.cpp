#include "fuzz/script/part.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "base/text.hpp"
#include "fuzz/mutate/raw_avps.hpp"

namespace tollgate::fuzz {

namespace {

struct Range {
  std::size_t at = 0, count = 0;
};

/// "120+40"
std::optional<Range> read_range(std::string_view word) {
  auto const plus = word.find('+');
  if (plus == std::string_view::npos) return std::nullopt;
  auto const at = to_number<std::size_t>(word.substr(0, plus)), count = to_number<std::size_t>(word.substr(plus + 1));
  if (!at || !count || *count == 0) return std::nullopt;
  return Range{*at, *count};
}

bool is_diameter(trace::Channel channel, std::string_view octets) {
  return channel == trace::Channel::ch2 && octets.starts_with('\1');
}

/// A header field: its name, and where it stands with its folds and line end.
struct Field {
  std::string_view name;
  Range range;
};

struct Head {
  std::vector<Field> fields;
  std::size_t body = std::string_view::npos;  ///< where it begins
};

/// As the octets stand there: no line end is mended.
Head head_of(std::string_view octets) {
  Head out;
  for (std::size_t at = std::min(octets.find('\n'), octets.size() - 1) + 1; at < octets.size();) {
    auto const end = std::min(octets.find('\n', at), octets.size() - 1) + 1;
    auto const line = octets.substr(at, end - at);
    if (trim(line).empty()) {
      out.body = end;
      break;
    }
    bool const is_fold = line.starts_with(' ') || line.starts_with('\t');
    if (is_fold && !out.fields.empty())
      out.fields.back().range.count += line.size();
    else if (line.contains(':'))
      out.fields.push_back({trim(line.substr(0, line.find(':'))), {at, line.size()}});
    at = end;
  }
  return out;
}

std::string without_fields(std::string_view octets, std::string_view name) {
  std::string out(octets);
  auto const head = head_of(octets);
  for (auto field = head.fields.rbegin(); field != head.fields.rend(); ++field)
    if (iequals(field->name, name)) out.erase(field->range.at, field->range.count);
  return out;
}

std::string without_avps(std::string_view octets, std::uint32_t code) {
  auto message = read_raw_message(octets);
  if (!message) return std::string(octets);
  return std::erase_if(message->avps, [code](auto const& avp) { return avp.code == code; }) == 0 ? std::string(octets) : message->write();
}

/// Where the Content-Length stands that says how long the body is; nothing where none says it rightly.
std::optional<Range> right_length(std::string_view octets) {
  auto const head = head_of(octets);
  if (head.body == std::string_view::npos) return std::nullopt;
  for (auto const& [name, range] : head.fields) {
    if (!iequals(name, "Content-Length") && !iequals(name, "l")) continue;
    auto const field = octets.substr(range.at, range.count);
    auto const value = trim(field.substr(field.find(':') + 1));
    if (to_number<std::size_t>(value) != octets.size() - head.body) return std::nullopt;
    return Range{static_cast<std::size_t>(value.data() - octets.data()), value.size()};
  }
  return std::nullopt;
}

std::string without_octets(trace::Channel channel, std::string_view octets, Range range) {
  std::string out(octets);
  if (range.at >= out.size()) return out;
  out.erase(range.at, range.count);
  constexpr std::size_t diameter_header = 20;
  if (is_diameter(channel, octets)) {
    bool const was_right = octets.size() >= diameter_header && from_big_endian(octets.substr(1, 3)) == octets.size();
    if (was_right && out.size() >= diameter_header && range.at >= 4) out.replace(1, 3, big_endian(out.size(), 3));
    return out;
  }
  auto const length = right_length(octets);
  if (!length || range.at < length->at + length->count) return out;
  auto const body = head_of(out).body;
  return body == std::string_view::npos ? out : out.replace(length->at, length->count, fmt::format("{}", out.size() - body));
}

}  // namespace

bool is_part(std::string_view word) {
  constexpr std::string_view of_token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_`'~";
  return read_range(word) || (!word.empty() && word.find_first_not_of(of_token) == std::string_view::npos);
}

std::string without(trace::Channel channel, std::string_view octets, std::string_view part) {
  if (octets.empty()) return "";
  if (auto const range = read_range(part)) return without_octets(channel, octets, *range);
  if (!is_diameter(channel, octets)) return without_fields(octets, part);
  auto const code = to_number<std::uint32_t>(part);
  return code ? without_avps(octets, *code) : std::string(octets);
}

std::vector<std::string> parts_of(trace::Channel channel, std::string_view octets) {
  std::vector<std::string> out;
  auto const add = [&out](std::string name) {
    if (is_part(name) && std::ranges::find(out, name) == out.end()) out.push_back(std::move(name));
  };
  if (octets.empty()) return out;
  if (!is_diameter(channel, octets)) {
    for (auto const& field : head_of(octets).fields) add(std::string(field.name));
  } else if (auto const message = read_raw_message(octets)) {
    for (auto const& avp : message->avps) add(fmt::format("{}", avp.code));
  }
  return out;
}

}  // namespace tollgate::fuzz
