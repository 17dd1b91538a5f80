#pragma once
/// Finds two kinds of octets in a text, 64 octets at a look: each block of the text is read once and becomes two bit
/// masks. Written with the compiler's vectors, so that SSE2, AVX2 and NEON each get their own instructions from one
/// source.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tollgate {

template <char first, char second>
class Marks {
 public:
  static constexpr std::size_t none = std::string_view::npos;

  explicit Marks(std::string_view text) : text_(text), block_(look(text)) {}

  /// Where `first` stands at or behind `at`.
  [[nodiscard, gnu::always_inline]] std::size_t find_first(std::size_t at) { return find<false>(at); }
  /// Where either stands at or behind `at`.
  [[nodiscard, gnu::always_inline]] std::size_t find_either(std::size_t at) { return find<true>(at); }

 private:
  static constexpr std::size_t block_size = 64;

  /// One bit for each octet of a block.
  struct Block {
    std::uint64_t firsts = 0;
    std::uint64_t seconds = 0;

    template <bool either>
    [[nodiscard]] std::uint64_t marks() const {
      return either ? firsts | seconds : firsts;
    }
  };

  /// The block that `text` begins with; octets that are missing bear no mark. Kept out of line, where the compiler is
  /// sure to use its vector instructions.
  [[nodiscard, gnu::noinline]] static Block look(std::string_view text) {
    using Lanes = char __attribute__((ext_vector_type(block_size)));
    using Bits = bool __attribute__((ext_vector_type(block_size)));
    Lanes octets = 0;
    if (text.size() >= block_size)
      std::memcpy(&octets, text.data(), block_size);
    else if (!text.empty())
      std::memcpy(&octets, text.data(), text.size());
    auto const where = [&](char c) { return std::bit_cast<std::uint64_t>(__builtin_convertvector(octets == c, Bits)); };
    static_assert(first != 0 && second != 0, "missing octets are zero");
    return {where(first), where(second)};
  }

  template <bool either>
  [[gnu::always_inline]] std::size_t find(std::size_t at) {
    if (at >= text_.size()) return none;
    if (at - begin_ >= block_size) move_to(at / block_size * block_size);
    if (auto const found = block_.template marks<either>() >> at % block_size; found != 0)
      return at + static_cast<std::size_t>(std::countr_zero(found));
    while (text_.size() - begin_ > block_size) {
      move_to(begin_ + block_size);
      if (auto const found = block_.template marks<either>(); found != 0) return begin_ + static_cast<std::size_t>(std::countr_zero(found));
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

}  // namespace tollgate
