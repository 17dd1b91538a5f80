#pragma once
/// The axes of the profile as scenario files and the catalogue write their values: "D-FIRST", "G-STRICT" (test purposes,
/// section 3).
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/bundle.hpp"

namespace tollgate {

[[nodiscard]] std::vector<std::string_view> axis_values();
[[nodiscard]] bool is_axis_value(std::string_view word);
/// What the profile leaves open on that axis: "D-FIRST", "D-EACH" for TWELVE-STEP and 'D'. '4' is what 4011 means (X-4011-...),
/// '3' who registers (R-DIRECT, R-3PTY).
[[nodiscard]] std::vector<std::string> possible(Profile const& profile, char axis);
/// Each axis that `words` name has nothing possible but what they name: then a step that counts under them counts.
[[nodiscard]] bool is_certain(Profile const& profile, std::span<std::string const> words);
/// Each axis that `words` name has something possible that they name: then a case for them applies.
[[nodiscard]] bool is_possible(Profile const& profile, std::span<std::string const> words);

}  // namespace tollgate
