#pragma once
/// The zlib format (RFC 1950), which browsers take as `deflate`.
#include <string_view>

#include "base/text.hpp"

namespace tollgate::reports {

[[nodiscard]] Octets deflate(std::string_view octets);

}  // namespace tollgate::reports
