#pragma once
/// The baseline: failures that are known, each with its reason, an issue and a date until which it may last. A run with a
/// baseline fails for what is new, and for what no longer fails.
///
///   [[known]]
///   case   = "ORD-12"
///   reason = "missing debit_units"   # part of the reason, or of the sentence behind it, that `tollgate run` prints
///   issue  = "ACME-412"
///   until  = 2027-01-31              # the last day
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/case.hpp"
#include "runner/file_error.hpp"

namespace tollgate {

struct KnownFailure {
  std::string case_id;
  std::string reason;
  std::string issue;
  std::string until;  ///< "2027-01-31"
  std::string where;  ///< file:line:column of the entry
};

class Baseline {
 public:
  /// `today` is the day of the run, "2026-11-26".
  [[nodiscard]] static std::expected<Baseline, FileError> read(std::string const& file, std::string_view text, std::string today);

  /// A fail becomes `known` where every finding of the case that fails has an entry, of several perhaps; else it stays a fail, and says
  /// which is new. A pass of a case that should fail becomes a fail, "unexpected pass". An
  /// entry that has expired still names its failure, so that the run ends with 5 and not like one with a new failure, and
  /// expects nothing of a case that passes.
  void apply(CaseResult& result) const;

  [[nodiscard]] std::vector<KnownFailure> const& entries() const { return entries_; }

  /// Entries that expired, and those that name no case of the suite, one sentence each.
  [[nodiscard]] std::vector<std::string> problems(std::span<Case const> suite) const;

 private:
  void judge_failed(CaseResult& result) const;
  /// Of that case, whose reason is in "reason: because"; null where there is none.
  [[nodiscard]] KnownFailure const* entry_for(std::string const& case_id, std::string const& said) const;
  [[nodiscard]] bool has_expired(KnownFailure const& entry) const { return entry.until < today_; }
  std::vector<KnownFailure> entries_;
  std::string today_;
};

}  // namespace tollgate
