#pragma once
/// How a SIP message is laid out in lines (RFC 3261 7, 25.1): the one reading of that grammar, on which `Index`,
/// `Message::parse`, `frame` and `judge` all stand.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/marks.hpp"
#include "base/parsed.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/name.hpp"

namespace tollgate::sip {

/// What a reader accepts at most; over it is `What::limit`, never a crash (RFC 3261 sets no sizes). A datagram has 65535 octets, a
/// stream may bring a MESSAGE of a megabyte.
struct Limits {
  std::size_t octets = std::size_t{2} << 20;
  std::size_t fields = 256;
};

struct StartLine {
  std::string_view method, request_uri, reason;
  int status = 0;
};
/// The line without its end.
[[nodiscard]] Parsed<StartLine> parse_start_line(std::string_view line);

/// One header field as it stands in its message.
struct FieldView {
  Name name = Name::unknown;
  std::string_view spelling;  ///< the name as written: "v", "VIA"
  std::string_view value;     ///< without leading and trailing white space; folding kept
  std::string_view raw;       ///< the whole line with its folding and line end; empty when we made the field
};

/// A header field's line, folded continuation lines included (RFC 3261 7.3.1): where its parts stand in the message.
struct FieldLine {
  std::size_t begin = 0;
  std::size_t name_end = 0;                    ///< of the name, which starts where the line does
  std::size_t value_begin = 0, value_end = 0;  ///< of the value without white space around it
  std::size_t next = 0;                        ///< behind the line end
  bool has_colon = false;                      ///< without one, name and value are empty
};

/// Reads a message line by line.
class Layout {
 public:
  enum class Step : std::uint8_t { field, blank_line, cut };

  /// CRLFs and LFs before the start line are stepped over (RFC 3261 7.5).
  explicit Layout(std::string_view octets);

  /// False when the start line has no end.
  [[nodiscard]] bool has_start_line() const { return start_lf_ != none; }
  [[nodiscard]] std::size_t start_begin() const { return start_begin_; }
  [[nodiscard]] std::string_view start_line() const;  ///< without its end
  /// Where the next line begins: the first field's, the one behind the field read last, the body.
  [[nodiscard]] std::size_t at() const { return at_; }

  /// The next line of the header section. It is `cut` when its end is not there yet: the octet behind a field's line
  /// end decides whether the field goes on.
  [[nodiscard, gnu::always_inline]] Step next(FieldLine& line) {
    auto const begin = at_;
    if (begin >= octets_.size()) return Step::cut;
    if (octets_[begin] == '\n' || octets_.substr(begin, 2) == "\r\n") {
      at_ = begin + (octets_[begin] == '\n' ? 1 : 2);
      return Step::blank_line;
    }
    auto const mark = marks_.find_either(begin);
    if (mark == none) return Step::cut;
    bool const has_colon = octets_[mark] == ':';
    auto lf = has_colon ? marks_.find_first(mark) : mark;
    for (;; lf = marks_.find_first(lf + 1)) {
      if (lf == none || lf + 1 == octets_.size()) return Step::cut;
      if (!is_blank(octets_[lf + 1])) break;
    }
    line = {begin, begin, begin, begin, lf + 1, has_colon};
    if (has_colon) split(line, mark);
    at_ = lf + 1;
    return Step::field;
  }

  /// The name, value and raw octets of a line that has a colon. A name that is no token is spelled as it stands.
  [[nodiscard]] FieldView view(FieldLine const& line) const;
  /// Where a line without a colon ought to have one.
  [[nodiscard]] ParseError missing_colon(FieldLine const& line) const;

 private:
  /// Sets the ends of name and value around the colon.
  [[gnu::always_inline]] void split(FieldLine& line, std::size_t colon) const {
    line.name_end = colon;
    while (line.name_end > line.begin && is_blank(octets_[line.name_end - 1])) --line.name_end;
    line.value_begin = colon + 1;
    line.value_end = line.next - 1;
    while (line.value_end > line.value_begin && is_space(octets_[line.value_end - 1])) --line.value_end;
    while (line.value_begin < line.value_end && is_space(octets_[line.value_begin])) ++line.value_begin;
  }
  static bool is_blank(char c) { return c == ' ' || c == '\t'; }

  static constexpr std::size_t none = std::string_view::npos;

  std::string_view octets_;
  Marks<'\n', ':'> marks_;
  std::size_t start_begin_;
  std::size_t start_lf_;
  std::size_t at_;
};

}  // namespace tollgate::sip
