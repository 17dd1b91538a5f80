#include "codec/sdp/index.hpp"

#include "base/assert.hpp"

namespace tollgate::sdp {

Parsed<Index> Index::parse(std::string_view text) {
  Parsed<Index> result;  // the only thing returned, so that it is made where the caller wants it
  if (auto const read = result->read(text); !read) result = std::unexpected(read.error());
  return result;
}

Parsed<void> Index::read(std::string_view text) {
  constexpr std::size_t octets_max = 0xffffffff;
  if (text.size() > octets_max) return over_limit(octets_max, "session-description", "RFC 8866 9", "too many octets");
  text_ = text;
  Layout layout(text);
  for (LineView line; !layout.at_end();) {
    if (auto const read = layout.next(line); !read) return read;
    auto const& [value, offset] = line.value;
    if (count_ == lines_max) return over_limit(offset - 2, "session-description", "RFC 8866 9", "too many lines");
    slots_[count_++] = {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(value.size())};
  }
  return layout.finish();
}

LineView Index::line(std::size_t nth) const {
  TOLLGATE_ASSERT(nth < count_);
  auto const& slot = slots_[nth];
  auto const end = slot.value_at + slot.value_size;
  auto const next = nth + 1 < count_ ? slots_[nth + 1].value_at - 2 : text_.size();
  return {text_[slot.value_at - 2], {text_.substr(slot.value_at, slot.value_size), slot.value_at}, text_.substr(end, next - end)};
}

}  // namespace tollgate::sdp
