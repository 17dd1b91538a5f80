#include "codec/sip/index.hpp"

#include "base/assert.hpp"

namespace tollgate::sip {

static std::unexpected<ParseError> cut(std::size_t offset, std::string_view rule, std::string_view detail) {
  return std::unexpected(ParseError{What::need_more, offset, rule, "RFC 3261 7", detail});
}

Parsed<Index> Index::parse(std::string_view octets) {
  Parsed<Index> result;  // the only thing returned, so that it is made where the caller wants it
  if (auto const read = result->read(octets); !read) result = std::unexpected(read.error());
  return result;
}

Parsed<void> Index::read(std::string_view octets) {
  if (octets.size() > octets_max) return over_limit(octets_max, "SIP-message", "RFC 3261 7", "too many octets");
  Layout layout(octets);
  if (!layout.has_start_line()) return cut(octets.size(), "start-line", "no line end");
  auto const start = parse_start_line(layout.start_line());
  if (!start) return shifted(start.error(), layout.start_begin());
  octets_ = octets;
  start_ = *start;
  fields_begin_ = layout.at();
  FieldLine line;
  for (;;) {
    auto const step = layout.next(line);
    if (step == Layout::Step::blank_line) break;
    if (step == Layout::Step::cut) return cut(octets.size(), "generic-message", "no blank line");
    if (count_ == fields_max) return over_limit(line.begin, "message-header", "RFC 3261 7.3", "too many header fields");
    if (!line.has_colon) return std::unexpected(layout.missing_colon(line));
    auto const small = [](std::size_t offset) { return static_cast<std::uint16_t>(offset); };
    slots_[count_++] = {name_of(octets.substr(line.begin, line.name_end - line.begin)),
                        small(line.begin),
                        small(line.name_end),
                        small(line.value_begin),
                        small(line.value_end),
                        small(line.next)};
  }
  body_begin_ = layout.at();
  return {};
}

FieldView Index::field(std::size_t nth) const {
  TOLLGATE_ASSERT(nth < count_);
  auto const& slot = slots_[nth];
  return {slot.name, text(slot.begin, slot.name_end), text(slot.value_begin, slot.value_end),
          text(slot.begin, slot.next)};
}

bool Index::is_folded(std::size_t nth) const {
  auto const raw = field(nth).raw;
  return raw.find('\n') + 1 < raw.size();
}

std::optional<std::string_view> Index::value(Name name, std::size_t nth) const {
  for (std::size_t i = 0; i < count_; ++i)
    if (slots_[i].name == name && nth-- == 0) return text(slots_[i].value_begin, slots_[i].value_end);
  return std::nullopt;
}

}  // namespace tollgate::sip
