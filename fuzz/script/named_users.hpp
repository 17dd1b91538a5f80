#pragma once
/// Users of the SUT file whom a changed message names: what it leaves with the server for them no other flow may find.
#include <string_view>
#include <vector>

namespace tollgate::fuzz {

/// Their numbers, each once. `pattern`: `users.pattern` of the SUT file, "sip:user{n}@ims.example".
[[nodiscard]] std::vector<unsigned> named_users(std::string_view pattern, std::string_view octets);

}  // namespace tollgate::fuzz
