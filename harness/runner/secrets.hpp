#pragma once
/// Arguments of a program that tell a secret, blanked for the artefacts of a run.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate {

/// The value of an option whose name tells a secret (it holds password, passwd, secret, token, key or credential, in any case)
/// becomes "***": V of "--token=V" and of "TOKEN=V", the argument behind "--token"; and the whole of an argument of several words
/// that holds such a name, as `sh -c` takes it. Holes like "{user}" stay. One for each argument; nothing where it stays as it is.
[[nodiscard]] std::vector<std::optional<std::string>> blanked(std::vector<std::string> const& arguments);

}  // namespace tollgate
