#include "reports/progress.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/escape.hpp"

namespace tollgate::reports {

static constexpr std::size_t cases_most = 6;  ///< of those that run

/// "ORD-03 1.2 s: alice: INVITE within 2.0 s"
static std::string describe(Run const& run, UnderWay const& one) {
  auto const& id = run.cases.at(one.index).info.id;
  return one_line(fmt::format("{} {} s{}{}", id, tenths(one.since), one.waits_for.empty() ? "" : ", waits for ", one.waits_for));
}

static std::string counts(Run const& run, std::size_t running) {
  auto const failed = std::ranges::count(run.cases, Verdict::fail, &CaseResult::verdict);
  return fmt::format("{} of {} done{}, {} running", count_ended(run), run.cases.size(),
                     failed > 0 ? fmt::format(", {} failed", failed) : "", running);
}

/// A line that the terminal would break stays behind when the rest is drawn anew.
std::string Progress::cut(std::string text) const {
  if (text.size() >= columns_) text.resize(columns_ > 1 ? columns_ - 1 : 0);
  return text;
}

void Progress::draw(Run const& run, std::span<UnderWay const> under_way) {
  clears();
  out_ << cut(counts(run, under_way.size())) << '\n';
  for (auto const& one : under_way.first(std::min(cases_most, under_way.size()))) out_ << cut("  " + describe(run, one)) << '\n';
  lines_ = 1 + std::min(cases_most, under_way.size());
  if (under_way.size() > cases_most) {
    out_ << cut(fmt::format("  and {} more", under_way.size() - cases_most)) << '\n';
    ++lines_;
  }
  out_.flush();
}

void Progress::shows(Run const& run, std::span<UnderWay const> under_way) {
  constexpr std::size_t calls_a_line = 20;  // ten seconds
  if (columns_ > 0) return draw(run, under_way);
  if (++shown_ % calls_a_line != 0) return;
  auto line = counts(run, under_way.size());
  for (auto const& one : under_way.first(std::min(cases_most, under_way.size()))) line += "; " + describe(run, one);
  out_ << line << '\n';
  out_.flush();
}

void Progress::clears() {
  if (lines_ == 0) return;
  out_ << fmt::format("\x1b[{}A\x1b[J", lines_);
  out_.flush();
  lines_ = 0;
}

}  // namespace tollgate::reports
