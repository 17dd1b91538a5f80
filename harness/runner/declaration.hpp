#pragma once
/// What a SUT declares of itself and judges must know, its reading of the ambiguous steps and its timers: turned into terms
/// for the rules, and kept as facts in the header of every trace, so that `tollgate judge` gives the verdicts of the run.
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "actors/ixit.hpp"
#include "rules/finding.hpp"
#include "rules/rule.hpp"
#include "runner/bundle.hpp"
#include "trace/trace.hpp"

namespace tollgate {

struct Declaration {
  Profile profile;
  Ixit timers;     ///< only its durations
  Duration lag{};  ///< of the harness while it recorded, at worst
  bool is_cut_off = false;  ///< the case was ended before all that it had begun
  std::vector<trace::EventId> witnesses = {};  ///< of the verdict that the run gave
  std::optional<Finding> steps = {};           ///< what the steps of the case found; nothing where the trace does not say
};

/// The only place that makes terms of a declaration.
[[nodiscard]] rules::Terms terms_of(Profile const& profile, Ixit const& timers);
[[nodiscard]] rules::Terms terms_of(Declaration const& declaration);

[[nodiscard]] trace::Facts facts_of(Profile const& profile, Ixit const& timers);
/// What is missing stays as the standards have it. The error is a sentence.
[[nodiscard]] std::expected<Declaration, std::string> declaration_in(trace::Facts const& facts);

}  // namespace tollgate
