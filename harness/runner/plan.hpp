#pragma once
/// Which cases run: selection by id or prefix, GoogleTest's filter syntax, strength, profile.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/bundle.hpp"
#include "runner/case.hpp"
#include "runner/claims.hpp"
#include "runner/selection.hpp"

namespace tollgate {

/// As strong as that level, or stronger.
[[nodiscard]] bool is_of_level(std::string_view strength, std::string_view level);

/// GoogleTest's filter: `text` matches one of the positive patterns and none of the negative ones behind the first '-'.
/// Ids hold a '-' themselves: one between a letter and a digit, '*' or '?' is part of an id.
[[nodiscard]] bool matches_filter(std::string_view text, std::string_view filter);

/// The first prefix that no case of the suite has: a typing error, which would otherwise leave out what was meant.
[[nodiscard]] std::optional<std::string> selects_nothing(std::span<Case const> suite, std::vector<std::string> const& prefixes);

/// The selected cases in suite order. Ids may be written in small letters.
[[nodiscard]] std::vector<Case const*> select(std::span<Case const> suite, Selection const& selection);

/// Another order, of the seed: cases start in it and are reported in it.
void shuffle(std::vector<Case const*>& plan, std::uint64_t seed);
/// The selected cases in the order in which a run of that seed has them.
[[nodiscard]] std::vector<Case const*> planned(std::span<Case const> suite, Selection const& selection, std::uint64_t seed);

/// Why a case does not apply: its claims, then its profile; nothing when it does.
[[nodiscard]] std::optional<std::string> not_applicable(Case const& what, Profile const& profile, Claims const& claims);

/// One result a case, "incomplete" until it has run; `na` with the reason where the profile or a claim that it needs excludes it.
[[nodiscard]] std::vector<CaseResult> plan_results(std::span<Case const* const> plan, Profile const& profile,
                                                   Claims const& claims = reference_server_claims());

}  // namespace tollgate
