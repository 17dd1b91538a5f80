#include "runner/plan.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <set>

#include "base/random.hpp"
#include "base/text.hpp"

namespace tollgate {

/// Glob with * and ?, linear in text times pattern.
static bool glob(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t]))
      ++t, ++p;
    else if (p < pattern.size() && pattern[p] == '*')
      star = p++, mark = t;
    else if (star != std::string_view::npos)
      p = star + 1, t = ++mark;
    else
      return false;
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

static bool any_glob(std::string_view text, std::string_view patterns) {
  auto const all = split(patterns, ':');
  return std::ranges::any_of(all, [&](auto pattern) { return glob(text, pattern); });
}

bool matches_filter(std::string_view text, std::string_view filter) {
  // GoogleTest cuts at the first '-'. Test ids hold one themselves ("ORD-03"), so a '-' between a letter and a digit, '*'
  // or '?' belongs to an id.
  std::size_t cut = std::string_view::npos;
  for (std::size_t i = 0; i < filter.size() && cut == std::string_view::npos; ++i) {
    bool const after_letter = i > 0 && filter[i - 1] >= 'A' && filter[i - 1] <= 'Z';
    bool const before_number = i + 1 < filter.size() && (std::string_view("0123456789*?").contains(filter[i + 1]));
    if (filter[i] == '-' && !(after_letter && before_number)) cut = i;
  }
  auto const positive = filter.substr(0, cut);
  auto const negative = cut == std::string_view::npos ? std::string_view() : filter.substr(cut + 1);
  return (positive.empty() || any_glob(text, positive)) && (negative.empty() || !any_glob(text, negative));
}

/// 0 for shall (RFC-MUST and the flow included), 1 for should, 2 for may (RFC-MAY and the profile).
static int rank(std::string_view strength) {
  if (strength == "profile" || strength == "rfc-may" || strength == "may") return 2;
  if (strength == "rfc-should" || strength == "should") return 1;
  return 0;
}

bool is_of_level(std::string_view strength, std::string_view level) {
  return rank(strength) <= rank(level);
}

/// "ORD", "DBT-0" and "ord-03" choose what begins so. An id of the suite chooses that case and its parts: "ORD-10" ORD-10b too.
static bool chooses(std::string_view text, bool is_id, std::string_view id) {
  if (!iequals(id.substr(0, text.size()), text)) return false;
  auto const rest = id.substr(std::min(id.size(), text.size()));
  bool const is_part = rest.empty() || (rest.size() == 1 && rest.front() >= 'a' && rest.front() <= 'z');
  return !is_id || is_part;
}

/// The cases that one word of the selection chooses.
static std::vector<Case const*> chosen_by(std::string_view text, std::span<Case const> suite) {
  bool const is_id = std::ranges::any_of(suite, [&](Case const& one) { return iequals(one.info.id, text); });
  std::vector<Case const*> out;
  for (Case const& one : suite)
    if (chooses(text, is_id, one.info.id)) out.push_back(&one);
  // What a campaign has found is called by its kind and hash: their group takes them all.
  if (out.empty() && iequals(text, "finding"))
    for (Case const& one : suite)
      if (one.info.group == "finding") out.push_back(&one);
  return out;
}

std::optional<std::string> selects_nothing(std::span<Case const> suite, std::vector<std::string> const& prefixes) {
  for (auto const& prefix : prefixes)
    if (chosen_by(prefix, suite).empty()) return prefix;
  return std::nullopt;
}

std::vector<Case const*> select(std::span<Case const> suite, Selection const& selection) {
  std::set<Case const*> chosen;
  for (auto const& prefix : selection.prefixes) std::ranges::copy(chosen_by(prefix, suite), std::inserter(chosen, chosen.end()));
  std::vector<Case const*> plan;
  for (Case const& candidate : suite) {
    auto const& id = candidate.info.id;
    if (!selection.prefixes.empty() && !chosen.contains(&candidate)) continue;
    if (!matches_filter(id, selection.filter)) continue;
    if (!is_of_level(candidate.info.strength, selection.level)) continue;
    if (selection.partition && !selection.partition->holds(id)) continue;
    plan.push_back(&candidate);
  }
  auto const once = plan;
  for (std::size_t n = 1; n < selection.repeat; ++n) plan.insert(plan.end(), once.begin(), once.end());
  return plan;
}

void shuffle(std::vector<Case const*>& plan, std::uint64_t seed) {
  Random random(seed);
  for (auto left = plan.size(); left > 1; --left) std::swap(plan[left - 1], plan[random.below(left)]);  // Fisher and Yates
}

std::vector<Case const*> planned(std::span<Case const> suite, Selection const& selection, std::uint64_t seed) {
  auto plan = select(suite, selection);
  if (selection.is_shuffled) shuffle(plan, seed);
  return plan;
}

std::optional<std::string> not_applicable(Case const& what, Profile const& profile, Claims const& claims) {
  auto const need = unclaimed(what.needs, claims);
  if (need == claim_store)
    return "store.method \"preloaded\": this purpose stores something else than one message for each client that registers";
  if (need == claim_charging_peer)
    return "charging.relay: this purpose is about the SUT's own Diameter connection, which is with a relay agent";
  if (need == claim_sip_peer) return "sut.proxy: this purpose is about what one hop of SIP has of its own, and a proxy is between";
  if (need == claim_msrp_peer)
    return "client.msrp_relay: this purpose is about MSRP between the SUT and the client itself, and a relay answers in its place";
  if (need && need->starts_with('!')) return fmt::format("ICS: this purpose does not hold for a SUT that claims {}", claim_in(*need));
  if (need) return fmt::format("ICS: this purpose needs {}, which the SUT does not claim", *need);
  return exclusion(what, profile);
}

std::vector<CaseResult> plan_results(std::span<Case const* const> plan, Profile const& profile, Claims const& claims) {
  std::vector<CaseResult> results;
  for (Case const* planned : plan) {
    CaseResult result;
    result.info = planned->info;
    if (auto const why = not_applicable(*planned, profile, claims)) {
      result.verdict = Verdict::na;
      result.reason = "not applicable";
      result.because = *why;
      result.finished = true;
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace tollgate
