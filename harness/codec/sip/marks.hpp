#pragma once
/// Finds line feeds and colons, 64 octets at a look: each block of the text is read once and becomes two bit masks.
/// Written with the compiler's vectors, so that SSE2, AVX2 and NEON each get their own instructions from one source.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tollgate::sip {

class Marks {
 public:
  static constexpr std::size_t none = std::string_view::npos;

  explicit Marks(std::string_view text) : text_(text) {}

  /// The first LF at or behind `at`.
  [[nodiscard]] std::size_t line_feed(std::size_t at) { return find<false>(at); }
  /// The first LF or colon at or behind `at`.
  [[nodiscard]] std::size_t line_feed_or_colon(std::size_t at) { return find<true>(at); }

 private:
  static constexpr std::size_t block_size = 64;
  using Block = char __attribute__((ext_vector_type(block_size)));
  using Bits = bool __attribute__((ext_vector_type(block_size)));

  static std::uint64_t where(Block const& block, char c) {
    return std::bit_cast<std::uint64_t>(__builtin_convertvector(block == c, Bits));
  }

  void load(std::size_t begin) {
    Block block = 0;
    auto const left = text_.size() - begin;
    if (left >= block_size)
      std::memcpy(&block, text_.data() + begin, block_size);
    else
      std::memcpy(&block, text_.data() + begin, left);
    begin_ = begin;
    line_feeds_ = where(block, '\n');
    colons_ = where(block, ':');
  }

  template <bool colons_too>
  std::size_t find(std::size_t at) {
    if (at >= text_.size()) return none;
    auto begin = at / block_size * block_size;
    if (begin != begin_) load(begin);
    auto found = (colons_too ? line_feeds_ | colons_ : line_feeds_) >> at % block_size << at % block_size;
    while (found == 0) {
      begin += block_size;
      if (begin >= text_.size()) return none;
      load(begin);
      found = colons_too ? line_feeds_ | colons_ : line_feeds_;
    }
    return begin + static_cast<std::size_t>(std::countr_zero(found));
  }

  std::string_view text_;
  std::size_t begin_ = none;  ///< of the block whose masks are held
  std::uint64_t line_feeds_ = 0;
  std::uint64_t colons_ = 0;
};

}  // namespace tollgate::sip
