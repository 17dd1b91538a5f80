/// session-description = v o s [i] [u] *e *p [c] *b 1*time [k] *a *media
///   time  = t [ 1*r [z] ], also with z right behind t, as RFC 4566 5 had it
///   media = m [i] *c *b [k] *a;  each `type "=" byte-string CRLF`   (RFC 8866 5, 9)
#include "codec/sdp/description.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tollgate::sdp {

namespace {

constexpr std::string_view grammar = "RFC 8866 9";
constexpr std::string_view order = "RFC 8866 5";
constexpr std::size_t lines_max = 1024;

/// Where in a description we are: the types of a section in their order, and the last one seen.
struct Place {
  std::string_view types = "vosiuepcbtrzka";
  std::string_view repeatable = "epbtra";
  std::string_view mandatory = "vost";
  std::size_t next_mandatory = 0;
  std::size_t last = 0;
};

/// The rule that a line of `type` breaks at this place, or "" after moving there.
std::string_view step(Place& place, char type) {
  auto const missing = [&] { return place.mandatory.substr(place.next_mandatory, 1); };
  if (type == 'm') {
    if (!missing().empty()) return missing();
    place = {.types = "micbka", .repeatable = "cba", .mandatory = "m", .next_mandatory = 1, .last = 0};
    return {};
  }
  auto const at = place.types.find(type);
  if (at == std::string_view::npos) return "type";
  if (place.mandatory.substr(place.next_mandatory).starts_with(type)) {
    if (at < place.last) return "order";
    ++place.next_mandatory;
    place.last = at;
    return {};
  }
  auto const next_mandatory_at = missing().empty() ? place.types.size() : place.types.find(missing());
  if (at > next_mandatory_at) return missing();
  char const last = place.types[place.last];
  bool const is_another_time = type == 't' && (last == 'r' || last == 'z');
  bool const is_again = at == place.last && place.repeatable.contains(type);
  if (at <= place.last && !is_again && !is_another_time) return "order";
  place.last = at;
  return {};
}

/// The line that starts at `at` of `text`.
Parsed<Line> parse_line(std::string_view text, std::size_t at) {
  auto const lf = std::min(text.find('\n', at), text.size());
  auto line = text.substr(at, lf - at);
  std::string_view end = lf == text.size() ? "" : "\n";
  if (!end.empty() && line.ends_with('\r')) {
    line.remove_suffix(1);
    end = "\r\n";
  }
  if (line.empty() || line[0] < 'a' || line[0] > 'z') return invalid(at, "type", order, "expected a lower-case letter");
  if (line.size() < 2 || line[1] != '=') return invalid(at + 1, "type", order, "expected = behind the type");
  auto const value = line.substr(2);
  if (auto const bad = value.find_first_of({"\r\0", 2}); bad != std::string_view::npos)
    return invalid(at + 2 + bad, "byte-string", grammar, "CR or NUL");
  return Line{line[0], std::string(value), std::string(end)};
}

/// What the value of a v= or o= line, which starts at `at`, must be.
Parsed<void> check_value(Line const& line, std::size_t at) {
  if (line.type == 'v' && line.value != "0") return invalid(at, "proto-version", "RFC 8866 5.1", "not 0");
  if (line.type != 'o') return {};
  auto const parts = split(line.value, ' ');
  for (auto const part : parts)
    if (part.empty())
      return invalid(at + static_cast<std::size_t>(part.data() - line.value.data()), "origin-field", "RFC 8866 5.2",
                     "an empty part");
  if (parts.size() != 6) return invalid(at, "origin-field", "RFC 8866 5.2", "not six parts");
  return {};
}

}  // namespace

Parsed<Description> Description::parse(std::string_view text) {
  Description description;
  Place place;
  for (std::size_t at = 0; at < text.size();) {
    auto line = parse_line(text, at);
    if (!line) return std::unexpected(line.error());
    if (auto const broken = step(place, line->type); !broken.empty())
      return invalid(at, broken, order, broken.size() == 1 ? "must come before" : "cannot stand here");
    if (auto const good = check_value(*line, at + 2); !good) return std::unexpected(good.error());
    if (description.lines.size() == lines_max) return over_limit(at, "session-description", grammar, "too many lines");
    at += 2 + line->value.size() + line->end.size();
    description.lines.push_back(std::move(*line));
  }
  auto const missing = place.mandatory.substr(place.next_mandatory, 1);
  if (!missing.empty()) return invalid(text.size(), missing, order, "missing");
  return description;
}

std::string Description::write() const {
  std::string text;
  for (auto const& line : lines) text.append(1, line.type).append("=").append(line.value).append(line.end);
  return text;
}

}  // namespace tollgate::sdp
