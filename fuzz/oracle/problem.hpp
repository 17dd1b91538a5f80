#pragma once
/// What the campaign finds wrong with a server, and what makes two of them the same.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result.hpp"

namespace tollgate::fuzz {

struct Problem {
  std::string kind = {};    ///< "crash", "hang", "leak", "overcharge", ...: the first word of its folder's name
  std::string bucket = {};  ///< duplicates have the same one
  std::string says = {};    ///< one sentence
  std::string report = {};  ///< of a sanitizer, symbolised; empty where there is none
  std::string step = {};    ///< of what says no place: behind which message of ours that was changed, see step_of; else ""
  bool at_end = false;      ///< it shows when the server is ended, as every leak does

  /// What makes two findings the same: the bucket, and the step where there is one.
  [[nodiscard]] std::string key() const;
  /// "crash-1a2b3c4d"
  [[nodiscard]] std::string name() const;
};

/// The first of that bucket, or nullptr.
[[nodiscard]] Problem const* find_problem(std::span<Problem const> problems, std::string_view bucket);

/// How a server ended, by what it printed: a sanitizer's report speaks before an exit code or a signal. Nothing where it ended
/// well.
[[nodiscard]] std::vector<Problem> problems_of_end(std::string const& how_it_ended, std::string const& output);

/// It runs and answers nothing any more; `how` is the sentence.
[[nodiscard]] Problem hang(std::string how);

/// It has neither frames nor a rule: a server without a sanitizer that ends by a signal, or hangs. Every such end has the same bucket, and
/// findings are told apart by the step.
[[nodiscard]] bool says_no_place(Problem const& problem);

/// What the tampering told of the last message of ours that was changed; null where none was.
[[nodiscard]] trace::Event const* last_changed(trace::Trace const& flow);
/// That message, and what of it breaks its grammar first: "REGISTER, Call-ID", "REGISTER".
[[nodiscard]] std::string step_of(trace::Trace const& flow);

/// The sentence of `seen`, which names the events of that play, and the step of `known`, where it has one.
[[nodiscard]] std::string says_where(Problem const& seen, Problem const& known);

/// What the server itself shows, and no monitor judges: it ended, hangs, or keeps what it should give back.
[[nodiscard]] bool is_its_own_word(Problem const& problem);
/// The same by its kind.
[[nodiscard]] bool is_kind_of_its_own_word(std::string_view kind);
/// Two messages, of one flow or of two, may have to meet for it.
[[nodiscard]] bool may_meet(Problem const& problem);

/// Those that the monitors found in a flow. What a rule needs to know of our messages must be readable: of octets that are no message
/// nobody can say what the server took them for.
[[nodiscard]] std::vector<Problem> problems_in(CaseResult const& result);

/// What a monitor's failure is called: G6 is an overcharge. Its bucket is the rule and the step: of G12 the
/// rule of the grammar, else the label of the last witness, in that trace.
[[nodiscard]] Problem problem_of(Finding const& finding, trace::Trace const& trace);

}  // namespace tollgate::fuzz
