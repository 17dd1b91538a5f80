#pragma once
/// UTF-8 as RFC 3629 3 has it, for the text fields of every protocol here.
#include <cstddef>
#include <string_view>

namespace tollgate {

/// The offset of the first octet that is not UTF-8: no lone continuation, no overlong form, no surrogate, nothing above
/// U+10FFFF; the size when all is well. Runs of ASCII are read eight octets at a time.
[[nodiscard]] std::size_t first_not_utf8(std::string_view text);

}  // namespace tollgate
