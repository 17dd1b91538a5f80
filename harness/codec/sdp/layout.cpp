/// session-description = v o s [i] [u] *e *p [c] *b 1*time [k] *a *media
///   time  = t [ 1*r [z] ], also with z right behind t, as RFC 4566 5 had it
///   media = m [i] *c *b [k] *a;  each `type "=" byte-string CRLF`   (RFC 8866 5, 9)
#include "codec/sdp/layout.hpp"

#include <algorithm>
#include <array>

#include "base/char_set.hpp"

namespace tollgate::sdp {

static constexpr std::string_view grammar = "RFC 8866 9";
static constexpr std::string_view order = "RFC 8866 5";
static constexpr std::size_t type_size = 2;  // the letter and "="

namespace {

/// The line types of a section in their order, each letter's place among them from 1; 0 for what cannot stand there.
class Order {
 public:
  consteval explicit Order(std::string_view types, std::string_view repeatable) : repeatable_(repeatable) {
    for (std::size_t i = 0; i < types.size(); ++i) ranks_[static_cast<std::size_t>(types[i] - 'a')] = i + 1;
  }
  [[nodiscard]] std::size_t rank(char type) const { return ranks_[static_cast<std::size_t>(type - 'a')]; }
  [[nodiscard]] bool may_repeat(char type) const { return repeatable_.contains(type); }

 private:
  std::array<std::size_t, 26> ranks_{};
  CharSet repeatable_;
};

constexpr Order session_order("vosiuepcbtrzka", "epbtra");
constexpr Order media_order("micbka", "cba");
constexpr std::string_view mandatory = "vost";

}  // namespace

std::string_view Layout::missing() const {
  return mandatory.substr(next_mandatory_, 1);
}

std::string_view Layout::step(char type) {
  if (type == 'm') {
    if (!missing().empty()) return missing();
    in_media_ = true;
    last_ = media_order.rank('m');
    return {};
  }
  auto const& types = in_media_ ? media_order : session_order;
  auto const rank = types.rank(type);
  if (rank == 0) return "type";
  if (next_mandatory_ < mandatory.size()) {
    char const next = mandatory[next_mandatory_];
    if (type != next && rank > session_order.rank(next)) return missing();
    if (type == next) ++next_mandatory_;
  }
  bool const is_another_time = !in_media_ && type == 't' && (last_ == session_order.rank('r') || last_ == session_order.rank('z'));
  bool const is_again = rank == last_ && types.may_repeat(type);
  if (rank <= last_ && !is_again && !is_another_time) return "order";
  last_ = rank;
  return {};
}

Parsed<void> Layout::cut(LineView& out) {
  auto const begin = at_;
  auto const stop = std::min(line_ends_.find_either(begin), text_.size());
  auto line = text_.substr(begin, stop - begin);
  auto const rest = text_.substr(stop);
  std::size_t const end_size = rest.starts_with('\n') ? 1 : rest.starts_with("\r\n") ? 2 : 0;
  bool const is_whole = end_size > 0 || rest.empty();
  at_ = is_whole ? stop + end_size : std::min(line_ends_.find_first(stop), text_.size() - 1) + 1;
  if (line.empty() || line[0] < 'a' || line[0] > 'z') return invalid(begin, "type", order, "expected a lower-case letter");
  if (line.size() < type_size || line[1] != '=') return invalid(begin + 1, "type", order, "expected = behind the type");
  if (has_nul_) line = line.substr(0, line.find('\0'));
  if (!is_whole || line.size() < stop - begin) return invalid(begin + line.size(), "byte-string", grammar, "CR or NUL");
  out = {line[0], {line.substr(type_size), begin + type_size}, rest.substr(0, end_size)};
  return {};
}

static Parsed<void> check_version(Piece const& value) {
  if (value.text != "0") return invalid(value.offset, "proto-version", "RFC 8866 5.1", "not 0");
  return {};
}

/// Six parts with a space between; what they are is read by parse_origin.
static Parsed<void> check_origin(Piece const& value) {
  constexpr std::string_view clause = "RFC 8866 5.2";
  constexpr std::size_t parts_wanted = 6;
  std::size_t parts = 1;
  for (std::size_t i = 0, begin = 0; i <= value.text.size(); ++i) {
    if (i < value.text.size() && value.text[i] != ' ') continue;
    if (i == begin) return invalid(value.offset + i, "origin-field", clause, "an empty part");
    if (i < value.text.size()) ++parts;
    begin = i + 1;
  }
  if (parts != parts_wanted) return invalid(value.offset, "origin-field", clause, "not six parts");
  return {};
}

Parsed<void> Layout::next(LineView& line) {
  auto const begin = at_;
  if (auto const read = cut(line); !read) return read;
  if (auto const broken = step(line.type); !broken.empty())
    return invalid(begin, broken, order, broken.size() == 1 ? "must come before" : "cannot stand here");
  if (line.type == 'v') return check_version(line.value);
  return line.type == 'o' ? check_origin(line.value) : Parsed<void>();
}

Parsed<void> Layout::finish() const {
  if (!missing().empty()) return invalid(text_.size(), missing(), order, "missing");
  return {};
}

}  // namespace tollgate::sdp
