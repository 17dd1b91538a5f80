#pragma once
/// Bundles: the named readings of the ambiguous steps (test purposes, section 3), and what they mean to cases and rules.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "refserver/profile.hpp"
#include "rules/rule.hpp"
#include "runner/case.hpp"

namespace tollgate {

/// A choice on each axis; an empty one is not declared, so the bundle's own values hold.
struct Profile {
  std::string bundle = "TWELVE-STEP";
  std::string debit;    ///< first, each, all, pre
  std::string credit;   ///< ecur, ecuru, split, literal (events only)
  std::string units;    ///< sent, ok, flat
  std::string release;  ///< loose, strict
  std::string unlisted; ///< outcomes that step 8 does not list: settle, strict
  std::string denial;   ///< of the reserve answer: deny, table3, open
  std::string not_applicable;  ///< what 4011 means: free, debit
  std::string quota;    ///< units asked for: count, any, soft (may use more than was granted)
  std::string trigger;  ///< registrations that step 3 follows: pending, every
  std::string note;     ///< what the Note on the change means: bye, msrp
  std::string setup;    ///< who may connect for MSRP: actpass, legacy (RFC 4975 5.4 without RFC 6135)
  std::string content;  ///< of a SEND: cpim, plain
  std::string feature;  ///< tag of the service: oma, rcs
};

/// The names of all bundles, the default first.
[[nodiscard]] std::vector<std::string> bundle_names();
/// Why this declaration contradicts itself; nothing if it does not.
[[nodiscard]] std::optional<std::string> contradiction(Profile const& profile);
/// Why a case does not apply under this profile; nothing if it does.
[[nodiscard]] std::optional<std::string> exclusion(Case const& what, Profile const& profile);
/// The profile with the reference server's own values on the axes that it leaves open, where its bundle allows them.
[[nodiscard]] Profile filled(Profile profile, refserver::Profile const& server);
/// The values that a bundle allows on the axis of that key, in the SUT file's words; empty where it leaves the axis open.
[[nodiscard]] std::vector<std::string_view> allowed_by(std::string_view bundle, std::string_view key);
/// Those of them that a SUT may show without having declared them: a debit before any outcome is none of them where there are others
/// (test purposes, section 3: TWELVE-STEP).
[[nodiscard]] std::vector<std::string_view> allowed_undeclared(std::string_view bundle, std::string_view key);
/// The bundles whose readings hold what a run has shown: axis -> value, or "first or all" where it has shown both.
[[nodiscard]] std::vector<std::string> fitting_bundles(std::map<std::string, std::string> const& shown);
/// What the profile changes for the rules.
void apply(Profile const& profile, rules::Terms& terms);

}  // namespace tollgate
