/// attribute = ( attribute-name ":" attribute-value ) / attribute-name; names compare by case (RFC 8866 5.13, 9)
#include "codec/sdp/section.hpp"

#include "base/assert.hpp"

namespace tollgate::sdp {

Section::Section(Description const& description, std::size_t begin, std::size_t end)
    : description_(&description), begin_(begin), end_(end) {}

Piece Section::at(std::size_t index) const {
  TOLLGATE_ASSERT(index < end_ - begin_);
  constexpr std::size_t type_size = 2;
  std::size_t offset = type_size;
  auto const& lines = description_->lines;
  for (std::size_t i = 0; i < begin_ + index; ++i) offset += type_size + lines[i].value.size() + lines[i].end.size();
  return {lines[begin_ + index].value, offset};
}

std::optional<Piece> Section::find(char type) const {
  for (auto i = begin_; i < end_; ++i)
    if (description_->lines[i].type == type) return at(i - begin_);
  return std::nullopt;
}

Parsed<std::optional<Piece>> Section::attribute(std::string_view name) const {
  std::optional<Piece> found;
  for (auto i = begin_; i < end_; ++i) {
    auto const& line = description_->lines[i];
    std::string_view const value = line.value;
    if (line.type != 'a' || !value.starts_with(name) || !value.substr(name.size()).starts_with(':')) continue;
    auto const piece = at(i - begin_);
    if (found) return invalid(piece.offset, "attribute", "RFC 8866 5.13", "appears twice");
    found = Piece{value.substr(name.size() + 1), piece.offset + name.size() + 1};
  }
  return found;
}

std::optional<Piece> Section::flag(std::string_view name) const {
  for (auto i = begin_; i < end_; ++i)
    if (description_->lines[i].type == 'a' && description_->lines[i].value == name) return at(i - begin_);
  return std::nullopt;
}

}  // namespace tollgate::sdp
