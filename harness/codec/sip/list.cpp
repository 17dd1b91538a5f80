#include "codec/sip/list.hpp"

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

/// Where the first element of `text` ends.
static std::size_t element_end(std::string_view text) {
  bool in_brackets = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (c == '"' && !in_brackets) {
      auto const quoted = quoted_size(text, i);
      if (quoted == 0) break;
      i += quoted - 1;
    } else if (c == '<') {
      in_brackets = true;
    } else if (c == '>') {
      in_brackets = false;
    } else if (c == ',' && !in_brackets) {
      return i;
    }
  }
  return text.size();
}

List::Iterator& List::Iterator::operator++() {
  is_end_ = !has_rest_;
  if (is_end_) return *this;
  auto const end = element_end(rest_);
  element_ = trim(rest_.substr(0, end));
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
