#include "codec/sip/list.hpp"

#include "codec/sip/characters.hpp"

namespace tollgate::sip {

static constexpr CharSet plain_set = CharSet::range('\0', '\xff') - "\"<>,";

/// Where the first element of `text` ends.
static std::size_t element_end(std::string_view text) {
  if (!text.contains(',')) return text.size();
  bool in_brackets = false;
  for (auto i = plain_set.run(text); i < text.size(); i += plain_set.run(text, i)) {
    char const c = text[i];
    if (c == ',' && !in_brackets) return i;
    if (c == '"' && !in_brackets) {
      auto const quoted = quoted_size(text, i);
      if (quoted == 0) break;
      i += quoted;
      continue;
    }
    if (c == '<') in_brackets = true;
    if (c == '>') in_brackets = false;
    ++i;
  }
  return text.size();
}

List::Iterator& List::Iterator::operator++() {
  is_end_ = !has_rest_;
  if (is_end_) return *this;
  auto const end = element_end(rest_);
  auto behind = end;
  while (behind > 0 && is_space(rest_[behind - 1])) --behind;
  auto const begin = space_size(rest_.substr(0, behind));
  element_ = rest_.substr(begin, behind - begin);
  has_rest_ = end < rest_.size();
  if (has_rest_) rest_.remove_prefix(end + 1);
  return *this;
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> elements;
  for (auto const element : List(text)) elements.push_back(element);
  return elements;
}

}  // namespace tollgate::sip
