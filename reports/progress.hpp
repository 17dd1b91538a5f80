#pragma once
/// What a person sees while cases run: how many are done, and what each of those that run waits for. It goes to standard error, so
/// that a pipe reads verdicts alone.
#include <ostream>
#include <span>
#include <string>

#include "runner/runner.hpp"

namespace tollgate::reports {

class Progress {
 public:
  /// `columns`: of the terminal, where it is drawn anew in place; 0 where there is none, and a plain line comes every ten seconds.
  Progress(std::ostream& out, std::size_t columns) : out_(out), columns_(columns) {}

  /// Every half second. The longest come first.
  void shows(Run const& run, std::span<UnderWay const> under_way);
  /// Before anything else is printed.
  void clears();

 private:
  [[nodiscard]] std::string cut(std::string text) const;
  void draw(Run const& run, std::span<UnderWay const> under_way);

  std::ostream& out_;
  std::size_t columns_;
  std::size_t lines_ = 0;  ///< drawn now
  std::size_t shown_ = 0;  ///< calls
};

}  // namespace tollgate::reports
