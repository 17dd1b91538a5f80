#include "runner/bundle.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tollgate {

std::vector<std::string> bundle_names() {
  return {"TWELVE-STEP", "CR-LIST", "CR-EACH", "CR-ALL", "CR-FIRST", "CR-NOTE", "3GPP-ECUR"};
}

std::optional<std::string> contradiction(Profile const& profile) {
  auto const names = bundle_names();
  if (std::ranges::find(names, profile.bundle) == names.end())
    return fmt::format("there is no bundle '{}'; there are {}", profile.bundle, fmt::join(names, ", "));
  if (profile.debit == "each" && profile.credit == "ecur")
    return "debit \"each\" needs credit \"ecuru\" or \"split\": with \"ecur\" there is only one TERMINATION_REQUEST";
  if (profile.debit == "first" && profile.units == "ok" && profile.credit == "ecur")
    return "debit \"first\" with credit \"ecur\" closes the session before later outcomes are known, so units \"ok\" cannot be";
  if (profile.debit == "pre" && profile.units == "ok") return "debit \"pre\" knows no outcome, so units \"ok\" cannot be";
  return std::nullopt;
}

std::optional<std::string> exclusion(Case const& what, Profile const& profile) {
  if (what.bundles.empty() || std::ranges::find(what.bundles, profile.bundle) != what.bundles.end()) return std::nullopt;
  return fmt::format("profile {}: this purpose belongs to {}", profile.bundle, fmt::join(what.bundles, ", "));
}

void apply(Profile const& profile, rules::Terms& terms) {
  terms.debit_before_outcome = profile.debit == "pre" || (profile.debit.empty() && profile.bundle == "CR-NOTE");
  terms.flat_units = profile.units == "flat";
}

}  // namespace tollgate
