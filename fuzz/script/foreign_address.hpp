#pragma once
/// All traffic of a campaign stays where its server is: a change that would have the server send to another machine is not made.
#include <string_view>

namespace tollgate::fuzz {

/// An IPv4 address stands in `changed` that neither stands in `original` nor is of this machine (127.0.0.0/8).
[[nodiscard]] bool leads_away(std::string_view original, std::string_view changed);

}  // namespace tollgate::fuzz
