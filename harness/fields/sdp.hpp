#pragma once
/// Fields of a session description (RFC 8866 5): lines by their letter, attributes by their name.
#include <string>
#include <string_view>
#include <vector>

#include "fields/fields.hpp"

namespace tollgate::fields {

/// Nothing where `text` is no description.
[[nodiscard]] std::vector<std::string> read_description(Path const& path, std::string_view text);
/// The text after the edit; unchanged where `text` is no description.
[[nodiscard]] std::string edit_description(Edit const& edit, std::string_view text);

}  // namespace tollgate::fields
