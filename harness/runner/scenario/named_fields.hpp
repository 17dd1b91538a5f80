#pragma once
/// Fields of messages that a text of a scenario names in braces: {reserve:diameter.hopbyhopid}.
#include <functional>
#include <string_view>

#include "fields/fields.hpp"

namespace tollgate {

/// Whether one of them is meant.
[[nodiscard]] bool names_field(std::string_view text, std::function<bool(fields::Path const&)> const& is_meant);

}  // namespace tollgate
