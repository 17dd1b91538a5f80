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
                        0,
                        small(line.begin),
                        small(line.name_end),
                        small(line.value_begin),
                        small(line.value_end),
                        small(line.next)};
  }
  body_begin_ = layout.at();
  link();
  return {};
}

void Index::link() {
  first_.fill(static_cast<std::uint8_t>(count_));
  for (auto i = count_; i-- > 0;) {
    auto& first = first_[static_cast<std::size_t>(slots_[i].name)];
    slots_[i].next_same = first;
    first = static_cast<std::uint8_t>(i);
  }
}

FieldView Index::field(std::size_t nth) const {
  TOLLGATE_ASSERT(nth < count_);
  auto const& slot = slots_[nth];
  return {slot.name, text(slot.begin, slot.name_end), text(slot.value_begin, slot.value_end), text(slot.begin, slot.next)};
}

bool Index::is_folded(std::size_t nth) const {
  auto const raw = field(nth).raw;
  return raw.find('\n') + 1 < raw.size();
}

std::optional<std::string_view> Index::value(Name name, std::size_t nth) const {
  auto at = first(name);
  for (; nth > 0 && at < count_; --nth) at = next(at);
  if (at == count_) return std::nullopt;
  return text(slots_[at].value_begin, slots_[at].value_end);
}

}  // namespace tollgate::sip
