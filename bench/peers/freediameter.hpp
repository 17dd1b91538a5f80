#pragma once
/// freeDiameter's message library (libfdproto), behind functions so that no header of its meets another's.
#include <string_view>

namespace tollgate::bench {

/// Gives libfdproto the AVPs, types, values, commands and rules of our dictionary, once. False when it does not take
/// them.
[[nodiscard]] bool freediameter_ready();

/// fd_msg_parse_buffer: the AVPs of the top level only, the values as they came.
[[nodiscard]] bool freediameter_parse(std::string_view octets);
/// And fd_msg_parse_dict, fd_msg_parse_rules: all AVPs by the dictionary, and all rules. True when it finds nothing.
[[nodiscard]] bool freediameter_parse_with_rules(std::string_view octets);

}  // namespace tollgate::bench
