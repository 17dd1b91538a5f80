#pragma once
/// Fields of a session description (RFC 8866 5): lines by their letter, attributes by their name.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fields/fields.hpp"

namespace tollgate::fields {

/// The names of the words between the spaces of that line, in order: of o=, c= and m= (RFC 8866 5.2, 5.7, 5.14); empty for any other.
[[nodiscard]] std::span<std::string_view const> words_of_line(std::string_view name);

/// Nothing where `text` is no description.
[[nodiscard]] std::vector<std::string> read_description(Path const& path, std::string_view text);
/// The text after the edit; unchanged where `text` is no description.
[[nodiscard]] std::string edit_description(Edit const& edit, std::string_view text);

}  // namespace tollgate::fields
