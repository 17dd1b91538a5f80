#pragma once
/// SIPp looks for a field at the start of a line, "Via:", and copies lines. What RFC 3261 7.3.1 and 25.1 allow besides, values on several
/// lines and space before the colon, it copies wrongly or not at all.
#include "base/text.hpp"

namespace tollgate::sipp {

/// The same message with each header field on one line, and its colon behind its name.
[[nodiscard]] Octets plainly(Octets const& message);

}  // namespace tollgate::sipp
