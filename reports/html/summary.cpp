#include "reports/html/summary.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/clauses.hpp"
#include "reports/escape.hpp"
#include "reports/html/case_row.hpp"
#include "reports/html/frame.hpp"
#include "runner/exit_code.hpp"

namespace tollgate::reports {

namespace {

std::string_view class_of_exit(int code) {
  return code == 0 ? "pass" : code == 1 ? "fail" : code == 2 ? "inconc" : "error";
}

class Summary : HtmlWriter {
 public:
  Summary(Run const& run, std::span<Artefacts const> files, std::filesystem::path const& place) : run_(run), files_(files), place_(place) {}

  [[nodiscard]] std::string draw(Stage stage) {
    put(R"(<section id="summary">)");
    auto const counts = count(run_);
    stage == Stage::over ? banner(counts) : banner_of_a_running_one();
    chips(counts, stage);
    failures(stage);
    facts(stage);
    if (stage == Stage::over) order();
    clauses(stage);
    put("</section>");
    return taken();
  }

 private:
  void banner(Counts const& counts) {
    put(R"(<header class="banner {}"><h1>{}</h1><p>{} of {} cases ran: {}. Exit code {}.</p></header>)", class_of_exit(run_.exit),
        outcome(run_), counts.ran(), run_.cases.size(), to_string(counts), run_.exit);
  }

  void banner_of_a_running_one() {
    bool const has_failed = std::ranges::count(run_.cases, Verdict::fail, &CaseResult::verdict) > 0;
    put(R"(<header class="banner {}"><h1>the run goes on</h1><p>{} of {} cases have ended.</p></header>)", has_failed ? "fail" : "known",
        count_ended(run_), run_.cases.size());
  }

  void chips(Counts const& counts, Stage stage) {
    put(R"(<ul class="counts">)");
    auto const chip = [this](std::string_view name, std::size_t number) {
      if (number != 0) put(R"(<li class="{}"><b>{}</b> {}</li>)", name, number, name == "na" ? "n/a" : name);
    };
    chip("pass", counts.pass);
    chip("fail", counts.fail);
    chip("inconc", counts.inconc);
    if (stage == Stage::over) chip("error", counts.error);  // before that, what has not ended counts as one
    chip("known", counts.known);
    chip("na", counts.na);
    put("</ul>");
  }

  /// What somebody who opens the page wants to see first. While the run goes on, what has no verdict yet is no failure.
  void failures(Stage stage) {
    constexpr std::size_t most = 20;
    std::size_t count = 0;
    for (auto const verdict : {Verdict::fail, Verdict::error, Verdict::inconc})
      for (std::size_t i = 0; i < std::min(run_.cases.size(), files_.size()); ++i) {
        auto const& result = run_.cases[i];
        if (result.verdict != verdict || (stage == Stage::running && !result.finished)) continue;
        if (++count > most) continue;
        if (count == 1) put(R"(<ul class="failures" aria-label="what did not pass">)");
        put(R"(<li class="{0}"><a href="#{1}"><span class="verdict">{2}</span> <span class="mono">{3}</span></a> {4}</li>)",
            class_of(verdict), anchor(files_[i]), word(verdict), page_text(result.info.id), page_text(reason_of(result)));
      }
    if (count > most) put("<li>{} more: the filter below shows them</li>", count - most);
    if (count > 0) put("</ul>");
  }

  void facts(Stage stage) {
    put("<dl>");
    put_fact("SUT", run_.sut);
    put_fact("profile", run_.profile);
    for (auto const& note : reading_notes(run_)) put_fact("reading", note);
    put_fact("seed", fmt::format("{}", run_.seed));
    put_fact("started", run_.started_at);
    if (stage == Stage::over) {
      put_fact("duration", seconds(run_.duration) + " s");
      put_fact("own lag", fmt::format("p99 {} ms, at most {} ms", milliseconds(run_.lag_p99.count()), milliseconds(run_.lag_max.count())));
    }
    put_fact("tollgate", run_.version);
    for (auto const& problem : run_.baseline_problems) put_fact("baseline", problem);
    put("</dl>");
  }

