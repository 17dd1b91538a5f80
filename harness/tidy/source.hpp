#pragma once
/// One C++ file as the checks see it: its text, and the same text with all that is not code (or not comment) blanked.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::tidy {

/// Something that the house style does not allow, and where.
struct Complaint {
  std::string file;
  std::size_t line = 0;
  std::string what;
};

/// `harness/codec/sip/via.cpp:12: what`.
[[nodiscard]] std::string describe(Complaint const& complaint);
/// By line, then by text.
[[nodiscard]] std::vector<Complaint> in_order(std::vector<Complaint> complaints);

/// `code` and `comments` have the size and the lines of `text`: whatever is left out stands there as spaces, so that
/// an offset means the same in all three. Strings and character literals are in neither.
struct Source {
  /// `path` is relative to the root of the repository: `harness/codec/sip/via.cpp`.
  Source(std::string path, std::string text);

  [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
  /// The line that holds the character at `offset`, counted from 1.
  [[nodiscard]] std::size_t line_of(std::size_t offset) const;
  [[nodiscard]] Complaint complaint(std::size_t offset, std::string what) const;

  std::string path;
  std::string text;
  std::string code;
  std::string comments;

 private:
  std::vector<std::size_t> line_starts_;
};

/// Letter, digit or underscore.
[[nodiscard]] bool is_word(char c);
/// The offset of the next `word` at or after `from` that is not part of a longer word; npos when there is none.
[[nodiscard]] std::size_t find_word(std::string_view code, std::string_view word, std::size_t from = 0);
/// The offsets of every such `word`.
[[nodiscard]] std::vector<std::size_t> all_words(std::string_view code, std::string_view word);
/// The offset of the first character at or after `from` that is not white space; the size when there is none.
[[nodiscard]] std::size_t skip_space(std::string_view code, std::size_t from);

}  // namespace tollgate::tidy
