#pragma once
/// What a person at a terminal reads: a header, a line a case as it ends, a summary, the failures again with their
/// witnesses, and as the last line the exit code and its meaning.
#include <cstdint>
#include <map>
#include <ostream>
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

/// NO_COLOR (not empty) forbids, CLICOLOR_FORCE (not empty, not "0") demands, else a terminal decides. Null: not set.
[[nodiscard]] bool wants_colour(bool is_terminal, char const* no_color, char const* clicolor_force);

/// How much of a case is shown when it ends.
enum class Detail : std::uint8_t {
  quiet,    ///< nothing of what passed, is known or does not apply
  normal,   ///< a line
  verbose,  ///< and its ladder
};

/// What stands folded in the log of GitHub Actions: cases that need no look, by the clause that they judge, at the end.
enum class Folds : std::uint8_t { nothing, by_clause };

class Console {
 public:
  Console(std::ostream& out, bool colour, Detail detail = Detail::normal, Folds folds = Folds::nothing)
      : out_(out), colour_(colour), detail_(detail), folds_(folds) {}

  /// The header, and the cases that do not apply.
  void begins(Run const& run);
  /// "     PASS [  0.018s] ORD-03  purpose"
  void finished(CaseResult const& result);
  /// The summary and everything that needs a look. `run.exit` is not printed: see `exits`.
  void ends(Run const& run);
  /// "exit 1: at least one case failed". Nothing is printed after it.
  void exits(int code);

 private:
  [[nodiscard]] std::string painted(Verdict verdict, std::string_view text) const;
  void recap(Run const& run, CaseResult const& result, std::string const& stem);
  void list_unfinished(Run const& run);
  [[nodiscard]] std::string line_of(CaseResult const& result) const;
  void unfold();

  std::ostream& out_;
  bool colour_;
  Detail detail_;
  Folds folds_;
  std::map<std::string, std::string> folded_;  ///< lines by clause
  std::size_t id_width_ = 6;
};

/// All of it at once, without colour, each failure with its ladder: the report of kind `text`.
[[nodiscard]] std::string text_report(Run const& run);

}  // namespace tollgate::reports
