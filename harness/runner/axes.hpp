#pragma once
/// The axes of the profile as scenario files and the catalogue write their values: "D-FIRST", "G-STRICT" (test purposes,
/// section 3).
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/bundle.hpp"

namespace tollgate {

/// One axis that [profile] of a SUT file declares.
struct Axis {
  std::string_view key;                                                  ///< "debit"
  std::string Profile::* declared;
  std::vector<std::pair<std::string_view, std::string_view>> words;     ///< what may be declared, and the value: "first", "D-FIRST"
  std::vector<std::string_view> otherwise;                               ///< undeclared, and left open by the bundle; empty: all of them
};
[[nodiscard]] std::span<Axis const> axes();
[[nodiscard]] std::vector<std::string_view> axis_values();
[[nodiscard]] bool is_axis_value(std::string_view word);
/// What the profile leaves open on the axis of that value: "D-FIRST", "D-EACH", "D-PRE" for TWELVE-STEP and any value of D.
[[nodiscard]] std::vector<std::string_view> possible(Profile const& profile, std::string_view value);
/// Each axis that `words` name has nothing possible but what they name: then a step that counts under them counts.
[[nodiscard]] bool is_certain(Profile const& profile, std::span<std::string const> words);
/// Each axis that `words` name has something possible that they name: then a case for them applies.
[[nodiscard]] bool is_possible(Profile const& profile, std::span<std::string const> words);

}  // namespace tollgate
