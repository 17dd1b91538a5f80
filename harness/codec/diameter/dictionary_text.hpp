#pragma once
/// Words and signs of `dictionary.dia`. White space and comments (`#` or `;` to the end of the line) only separate
/// them.
#include <cstddef>
#include <string_view>

namespace tollgate::diameter {

/// A word (letters, digits, `-`, `_`, `.`, `/`), one of the signs `@ < > { } [ ] * , :`, or `::=`; empty at the end.
struct Token {
  std::string_view text;
  std::size_t offset = 0;

  [[nodiscard]] bool is(std::string_view expected) const { return text == expected; }
  [[nodiscard]] bool is_word() const;
};

/// Reads one token after the other, with one token of foresight.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) { next_ = read(); }

  [[nodiscard]] Token const& peek() const { return next_; }
  [[nodiscard]] bool at_end() const { return next_.text.empty(); }
  Token take();
  /// Takes the next token if it is `expected`.
  bool take_if(std::string_view expected);

 private:
  [[nodiscard]] Token read();

  std::string_view text_;
  std::size_t at_ = 0;
  Token next_;
};

}  // namespace tollgate::diameter
