#pragma once
/// The session's lines or those of one media description, with where each stands in the text (RFC 8866 5).
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sdp/description.hpp"

namespace tollgate::sdp {

/// A piece of a line and its offset in `Description::write()`.
struct Piece {
  std::string_view text;
  std::size_t offset = 0;
};

/// Lines [begin, end) of a description, which must outlive it.
class Section {
 public:
  Section(Description const& description, std::size_t begin, std::size_t end);

  /// The value of the `index`th line of the section.
  [[nodiscard]] Piece at(std::size_t index) const;
  /// The value of the first line of that type.
  [[nodiscard]] std::optional<Piece> find(char type) const;
  /// What follows "name:" in the a= line of that name; nothing if absent. Refuses a second one.
  [[nodiscard]] Parsed<std::optional<Piece>> attribute(std::string_view name) const;
  /// An a= line that is just this name.
  [[nodiscard]] std::optional<Piece> flag(std::string_view name) const;

 private:
  Description const* description_;
  std::size_t begin_;
  std::size_t end_;
};

}  // namespace tollgate::sdp
