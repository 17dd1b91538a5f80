#pragma once
/// What XML 1.0 forbids and pugixml reads nevertheless, so that a file that loads here loads everywhere.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tollgate {

struct IllFormed {
  std::size_t offset = 0;
  std::string what;
};

/// Of a text that pugixml has read: the first attribute that stands twice, "<" in a value, entity that XML does not know,
/// attributes without white space between, "--" in a comment, "]]>" in a text, character that XML excludes, text or element beside the
/// root, XML declaration that is none or stands elsewhere than at the start; and a DOCTYPE, which nothing here needs. Nothing where there is none.
[[nodiscard]] std::optional<IllFormed> ill_formed(std::string_view text);

}  // namespace tollgate
