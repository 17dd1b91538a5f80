#pragma once
/// Finds line feeds and colons, 64 octets at a look: each block of the text is read once and becomes two bit masks.
/// Written with the compiler's vectors, so that SSE2, AVX2 and NEON each get their own instructions from one source.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tollgate::sip {

class Marks {
 public:
  static constexpr std::size_t none = std::string_view::npos;

  explicit Marks(std::string_view text) : text_(text), block_(look(text)) {}

  /// The first LF at or behind `at`.
  [[nodiscard, gnu::always_inline]] std::size_t line_feed(std::size_t at) { return find<false>(at); }
  /// The first LF or colon at or behind `at`.
  [[nodiscard, gnu::always_inline]] std::size_t line_feed_or_colon(std::size_t at) { return find<true>(at); }

 private:
  static constexpr std::size_t block_size = 64;

  /// One bit for each octet of a block.
  struct Block {
    std::uint64_t line_feeds = 0;
    std::uint64_t colons = 0;

    template <bool colons_too>
    [[nodiscard]] std::uint64_t marks() const {
      return colons_too ? line_feeds | colons : line_feeds;
    }
  };
  /// The block that `text` begins with; octets that are missing bear no mark. Kept out of line, where the compiler is
  /// sure to use its vector instructions.
  [[nodiscard, gnu::noinline]] static Block look(std::string_view text);

  template <bool colons_too>
  [[gnu::always_inline]] std::size_t find(std::size_t at) {
    if (at >= text_.size()) return none;
    if (at - begin_ >= block_size) move_to(at / block_size * block_size);
    if (auto const found = block_.marks<colons_too>() >> at % block_size; found != 0)
      return at + static_cast<std::size_t>(std::countr_zero(found));
    while (text_.size() - begin_ > block_size) {
      move_to(begin_ + block_size);
      if (auto const found = block_.marks<colons_too>(); found != 0)
        return begin_ + static_cast<std::size_t>(std::countr_zero(found));
    }
    return none;
  }
  void move_to(std::size_t begin) {
    begin_ = begin;
    block_ = look(text_.substr(begin));
  }

  std::string_view text_;
  std::size_t begin_ = 0;  ///< of the block that is held
  Block block_;
};

}  // namespace tollgate::sip
