#pragma once
/// A Diameter message as lines for people: the header, then an AVP a line, members behind two more spaces.
#include <string>
#include <string_view>

namespace tollgate::reports {

/// Octets that are no Diameter message, and members that are no AVPs, stand there in hexadecimal.
[[nodiscard]] std::string avp_text(std::string_view octets);

}  // namespace tollgate::reports
