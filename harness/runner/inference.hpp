#pragma once
/// Which reading of the ambiguous steps a server follows, read off its traces: what every report prints beside the profile
/// that was declared (test purposes, section 3).
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "actors/ixit.hpp"
#include "runner/result.hpp"

namespace tollgate {

/// Axis -> value: "debit" (first, each, all, pre), "credit" (ecur, ecuru, split), "units" (sent, ok, flat), "release" (loose,
/// strict), "unlisted" (settle, strict), "quota" (count, any, soft). An axis that no trace decides is left
/// out; one on which traces disagree has both values, "first or all". Order alone decides nothing: a debit counts as early
/// only when we still withheld an answer, as late only when there was time for an earlier one.
/// `level` leaves out weaker cases, as `--level` does.
[[nodiscard]] std::map<std::string, std::string> infer_profile(std::span<CaseResult const> cases, Ixit const& ixit,
                                                               std::string_view level = "may");

/// Axis -> values, as above.
using Readings = std::map<std::string, std::set<std::string>>;
/// What one case shows, by itself. Units are "flat" only where a purpose tells them: a push that went wrong looks like it.
[[nodiscard]] Readings readings_of(CaseResult const& result, Ixit const& ixit);

/// Of the values on "debit" that several cases have shown, a set or the keys of a map: one before any outcome is none of D-FIRST, but
/// D-PRE may be seen late, where the rest is still being written when the first answer goes out.
void settle_debit(auto& values) {
  if (values.contains("pre")) values.erase("first");
}

}  // namespace tollgate
