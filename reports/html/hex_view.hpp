#pragma once
/// Octets that are no text, for people: sixteen a line, with their offset and their letters, and what deviates marked.
#include <span>
#include <string>
#include <string_view>

#include "codec/judgement.hpp"

namespace tollgate::reports {

/// Markup for a <pre>. `found` stands in order of offset; an empty mark stands where something is absent. Of a long message the beginning.
[[nodiscard]] std::string hex_view(std::string_view octets, std::span<Diagnostic const> found);

}  // namespace tollgate::reports
