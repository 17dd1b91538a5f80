#include "runner/scenario/named_fields.hpp"

#include <string>

#include "base/text.hpp"
#include "runner/scenario/labels.hpp"

namespace tollgate {

std::vector<fields::Path> fields_in(std::string_view attribute) {
  std::vector<fields::Path> out;
  for (auto const name : split(attribute, ' '))
    if (auto path = fields::parse_path(name)) out.push_back(std::move(*path));
  return out;
}

bool names_field(std::string_view text, std::function<bool(fields::Path const&)> const& is_meant) {
  bool found = false;
  (void)with_braces(text, [&](std::string_view inner) {
    auto const word = split_sum(split_spelling(inner).second).first;
    if (auto const colon = word.find(':'); colon != std::string_view::npos) {
      auto const field = fields::parse_path(word.substr(colon + 1));
      found |= field && is_meant(*field);
    }
    return std::string();
  });
  return found;
}

}  // namespace tollgate
