#pragma once
/// Where the lines of a session description stand, found in one pass and without a heap allocation (RFC 8866 5). It
/// reads the same grammar as `Description` and refuses the same texts; it owns nothing and points into the text given.
/// An Index holds `lines_max` lines: a text with more is refused with What::limit, and `Description`, which takes 1024,
/// still reads it.
#include <array>
#include <span>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sdp/layout.hpp"

namespace tollgate::sdp {

class Index {
 public:
  static constexpr std::size_t lines_max = 128;

  Index() {}  ///< Of no text. Not defaulted, for that would set every line first.
  [[nodiscard]] static Parsed<Index> parse(std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t size() const { return count_; }
  /// The `nth` line, counted from 0.
  [[nodiscard]] LineView line(std::size_t nth) const;
  [[nodiscard]] char type(std::size_t nth) const { return text_[slots_[nth].value_at - 2]; }
  [[nodiscard]] std::string_view value(std::size_t nth) const { return text_.substr(slots_[nth].value_at, slots_[nth].value_size); }

 private:
  struct Slot {
    std::uint32_t value_at, value_size;
  };

  [[nodiscard]] Parsed<void> read(std::string_view text);

  std::string_view text_;
  std::size_t count_ = 0;
  std::array<Slot, lines_max> slots_;  ///< the first `count_` are set
};

}  // namespace tollgate::sdp
