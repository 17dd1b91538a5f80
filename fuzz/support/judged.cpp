#include "fuzz/support/judged.hpp"

#include <fmt/format.h>

#include "fuzz/support/target.hpp"

namespace tollgate::fuzz {

void require_points_into(Judgement const& judgement, std::string_view text) {
  std::size_t before = 0;
  for (auto const& one : judgement.diagnostics) {
    auto const shown = [&] { return fmt::format("{} at {} of {} octets: {}", one.rule, one.offset, one.size, one.detail); };
    if (one.offset > text.size() || one.size > text.size() - one.offset)
      require(false, fmt::format("a deviation lies outside its text of {} octets: {}", text.size(), shown()));
    if (one.offset < before) require(false, "deviations are not in the order of their octets: " + shown());
    if (one.rule.empty() || one.clause.empty() || one.detail.empty()) require(false, "a deviation does not say what it is: " + shown());
    before = one.offset;
  }
  bool const is_accepted = judgement.outcome == Outcome::accept;
  require(is_accepted || !judgement.diagnostics.empty(), "a text is not accepted and nothing says why");
}

void require_same(Judgement const& once, Judgement const& again) {
  require(once.outcome == again.outcome, "judged twice, the outcome is another one");
  require(once.answer == again.answer, "judged twice, the answer is another one");
  require(once.diagnostics.size() == again.diagnostics.size(), "judged twice, there are more or fewer deviations");
  for (std::size_t i = 0; i < once.diagnostics.size(); ++i) {
    auto const& a = once.diagnostics[i];
    auto const& b = again.diagnostics[i];
    require(a.offset == b.offset && a.size == b.size && a.strength == b.strength, "judged twice, a deviation stands elsewhere");
    require_equal(a.rule, b.rule, "rule of a deviation, judged twice");
    require_equal(a.clause, b.clause, "clause of a deviation, judged twice");
    require_equal(a.detail, b.detail, "detail of a deviation, judged twice");
  }
}

}  // namespace tollgate::fuzz
