#pragma once
/// SIPp looks for a field at the start of a line, "Via:", and copies lines. What RFC 3261 7.3.1, 7.3.3 and 25.1 allow besides, values on
/// several lines, space before the colon, and one name spelled in several ways, it copies wrongly or not at all.
#include "base/text.hpp"

namespace tollgate::sipp {

/// The same message with each header field on one line, and its colon behind its name, which is the long one.
[[nodiscard]] Octets plainly(Octets const& message);

}  // namespace tollgate::sipp
