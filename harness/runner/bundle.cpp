#include "runner/bundle.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runner/axes.hpp"

namespace tollgate {

std::vector<std::string> bundle_names() {
  return {"TWELVE-STEP", "CR-LIST", "CR-EACH", "CR-ALL", "CR-FIRST", "CR-NOTE", "3GPP-ECUR"};
}

namespace {

using Words = std::vector<std::string_view>;

/// What a bundle allows on each axis (test purposes, section 3); an empty list allows all. Under CR-NOTE the debit waits for no
/// outcome, so E says nothing there.
struct Row {
  std::string_view bundle;
  Words debit, credit, units, unlisted, release, note;
};

std::vector<Row> const& rows() {
  static std::vector<Row> const table{
      {"TWELVE-STEP", {"first", "each", "pre"}, {}, {"sent", "ok"}, {"settle"}, {}, {"bye"}},
      {"CR-LIST", {"all", "each", "first"}, {}, {}, {"settle"}, {}, {"bye"}},
      {"CR-EACH", {"each"}, {"ecuru", "split"}, {"sent", "ok"}, {"settle"}, {}, {"bye"}},
      {"CR-ALL", {"all"}, {"ecur"}, {"sent", "ok"}, {"settle"}, {"strict"}, {"bye"}},
      {"CR-FIRST", {"first"}, {"ecur"}, {"sent"}, {"settle"}, {}, {"bye"}},
      {"CR-NOTE", {"pre"}, {"ecur"}, {"sent"}, {}, {}, {"msrp"}},
      {"3GPP-ECUR", {"all"}, {"ecur"}, {"ok"}, {"settle"}, {}, {"bye"}},
  };
  return table;
}

constexpr std::array columns{std::pair("debit", &Row::debit),       std::pair("credit", &Row::credit),   std::pair("units", &Row::units),
                             std::pair("unlisted", &Row::unlisted), std::pair("release", &Row::release), std::pair("note", &Row::note)};

/// An axis that is declared with a value that the bundle does not have.
std::optional<std::string> outside(Profile const& profile) {
  for (auto const& axis : axes()) {
    if (axis.declared == nullptr || (profile.*axis.declared).empty()) continue;
    auto const allowed = allowed_by(profile.bundle, axis.key);
    if (!allowed.empty() && std::ranges::find(allowed, profile.*axis.declared) == allowed.end())
      return fmt::format("bundle {} has {} {}, not \"{}\"", profile.bundle, axis.key, fmt::join(allowed, " or "), profile.*axis.declared);
  }
  return std::nullopt;
}

bool debits_before_outcome(Profile const& profile) {
  return profile.debit == "pre" || (profile.debit.empty() && profile.bundle == "CR-NOTE");
}

}  // namespace

std::optional<std::string> contradiction(Profile const& profile) {
  auto const names = bundle_names();
  if (std::ranges::find(names, profile.bundle) == names.end())
    return fmt::format("there is no bundle '{}'; there are {}", profile.bundle, fmt::join(names, ", "));
  if (auto const why = outside(profile)) return why;
  if (profile.debit == "each" && profile.credit == "ecur")
    return "debit \"each\" needs credit \"ecuru\" or \"split\": with \"ecur\" there is only one TERMINATION_REQUEST";
  if (profile.debit == "first" && profile.units == "ok")
    return "debit \"first\" is over before later outcomes are known, so units \"ok\" cannot be";
  if (profile.debit == "pre" && profile.units == "ok") return "debit \"pre\" knows no outcome, so units \"ok\" cannot be";
  if (!profile.debit.empty()) return std::nullopt;
  auto const left = allowed_by(profile.bundle, "debit");
  bool const is_some_left = left.empty() || std::ranges::any_of(left, [&](auto debit) {
                              auto declared = profile;
                              declared.debit = debit;
                              return !contradiction(declared);
                            });
  if (is_some_left) return std::nullopt;
  return fmt::format("bundle {} has debit {}, and none of them goes with the other axes", profile.bundle, fmt::join(left, " or "));
}

std::optional<std::string> exclusion(Case const& what, Profile const& profile) {
  bool const debits_before =
      profile.debit == "pre" && !what.bundles.empty() && std::ranges::find(what.bundles, "CR-NOTE") == what.bundles.end();
  if (!is_possible(profile, what.profile))
    return fmt::format("profile {}: this purpose is for {}", profile.bundle, fmt::join(what.profile, " "));
  if (!is_certain(profile, what.declared))
    return fmt::format("profile {} leaves open whether the SUT is {}: [profile] declares it", profile.bundle,
                       fmt::join(what.declared, " or "));
  if (debits_before) return "debit \"pre\": this purpose is about a debit that waits for an outcome";
  if (what.bundles.empty() || std::ranges::find(what.bundles, profile.bundle) != what.bundles.end()) return std::nullopt;
  return fmt::format("profile {}: this purpose belongs to {}", profile.bundle, fmt::join(what.bundles, ", "));
}

std::vector<std::string_view> allowed_by(std::string_view bundle, std::string_view key) {
  auto const row = std::ranges::find(rows(), bundle, &Row::bundle);
  auto const column = std::ranges::find(columns, key, [](auto const& one) { return std::string_view(one.first); });
  return row == rows().end() || column == columns.end() ? Words() : (*row).*(column->second);
}

std::vector<std::string_view> allowed_undeclared(std::string_view bundle, std::string_view key) {
  auto allowed = allowed_by(bundle, key);
  if (key == "debit" && allowed.size() > 1) std::erase(allowed, "pre");
  return allowed;
}

std::vector<std::string> fitting_bundles(std::map<std::string, std::string> const& shown) {
  auto const fits = [&](std::string const& bundle) {
    return std::ranges::all_of(shown, [&](auto const& axis) {
      auto const allowed = allowed_by(bundle, axis.first);
      return allowed.empty() || std::ranges::find(allowed, axis.second) != allowed.end();
    });
  };
  auto names = bundle_names();
  std::erase_if(names, [&](auto const& bundle) { return !fits(bundle); });
  return names;
}

Profile filled(Profile profile, refserver::Profile const& server) {
  using namespace refserver;
  auto const fill = [&](std::string& axis, std::string word) {
    if (!axis.empty()) return;
    axis = std::move(word);
    if (contradiction(profile)) axis.clear();
  };
  fill(profile.debit, server.debit == Debit::first  ? "first"
                      : server.debit == Debit::each ? "each"
                      : server.debit == Debit::all  ? "all"
                                                    : "pre");
  fill(profile.credit, server.credit == Credit::ecur ? "ecur" : server.credit == Credit::ecuru ? "ecuru" : "split");
  fill(profile.units, server.units == Units::sent ? "sent" : server.units == Units::ok ? "ok" : "flat");
  if (server.fails_open) fill(profile.denial, "open");
  if (server.takes_unknown_success) fill(profile.denial, "table3");
  if (server.debits_unlimited) fill(profile.not_applicable, "debit");
  if (server.quota != Quota::count) fill(profile.quota, server.quota == Quota::any ? "any" : "soft");
  if (server.legacy_setup) fill(profile.setup, "legacy");
  if (server.sends_plain) fill(profile.content, "plain");
  if (server.names_of_rcs) fill(profile.feature, "rcs");
  if (server.reserves_always) fill(profile.trigger, "every");
  fill(profile.release, server.release == Release::loose ? "loose" : "strict");
  return profile;
}

void apply(Profile const& profile, rules::Terms& terms) {
  using rules::DebitTiming;
  if (profile.debit == "first") terms.debit_timing = DebitTiming::first;
  if (profile.debit == "each") terms.debit_timing = DebitTiming::each;
  if (profile.debit == "all") terms.debit_timing = DebitTiming::all;
  terms.debit_before_outcome = debits_before_outcome(profile);
  terms.only_listed_outcomes = profile.unlisted == "strict";
  terms.fails_open = profile.denial == "open";
  terms.takes_unknown_success = profile.denial == "table3";
  terms.may_exceed_grant = profile.quota == "soft";
  if (profile.units == "sent") terms.units = rules::UnitsCounted::sent;
  if (profile.units == "ok") terms.units = rules::UnitsCounted::ok;
  if (profile.units == "flat") terms.units = rules::UnitsCounted::flat;
  terms.flat_units = profile.units == "flat" || (profile.units.empty() && profile.bundle == "CR-LIST");
}

}  // namespace tollgate
