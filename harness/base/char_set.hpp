#pragma once
/// A set of octets, made at compile time as an ABNF writes it and asked with one look into a table.
#include <array>
#include <cstddef>
#include <string_view>

namespace tollgate {

class CharSet {
 public:
  constexpr CharSet() = default;
  consteval explicit CharSet(std::string_view members) {
    for (char c : members) holds_[static_cast<unsigned char>(c)] = true;
  }
  /// Both ends included, as in %x41-5A.
  static consteval CharSet range(char first, char last) {
    CharSet set;
    for (auto c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c) {
      set.holds_[c] = true;
      if (c == 0xff) break;
    }
    return set;
  }
  [[nodiscard]] consteval CharSet operator|(CharSet const& other) const {
    CharSet both = *this;
    for (std::size_t i = 0; i < both.holds_.size(); ++i) both.holds_[i] = holds_[i] || other.holds_[i];
    return both;
  }
  [[nodiscard]] consteval CharSet operator|(std::string_view members) const { return *this | CharSet(members); }
  [[nodiscard]] consteval CharSet operator-(std::string_view members) const {
    CharSet rest = *this;
    for (char c : members) rest.holds_[static_cast<unsigned char>(c)] = false;
    return rest;
  }

  [[nodiscard]] constexpr bool contains(char c) const { return holds_[static_cast<unsigned char>(c)]; }
  /// How many octets of `text` from `at` on are members, up to the first that is none. Four at a time, for that is what
  /// most of the reading of text protocols consists of.
  [[nodiscard]] constexpr std::size_t run(std::string_view text, std::size_t at = 0) const {
    auto end = at;
    for (; end + 4 <= text.size(); end += 4) {
      if (!contains(text[end])) return end - at;
      if (!contains(text[end + 1])) return end + 1 - at;
      if (!contains(text[end + 2])) return end + 2 - at;
      if (!contains(text[end + 3])) return end + 3 - at;
    }
    while (end < text.size() && contains(text[end])) ++end;
    return end - at;
  }

 private:
  std::array<bool, 256> holds_{};
};

}  // namespace tollgate