  /// What the run says of the order of the steps: seen, and proved.
  void order() {
    if (std::ranges::all_of(run_.order, [](auto const& one) { return one.in_order == 0 && one.refuted_by.empty(); })) return;
    put(R"(<table class="order"><caption>order of the twelve steps</caption><tr><th>steps</th><th>what waits</th><th>was in order</th><th>is ordered</th></tr>)");
    for (auto const& one : run_.order)
      put(R"(<tr class="{}"><td class="mono">{} → {}</td><td>{}</td><td>{} times</td><td>{}</td></tr>)", order_class(one), one.arrow.from,
          one.arrow.to, page_text(one.arrow.says), one.in_order, page_text(describe_order(one)));
    put("</table>");
  }

  /// Clause, verdict, purposes, evidence. What is broken is seen without a click.
  void clauses(Stage stage) {
    auto const twelve = clause_table(run_, stage);
    clauses("the twelve steps of CR 6.3.2.8 and the purposes that judge them", twelve);
    auto const others = other_clauses(run_, stage);
    if (!others.empty()) clauses("the clauses of the protocols below them", others);
  }
  void clauses(std::string_view title, std::span<ClauseRow const> rows) {
    bool const is_red =
        std::ranges::any_of(rows, [](auto const& row) { return row.verdict == Verdict::fail || row.verdict == Verdict::error; });
    put(R"(<details class="clauses"{}><summary>{}</summary><div class="wide" tabindex="0" role="region" aria-label="{}"><table class="order"><thead><tr><th scope="col">clause</th><th scope="col">verdict</th><th scope="col">purposes</th><th scope="col">evidence</th></tr></thead><tbody>)",
        is_red ? " open" : "", title, title);
    for (auto const& row : rows) {
      bool const is_judged = row.verdict != Verdict::none;
      put(R"(<tr class="{}"><th scope="row">{}{}</th><td class="verdict">{}</td><td class="mono">)",
          is_judged ? class_of(row.verdict) : "na", page_text(row.clause),
          row.says.empty() ? "" : fmt::format("<small>{}</small>", page_text(row.says)), is_judged ? word(row.verdict) : "not judged");
      for (auto const i : row.cases)
        put(R"(<a class="{}" href="#{}">{}</a> )", class_of(run_.cases[i].verdict), anchor(files_[i]), page_text(run_.cases[i].info.id));
      put("</td><td>");
      proof(row);
      put("</td></tr>");
    }
    put("</tbody></table></div></details>");
  }

  /// Of the cases that gave the verdict: what broke, and the ladder that shows it.
  void proof(ClauseRow const& row) {
    constexpr std::size_t most = 2;
    std::size_t shown = 0;
    for (auto const i : row.decided_by) {
      auto const& result = run_.cases[i];
      auto const ladder = has_artefacts(result) ? link_to_file(run_, place_, files_[i].ladder()) : "";
      if (ladder.empty()) continue;
      if (++shown > most) break;
      auto const witnesses = describe_witnesses(result);
      if (!witnesses.empty() && result.verdict != Verdict::pass)
        put(R"(<a href="#{}/{}"><span class="mono">{} #{}</span> {}</a> · )", anchor(files_[i]), witnesses.back().event,
            page_text(result.info.id), witnesses.back().event, page_text(capped(witnesses.back().what, what_most, "cut")));
      put(R"(<a href="{}">ladder of {}</a><br>)", ladder, page_text(result.info.id));
    }
    if (row.decided_by.size() > shown && shown > 0) put("{} more", row.decided_by.size() - std::min(shown, most));
  }

  [[nodiscard]] bool declares(std::string const& axis, std::string_view value) const {
    auto const found = run_.declares.find(axis);
    return found != run_.declares.end() && found->second == value;
  }

  /// Steps 11 and 9 may come as they like (G-LOOSE), and step 8 before 10 where that is declared (D-PRE); each other order is one that the
  /// steps ask for.
  [[nodiscard]] std::string_view order_class(OrderEvidence const& one) const {
    auto const ordered = is_ordered(one);
    bool const is_free_release = one.arrow.from == 9 && !declares("release", "strict");
    bool const is_early_debit = one.arrow.to == 8 && (declares("debit", "pre") || run_.profile == "CR-NOTE");
    bool const may_be = is_free_release || is_early_debit;
    return ordered == Ordered::proved ? "pass" : ordered == Ordered::unproved ? "na" : may_be ? "inconc" : "fail";
  }

  static constexpr std::size_t what_most = 80;
  Run const& run_;
  std::span<Artefacts const> files_;
  std::filesystem::path const& place_;
};

}  // namespace

std::string summary(Run const& run, std::span<Artefacts const> files, Stage stage, std::filesystem::path const& place) {
  return Summary(run, files, place).draw(stage);
}

}  // namespace tollgate::reports
