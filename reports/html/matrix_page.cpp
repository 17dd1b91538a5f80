// The page of several runs side by side.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>

#include "reports/account.hpp"
#include "reports/compare.hpp"
#include "reports/escape.hpp"
#include "reports/html/frame.hpp"

namespace tollgate::reports {

namespace {

constexpr std::string_view own_style = R"(.matrix{border-collapse:collapse;width:100%;font-size:14px}
.matrix th,.matrix td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:baseline}
.matrix thead th{position:sticky;top:0;background:var(--paper);font-size:13px}
.matrix tbody th{white-space:nowrap}
.matrix .change{color:var(--ink);background:var(--soft);border:1px solid var(--v);border-radius:4px;padding:0 6px;font-size:12px;white-space:nowrap}
.matrix small{color:var(--dim);display:block;font-weight:400}
)";

class MatrixPage : HtmlWriter {
 public:
  explicit MatrixPage(std::span<Run const> runs) : runs_(runs), cases_(compare(runs)) {}

  std::string draw() {
    put_head(fmt::format("{} runs", runs_.size()), own_style, "");
    banner();
    auto const has_changed = [](ComparedCase const& one) {
      return std::ranges::any_of(one.cells, [](Cell const& cell) { return cell.change != Change::none; });
    };
    std::vector<ComparedCase> changed;
    std::ranges::copy_if(cases_, std::back_inserter(changed), has_changed);
    table("What changed", changed);
    table("All cases", cases_);
    put_end("");
    return taken();
  }

 private:
  void banner() {
    std::map<Change, std::size_t> counts;
    for (auto const& one : cases_) ++counts[one.cells.back().change];
    auto const worst = counts[Change::broke] > 0 ? "fail" : counts[Change::other] + counts[Change::is_gone] > 0 ? "inconc" : "pass";
    put(R"(<header class="banner {}"><h1>{}</h1><p>From the last run but one to the last: {} broke, {} fixed, {} new, {} gone, {} judged otherwise. {} runs, {} cases.</p></header>)",
        worst, counts[Change::broke] > 0 ? "something broke" : "nothing broke", counts[Change::broke], counts[Change::fixed],
        counts[Change::is_new], counts[Change::is_gone], counts[Change::other], runs_.size(), cases_.size());
  }

  void table(std::string_view title, std::vector<ComparedCase> const& cases) {
    put("<h2>{}</h2>", title);
    if (cases.empty()) return put("<p>nothing</p>");
    put(R"(<table class="matrix"><thead><tr><th scope="col">case</th><th scope="col">purpose</th>)");
    for (std::size_t i = 0; i < runs_.size(); ++i)
      put(R"(<th scope="col">{}. {}<small>{}</small><small>{}</small></th>)", i + 1, markup(one_line(runs_[i].sut)),
          markup(one_line(runs_[i].started_at)), markup(to_string(count(runs_[i]))));
    put("</tr></thead><tbody>");
    for (auto const& one : cases) row(one);
    put("</tbody></table>");
  }

  void row(ComparedCase const& one) {
    put(R"(<tr><th scope="row" class="mono">{}</th><td>{}<small>{}</small></td>)", markup(one_line(one.info->id)),
        markup(one_line(one.info->purpose)), markup(one_line(one.info->clause)));
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
      auto const& cell = one.cells[i];
      auto const change = i == 0 ? "" : describe(one.cells[i - 1], cell);
      put(R"(<td class="{}"><span class="verdict">{}</span>{}<small>{}</small></td>)",
          cell.result == nullptr ? "na" : class_of(cell.result->verdict), cell.result == nullptr ? "" : word(cell.result->verdict),
          change.empty() ? "" : fmt::format(R"( <span class="change">{}</span>)", markup(change)),
          cell.result == nullptr || cell.result->verdict == Verdict::pass
              ? ""
              : markup(one_line(capped(cell.result->reason, reason_most, "cut"))));
    }
    put("</tr>");
  }

  static constexpr std::size_t reason_most = 400;
  std::span<Run const> runs_;
  std::vector<ComparedCase> cases_;
};

}  // namespace

std::string matrix_page(std::span<Run const> runs) {
  return MatrixPage(runs).draw();
}

}  // namespace tollgate::reports
