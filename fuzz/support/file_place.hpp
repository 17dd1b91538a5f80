#pragma once
/// Places in files as messages to users give them: file:line:column, counted from 1.
#include <string_view>

namespace tollgate::fuzz {

/// Whether `where` is a place of that file inside `text`, or just behind it.
[[nodiscard]] bool is_place_in(std::string_view where, std::string_view file, std::string_view text);

}  // namespace tollgate::fuzz
