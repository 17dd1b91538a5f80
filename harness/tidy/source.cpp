// Divides a C++ file into code, comments and literals (ISO C++23 [lex.comment], [lex.ccon], [lex.string]).
// One pass from left to right; what is never closed lasts to the end of the file.
#include "tidy/source.hpp"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace tollgate::tidy {
namespace {

enum class Kind : std::uint8_t { code, comment, literal };

/// A piece of the text, from where the last one ended to `end`.
struct Piece {
  Kind kind = Kind::code;
  std::size_t end = 0;
};

std::size_t past(std::string_view text, std::string_view closing, std::size_t from) {
  auto const at = text.find(closing, from);
  return at == std::string_view::npos ? text.size() : at + closing.size();
}

/// `word` is what stands directly before the quote: R, u8R, LR and the like begin a raw string.
bool begins_raw_string(std::string_view word) {
  return word == "R" || word == "u8R" || word == "uR" || word == "UR" || word == "LR";
}

std::string_view word_before(std::string_view text, std::size_t at) {
  std::size_t from = at;
  while (from > 0 && (is_word(text[from - 1]) || text[from - 1] == '\'')) --from;
  return text.substr(from, at - from);
}

std::size_t past_quoted(std::string_view text, std::size_t open) {
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == text[open])
      return at + 1;
    else if (text[at] == '\n')
      return at;
  }
  return text.size();
}

std::size_t past_raw(std::string_view text, std::size_t quote) {
  auto const open = text.find('(', quote);
  if (open == std::string_view::npos) return text.size();
  auto const closing = fmt::format("){}\"", text.substr(quote + 1, open - quote - 1));
  return past(text, closing, open);
}

bool separates_digits(std::string_view text, std::size_t quote) {
  auto const word = word_before(text, quote);
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

Piece piece_at(std::string_view text, std::size_t at) {
  auto const rest = text.substr(at);
  if (rest.starts_with("//")) return {Kind::comment, std::min(text.find('\n', at), text.size())};
  if (rest.starts_with("/*")) return {Kind::comment, past(text, "*/", at + 2)};
  if (rest.starts_with('"') && begins_raw_string(word_before(text, at))) return {Kind::literal, past_raw(text, at)};
  if (rest.starts_with('"')) return {Kind::literal, past_quoted(text, at)};
  if (rest.starts_with('\'') && !separates_digits(text, at)) return {Kind::literal, past_quoted(text, at)};
  return {Kind::code, at + 1};
}

}  // namespace

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t find_word(std::string_view code, std::string_view word, std::size_t from) {
  for (auto at = code.find(word, from); at != std::string_view::npos; at = code.find(word, at + 1)) {
    auto const end = at + word.size();
    bool const begins = at == 0 || !is_word(code[at - 1]) || !is_word(word.front());
    bool const ends = end == code.size() || !is_word(code[end]) || !is_word(word.back());
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

std::vector<std::size_t> all_words(std::string_view code, std::string_view word) {
  std::vector<std::size_t> offsets;
  for (auto at = find_word(code, word); at != std::string_view::npos; at = find_word(code, word, at + 1)) offsets.push_back(at);
  return offsets;
}

std::size_t skip_space(std::string_view code, std::size_t from) {
  return std::min(code.find_first_not_of(" \t\r\n", from), code.size());
}

std::string describe(Complaint const& complaint) {
  return fmt::format("{}:{}: {}", complaint.file, complaint.line, complaint.what);
}

std::vector<Complaint> in_order(std::vector<Complaint> complaints) {
  std::ranges::sort(complaints, {}, [](Complaint const& one) { return std::tie(one.line, one.what); });
  return complaints;
}

Source::Source(std::string its_path, std::string its_text)
    : path(std::move(its_path)), text(std::move(its_text)), code(text), comments(text), line_starts_{0} {
  for (std::size_t at = 0; at < text.size();) {
    auto const piece = piece_at(text, at);
    for (; at < piece.end; ++at) {
      if (text[at] == '\n') {
        line_starts_.push_back(at + 1);
        continue;
      }
      if (piece.kind != Kind::code) code[at] = ' ';
      if (piece.kind != Kind::comment) comments[at] = ' ';
    }
  }
}

std::size_t Source::line_of(std::size_t offset) const {
  auto const after = std::ranges::upper_bound(line_starts_, offset);
  return static_cast<std::size_t>(after - line_starts_.begin());
}

Complaint Source::complaint(std::size_t offset, std::string what) const {
  return {.file = path, .line = line_of(offset), .what = std::move(what)};
}

}  // namespace tollgate::tidy
