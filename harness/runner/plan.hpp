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

namespace tollgate {

/// One of `of` parts of a suite: the cases whose ids hash to it. The parts are disjoint and stay as they are when cases
/// are added.
struct Partition {
  std::uint64_t part = 1;  ///< from 1
  std::uint64_t of = 1;

  /// "hash:2/3"; nothing for anything else.
  [[nodiscard]] static std::optional<Partition> parse(std::string_view text);
  [[nodiscard]] bool holds(std::string_view id) const;
};

struct Selection {
  std::vector<std::string> prefixes;  ///< "ORD", "DBT-0", or ids, "DBT-10", which choose their parts too, DBT-10b; empty for all
  std::string filter = "*";           ///< "ORD-*:DBT-0?-ORD-13": patterns joined by ':', negatives behind the first '-'
  std::string level = "may";          ///< weakest strength that runs: shall, should or may
  std::optional<Partition> partition = {};
  std::size_t repeat = 1;             ///< the whole selection, so many times over
};

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

/// Why a case does not apply: its claims, then its profile; nothing when it does.
[[nodiscard]] std::optional<std::string> not_applicable(Case const& what, Profile const& profile, Claims const& claims);

/// One result a case, "incomplete" until it has run; `na` with the reason where the profile or a claim that it needs excludes it.
[[nodiscard]] std::vector<CaseResult> plan_results(std::span<Case const* const> plan, Profile const& profile,
                                                   Claims const& claims = reference_server_claims());

}  // namespace tollgate
