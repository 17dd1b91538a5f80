#pragma once
/// How much text a place in a picture holds. A picture cannot measure its text: it counts characters, whose width in a monospaced font is known.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::reports {

/// Characters of UTF-8 text.
[[nodiscard]] std::size_t length_of(std::string_view text);

/// `text` on one line, with at most `most` characters; what is cut ends with an ellipsis.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

/// `text` in lines of at most `most` characters, broken between words; a longer word is shortened, and so is what a last line cannot hold.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t most, std::size_t lines_most);

}  // namespace tollgate::reports
