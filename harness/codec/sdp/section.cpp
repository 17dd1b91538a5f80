/// attribute = ( attribute-name ":" attribute-value ) / attribute-name; names compare by case (RFC 8866 5.13, 9)
#include "codec/sdp/section.hpp"

#include "base/assert.hpp"

namespace tollgate::sdp {

static constexpr std::size_t type_size = 2;  // the letter and "="

LineView Lines::operator[](std::size_t nth) const {
  if (index_ != nullptr) return index_->line(nth);
  auto const& lines = description_->lines;
  std::size_t offset = type_size;
  for (std::size_t i = 0; i < nth; ++i) offset += lines[i].value.size() + lines[i].end.size() + type_size;
  return {lines[nth].type, {lines[nth].value, offset}, lines[nth].end};
}

std::size_t Lines::octets() const {
  if (size() == 0) return 0;
  auto const last = (*this)[size() - 1];
  return last.value.offset + last.value.text.size() + last.end.size();
}

LineView Section::line(std::size_t index) const {
  TOLLGATE_ASSERT(index < size());
  return lines_[begin_ + index];
}

std::optional<Piece> Section::find(char type, std::size_t nth) const {
  for (auto i = begin_; i < end_; ++i)
    if (lines_.type(i) == type && nth-- == 0) return lines_[i].value;
  return std::nullopt;
}

std::optional<Piece> Section::find_attribute(std::string_view name, std::size_t nth) const {
  for (auto i = begin_; i < end_; ++i) {
    if (lines_.type(i) != 'a') continue;
    auto const text = lines_.text(i);
    bool const is_it = text.size() > name.size() && text[name.size()] == ':' && text.starts_with(name);
    if (is_it && nth-- == 0) return Piece{text.substr(name.size() + 1), lines_[i].value.offset + name.size() + 1};
  }
  return std::nullopt;
}

Parsed<std::optional<Piece>> Section::attribute(std::string_view name) const {
  auto const first = find_attribute(name);
  auto const second = first ? find_attribute(name, 1) : std::nullopt;
  if (second) return invalid(second->offset - name.size() - 1, "attribute", "RFC 8866 5.13", "appears twice");
  return first;
}

std::optional<Piece> Section::flag(std::string_view name) const {
  for (auto i = begin_; i < end_; ++i)
    if (lines_.type(i) == 'a' && lines_.text(i) == name) return lines_[i].value;
  return std::nullopt;
}

/// The first m= line at or behind `at`.
static std::size_t next_media(Lines lines, std::size_t at) {
  while (at < lines.size() && lines.type(at) != 'm') ++at;
  return at;
}

Section session_section(Lines lines) {
  return {lines, 0, next_media(lines, 0)};
}

std::optional<Section> media_section(Lines lines, std::size_t nth) {
  auto at = next_media(lines, 0);
  for (; nth > 0 && at < lines.size(); --nth) at = next_media(lines, at + 1);
  if (at >= lines.size()) return std::nullopt;
  return Section(lines, at, next_media(lines, at + 1));
}

}  // namespace tollgate::sdp
