#pragma once
/// The words of a line, cut at single spaces, each with its offset.
#include <cstddef>
#include <optional>
#include <string_view>

#include "codec/sdp/layout.hpp"

namespace tollgate::sdp {

class Words {
 public:
  explicit Words(Piece line) : rest_(line), more_(true) {}

  /// The next word, "" between two spaces; nothing behind the last.
  [[nodiscard]] std::optional<Piece> next() {
    if (!more_) return std::nullopt;
    auto const space = rest_.text.find(' ');
    Piece const word{rest_.text.substr(0, space), rest_.offset};
    more_ = space != std::string_view::npos;
    if (more_) rest_ = {rest_.text.substr(space + 1), rest_.offset + space + 1};
    return word;
  }
  /// The next word, or an empty one where the line ended.
  [[nodiscard]] Piece next_or_end() { return next().value_or(Piece{{}, rest_.offset + rest_.text.size()}); }
  /// All that no `next` has given.
  [[nodiscard]] Piece rest() const { return rest_; }
  [[nodiscard]] bool at_end() const { return !more_; }

 private:
  Piece rest_;
  bool more_;
};

}  // namespace tollgate::sdp
