/// session-description = v o s [i] [u] *e *p [c] *b 1*time [k] *a *media
///   time  = t [ 1*r [z] ], also with z right behind t, as RFC 4566 5 had it
///   media = m [i] *c *b [k] *a;  each `type "=" byte-string CRLF`   (RFC 8866 5, 9)
#include "codec/sdp/layout.hpp"

#include <algorithm>

namespace tollgate::sdp {

static constexpr std::string_view grammar = "RFC 8866 9";
static constexpr std::string_view order = "RFC 8866 5";
static constexpr std::size_t type_size = 2;  // the letter and "="

std::string_view Layout::missing() const {
  return place_.mandatory.substr(place_.next_mandatory, 1);
}

std::string_view Layout::step(char type) {
  bool const is_complete = place_.next_mandatory == place_.mandatory.size();
  if (is_complete && type == place_.types[place_.last] && place_.repeatable.contains(type)) return {};
  if (type == 'm') {
    if (!missing().empty()) return missing();
    place_ = {.types = "micbka", .repeatable = "cba", .mandatory = "m", .next_mandatory = 1, .last = 0};
    return {};
  }
  auto const at = place_.types.find(type);
  if (at == std::string_view::npos) return "type";
  if (missing().starts_with(type)) {
    if (at < place_.last) return "order";
    ++place_.next_mandatory;
    place_.last = at;
    return {};
  }
  auto const next_mandatory_at = missing().empty() ? place_.types.size() : place_.types.find(missing());
  if (at > next_mandatory_at) return missing();
  char const last = place_.types[place_.last];
  bool const is_another_time = type == 't' && (last == 'r' || last == 'z');
  bool const is_again = at == place_.last && place_.repeatable.contains(type);
  if (at <= place_.last && !is_again && !is_another_time) return "order";
  place_.last = at;
  return {};
}

/// The line at `at_`, which moves behind it whatever it is.
Parsed<LineView> Layout::cut_line() {
  auto const begin = at_;
  auto const lf = std::min(text_.find('\n', begin), text_.size());
  at_ = std::min(lf + 1, text_.size());
  auto line = text_.substr(begin, lf - begin);
  auto const cr = line.find('\r');
  bool const has_lf = lf < text_.size();
  bool const has_crlf = has_lf && cr + 1 == line.size();
  std::string_view const end = has_crlf ? "\r\n" : has_lf ? "\n" : "";
  if (has_crlf) line.remove_suffix(1);
  if (line.empty() || line[0] < 'a' || line[0] > 'z')
    return invalid(begin, "type", order, "expected a lower-case letter");
  if (line.size() < type_size || line[1] != '=') return invalid(begin + 1, "type", order, "expected = behind the type");
  auto const value = line.substr(type_size);
  if (auto const bad = std::min(has_crlf ? line.size() : cr, line.find('\0')); bad < line.size())
    return invalid(begin + bad, "byte-string", grammar, "CR or NUL");
  return LineView{line[0], {value, begin + type_size}, end};
}

/// What the value of a v= or o= line must be for its description to be read at all.
static Parsed<void> check_value(LineView const& line) {
  auto const& [text, at] = line.value;
  if (line.type == 'v' && text != "0") return invalid(at, "proto-version", "RFC 8866 5.1", "not 0");
  if (line.type != 'o') return {};
  constexpr auto spaces_between = 5;
  if (text.starts_with(' ')) return invalid(at, "origin-field", "RFC 8866 5.2", "an empty part");
  if (auto const two = text.find("  "); two != std::string_view::npos)
    return invalid(at + two + 1, "origin-field", "RFC 8866 5.2", "an empty part");
  if (text.ends_with(' ')) return invalid(at + text.size(), "origin-field", "RFC 8866 5.2", "an empty part");
  if (std::ranges::count(text, ' ') != spaces_between)
    return invalid(at, "origin-field", "RFC 8866 5.2", "not six parts");
  return {};
}

Parsed<LineView> Layout::next() {
  auto const begin = at_;
  auto const line = cut_line();
  if (!line) return line;
  if (auto const broken = step(line->type); !broken.empty())
    return invalid(begin, broken, order, broken.size() == 1 ? "must come before" : "cannot stand here");
  if (auto const good = check_value(*line); !good) return std::unexpected(good.error());
  return line;
}

Parsed<void> Layout::finish() const {
  if (!missing().empty()) return invalid(text_.size(), missing(), order, "missing");
  return {};
}

}  // namespace tollgate::sdp
