#pragma once
/// The session's lines or those of one media description, with where each stands in the text (RFC 8866 5), whether a
/// Description or an Index holds them.
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sdp/description.hpp"
#include "codec/sdp/index.hpp"
#include "codec/sdp/layout.hpp"

namespace tollgate::sdp {

/// The lines of a description, which must outlive it and what it gives.
class Lines {
 public:
  Lines(Description const& description) : description_(&description) {}
  Lines(Index const& index) : index_(&index) {}

  [[nodiscard]] std::size_t size() const { return index_ != nullptr ? index_->size() : description_->lines.size(); }
  /// The `nth` line; its offset is that in the text as it is written.
  [[nodiscard]] LineView operator[](std::size_t nth) const;
  // The same without its offset, which a Description has to count.
  [[nodiscard]] char type(std::size_t nth) const { return index_ != nullptr ? index_->type(nth) : description_->lines[nth].type; }
  [[nodiscard]] std::string_view text(std::size_t nth) const {
    return index_ != nullptr ? index_->value(nth) : std::string_view(description_->lines[nth].value);
  }
  [[nodiscard]] std::size_t octets() const;  ///< of the whole text

 private:
  Description const* description_ = nullptr;
  Index const* index_ = nullptr;
};

/// Lines [begin, end) of a description.
class Section {
 public:
  Section(Lines lines, std::size_t begin, std::size_t end) : lines_(lines), begin_(begin), end_(end) {}

  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  /// The `index`th line of the section.
  [[nodiscard]] LineView line(std::size_t index) const;
  [[nodiscard]] char type(std::size_t index) const { return lines_.type(begin_ + index); }
  [[nodiscard]] std::string_view text(std::size_t index) const { return lines_.text(begin_ + index); }
  /// Its value with its offset.
  [[nodiscard]] Piece at(std::size_t index) const { return line(index).value; }
  /// The value of the `nth` line of that type, counted from 0.
  [[nodiscard]] std::optional<Piece> find(char type, std::size_t nth = 0) const;
  /// What follows "name:" in the `nth` a= line of that name.
  [[nodiscard]] std::optional<Piece> find_attribute(std::string_view name, std::size_t nth = 0) const;
  /// The same for a name that may stand once: nothing if absent, refuses a second one.
  [[nodiscard]] Parsed<std::optional<Piece>> attribute(std::string_view name) const;
  /// An a= line that is just this name.
  [[nodiscard]] std::optional<Piece> flag(std::string_view name) const;

 private:
  Lines lines_;
  std::size_t begin_;
  std::size_t end_;
};

/// The lines before the first m=.
[[nodiscard]] Section session_section(Lines lines);
/// The `nth` m= line and what belongs to it, counted from 0.
[[nodiscard]] std::optional<Section> media_section(Lines lines, std::size_t nth);

}  // namespace tollgate::sdp
