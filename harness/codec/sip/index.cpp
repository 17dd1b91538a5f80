#include "codec/sip/index.hpp"

#include "base/assert.hpp"

namespace tollgate::sip {

static std::unexpected<ParseError> cut(std::size_t offset, std::string_view rule, std::string_view detail) {
  return std::unexpected(ParseError{What::need_more, offset, rule, "RFC 3261 7", detail});
}

Parsed<Index> Index::parse(std::string_view octets) {
  Parsed<Index> result;
  if (octets.size() > octets_max)
    return result = over_limit(octets_max, "SIP-message", "RFC 3261 7", "too many octets");
  Layout layout(octets);
  if (!layout.has_start_line()) return result = cut(octets.size(), "start-line", "no line end");
  auto const start = parse_start_line(layout.start_line());
  if (!start) return result = shifted(start.error(), layout.start_begin());
  auto& index = *result;
  index.octets_ = octets;
  index.start_ = *start;
  index.fields_begin_ = layout.at();
  FieldLine line;
  for (;;) {
    auto const step = layout.next(line);
    if (step == Layout::Step::blank_line) break;
    if (step == Layout::Step::cut) return result = cut(octets.size(), "generic-message", "no blank line");
    if (index.count_ == fields_max)
      return result = over_limit(line.begin, "message-header", "RFC 3261 7.3", "too many header fields");
    if (line.colon == Marks::none) return result = std::unexpected(layout.missing_colon(line));
    auto const field = layout.view(line);
    auto const offset = [&](std::string_view part) { return static_cast<std::uint16_t>(part.data() - octets.data()); };
    auto const size = [](std::string_view part) { return static_cast<std::uint16_t>(part.size()); };
    index.slots_[index.count_++] = {field.name,          offset(field.raw), size(field.spelling),
                                    offset(field.value), size(field.value), static_cast<std::uint16_t>(line.next)};
  }
  index.body_begin_ = layout.at();
  return result;
}

FieldView Index::field(std::size_t nth) const {
  TOLLGATE_ASSERT(nth < count_);
  auto const& slot = slots_[nth];
  return {slot.name, octets_.substr(slot.begin, slot.spelling_size), octets_.substr(slot.value_begin, slot.value_size),
          octets_.substr(slot.begin, static_cast<std::size_t>(slot.next - slot.begin))};
}

bool Index::is_folded(std::size_t nth) const {
  auto const raw = field(nth).raw;
  return raw.find('\n') + 1 < raw.size();
}

std::optional<std::string_view> Index::value(Name name, std::size_t nth) const {
  for (std::size_t i = 0; i < count_; ++i)
    if (slots_[i].name == name && nth-- == 0) return octets_.substr(slots_[i].value_begin, slots_[i].value_size);
  return std::nullopt;
}

}  // namespace tollgate::sip
