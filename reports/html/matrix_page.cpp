// The page of several runs side by side.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>

#include "reports/account.hpp"
#include "reports/artefacts.hpp"
#include "reports/compare.hpp"
#include "reports/escape.hpp"
#include "reports/html/case_row.hpp"
#include "reports/html/frame.hpp"

namespace tollgate::reports {

namespace {

constexpr std::string_view own_style = R"(.matrix{border-collapse:collapse;width:100%;font-size:14px}
.matrix th,.matrix td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:baseline}
.matrix thead th{position:sticky;top:0;background:var(--paper);font-size:13px}
.matrix tbody th{white-space:nowrap}
.matrix td:not(.purpose),.matrix thead th:not(.purpose){min-width:110px}.matrix .purpose{min-width:190px}
.matrix a:not(:hover){text-decoration:none}
@media screen and (max-width:1180px){.wide{overflow-x:auto}.matrix tbody th,.matrix thead th:first-child{position:sticky;left:0;z-index:1;background:var(--paper);padding-right:10px}}
@media screen and (max-width:800px){.matrix td,.matrix td:not(.purpose),.matrix thead th:not(.purpose){min-width:84px}.matrix td.purpose,.matrix th.purpose{display:none}.matrix tbody th small{display:block;white-space:normal;width:110px}.matrix th.mono small{font-family:system-ui,sans-serif}}
@media screen and (min-width:801px){.matrix tbody th small{display:none}}
.matrix .change{color:var(--ink);background:var(--soft);border:1px solid var(--v);border-radius:4px;padding:0 6px;font-size:12px;white-space:nowrap}
.matrix small{color:var(--dim);display:block;font-weight:400}
)";

class MatrixPage : HtmlWriter {
 public:
  MatrixPage(std::span<Run const> runs, std::filesystem::path const& place) : runs_(runs), cases_(compare(runs)) {
    for (auto const& run : runs) {
      pages_.push_back(link_to(run, place));
      auto const files = artefacts(run);
      for (std::size_t i = 0; i < files.size(); ++i) anchors_[&run.cases[i]] = anchor(files[i]);
    }
  }

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
  /// Of the page of that run, as the matrix at `place` sees it; "" where its folder is not known.
  static std::string link_to(Run const& run, std::filesystem::path const& place) {
    if (run.out.empty() || place.empty()) return "";
    return link_between(place, std::filesystem::path(run.out) / "index.html");
  }

  /// Inside of a link where there is one to lead to.
  static std::string linked(std::string const& page, std::string_view anchor, std::string const& inside) {
    if (page.empty()) return inside;
    return fmt::format(R"(<a href="{}{}{}">{}</a>)", page, anchor.empty() ? "" : "#", anchor, inside);
  }

  static std::string told(std::map<Change, std::size_t>& counts) {
    return fmt::format("{} broke, {} fixed, {} new, {} gone, {} judged otherwise", counts[Change::broke], counts[Change::fixed],
                       counts[Change::is_new], counts[Change::is_gone], counts[Change::other]);
  }

  /// From that run to the last.
  [[nodiscard]] std::map<Change, std::size_t> counted_since(std::size_t run) const {
    std::map<Change, std::size_t> counts;
    for (auto const& one : cases_) ++counts[change_of(one.cells[run].result, one.cells.back().result)];
    return counts;
  }

  void banner() {
    auto const last = runs_.size();
    auto const before = last > 1 ? last - 1 : last;
    auto counts = counted_since(before - 1);
    auto const worst = counts[Change::broke] > 0 ? "fail" : counts[Change::other] + counts[Change::is_gone] > 0 ? "inconc" : "pass";
    put(R"(<header class="banner {}"><h1>the last run broke {}</h1><p>From run {} to run {}, the last: {}.</p>)", worst,
        counts[Change::broke] > 0 ? "something" : "nothing", before, last, told(counts));
    if (last > 2) {
      auto all = counted_since(0);
      put("<p>From run 1, the first, to run {}: {}.</p>", last, told(all));
    }
    put("<p>{} runs, {} cases. A cell says what changed from the run on its left.</p></header>", last, cases_.size());
  }

  void table(std::string_view title, std::vector<ComparedCase> const& cases) {
    put("<h2>{}</h2>", title);
    if (cases.empty()) return put("<p>nothing</p>");
    put(R"(<div class="wide" tabindex="0" role="region" aria-label="{}"><table class="matrix"><thead><tr><th scope="col">case</th><th scope="col" class="purpose">purpose</th>)",
        title);
    for (std::size_t i = 0; i < runs_.size(); ++i) column(i);
    put("</tr></thead><tbody>");
    for (auto const& one : cases) row(one);
    put("</tbody></table></div>");
  }

  /// Who was judged, and what tells this run from the others: its folder and its seed.
  void column(std::size_t i) {
    auto const& run = runs_[i];
    auto const folder = std::filesystem::path(run.out).lexically_normal();
    auto const name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    put(R"(<th scope="col">{}<small>{}</small><small>seed {}</small><small>{}</small><small>{}</small></th>)",
        linked(pages_[i], "", fmt::format("{}. {}", i + 1, page_text(one_line(name.empty() ? run.sut : name.string())))),
        name.empty() ? "" : page_text(one_line(run.sut)), run.seed, page_text(one_line(run.started_at)), markup(to_string(count(run))));
  }

  void row(ComparedCase const& one) {
    auto const purpose = page_text(one_line(one.info->purpose));  // below the id where there is no room for a column
    put(R"(<tr><th scope="row" class="mono">{}<small>{}</small></th><td class="purpose">{}<small>{}</small></td>)",
        page_text(one_line(one.info->id)), purpose, purpose, page_text(one_line(one.info->clause)));
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
      auto const* const result = one.cells[i].result;
      if (result == nullptr) {
        put(R"(<td class="na">{}</td>)", changed(one, i));
        continue;
      }
      put(R"(<td class="{}">{}{}<small>{}</small></td>)", class_of(result->verdict),
          linked(pages_[i], anchors_.at(result), fmt::format(R"(<span class="verdict">{}</span>)", word(result->verdict))), changed(one, i),
          result->verdict == Verdict::pass ? "" : markup(one_line(capped(reason_of(*result), reason_most, "cut"))));
    }
    put("</tr>");
  }

  static std::string changed(ComparedCase const& one, std::size_t i) {
    auto const change = i == 0 ? "" : describe(one.cells[i - 1], one.cells[i]);
    return change.empty() ? "" : fmt::format(R"( <span class="change">{}</span>)", markup(change));
  }

  static constexpr std::size_t reason_most = 400;
  std::span<Run const> runs_;
  std::vector<ComparedCase> cases_;
  std::vector<std::string> pages_;                     ///< where the page of each run lies
  std::map<CaseResult const*, std::string> anchors_;  ///< of a case on it
};

}  // namespace

std::string matrix_page(std::span<Run const> runs, std::filesystem::path const& place) {
  return MatrixPage(runs, place).draw();
}

}  // namespace tollgate::reports
