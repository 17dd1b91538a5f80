#pragma once
/// Which cases run: selection by id or prefix, GoogleTest's filter syntax, strength, profile.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/bundle.hpp"
#include "runner/case.hpp"

namespace tollgate {

struct Selection {
  std::vector<std::string> prefixes;  ///< "ORD", "DBT-02"; empty for all
  std::string filter = "*";           ///< "ORD-*:DBT-0?-ORD-13": patterns joined by ':', negatives behind the first '-'
  std::string level = "may";          ///< weakest strength that runs: shall, should or may
};

/// GoogleTest's filter: `text` matches one of the positive patterns and none of the negative ones behind the first '-'.
/// Ids hold a '-' themselves: one between a letter and a digit, '*' or '?' is part of an id.
[[nodiscard]] bool matches_filter(std::string_view text, std::string_view filter);

/// The selected cases in suite order.
[[nodiscard]] std::vector<Case const*> select(std::span<Case const> suite, Selection const& selection);

/// One result a case, "incomplete" until it has run; `na` with the reason where the profile excludes it.
[[nodiscard]] std::vector<CaseResult> plan_results(std::span<Case const* const> plan, Profile const& profile);

}  // namespace tollgate
