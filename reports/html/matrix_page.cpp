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
  MatrixPage(std::span<Run const> runs, std::filesystem::path const& place) : runs_(runs), base_(base_of(runs)), cases_(compare(runs)) {
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

  using Changes = std::map<Change, std::size_t>;

  static std::string told(Changes& counts) {
    return fmt::format("{} broke, {} fixed, {} new, {} gone, {} judged otherwise", counts[Change::broke], counts[Change::fixed],
                       counts[Change::is_new], counts[Change::is_gone], counts[Change::other]);
  }

  [[nodiscard]] Changes counted(std::size_t from, std::size_t to) const {
    Changes counts;
    for (auto const& one : cases_) ++counts[change_of(one.cells[from].result, one.cells[to].result)];
    return counts;
  }

  /// A run that is red stays red, whatever was red before it.
  static Verdict worst(Run const& run, Changes& changes) {
    auto const counts = count(run);
    if (counts.error > 0) return Verdict::error;
    if (counts.fail > 0 || changes[Change::broke] > 0) return Verdict::fail;
    return counts.inconc + changes[Change::is_gone] + changes[Change::other] > 0 ? Verdict::inconc : Verdict::pass;
  }

  void banner() {
    base_ ? banner_of_variants(*base_) : banner_of_builds();
    put("<p>{} runs, {} cases. A cell says what changed from the run {}.</p></header>", runs_.size(), cases_.size(),
        base_ ? fmt::format("in column {}", *base_ + 1) : "on its left");
  }

  void banner_of_builds() {
    auto const last = runs_.size(), before = last > 1 ? last - 1 : last;
    auto counts = counted(before - 1, last - 1);
    auto const& run = runs_.back();
    put(R"(<header class="banner {}"><h1>the last run {}: {}</h1><p>From run {} to run {}, the last: {}.</p>)",
        class_of(worst(run, counts)), counts[Change::broke] > 0 ? "broke something" : "broke nothing more", to_string(count(run)), before,
        last, told(counts));
    if (last > 2) {
      auto all = counted(0, last - 1);
      put("<p>From run 1, the first, to run {}: {}.</p>", last, told(all));
    }
  }

  /// As red as the worst of the others; where the base itself is red, what is red is its own to say, and only what they broke counts.
  void banner_of_variants(std::size_t base) {
    std::string each;
    std::size_t broken = 0;
    auto none = Changes{};
    bool const is_sound = worst(runs_[base], none) == Verdict::pass;
    auto shown = Verdict::pass;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (i == base) continue;
      auto counts = counted(base, i);
      bool const broke = counts[Change::broke] > 0;
      broken += broke ? 1 : 0;
      shown = worse(shown, is_sound ? worst(runs_[i], counts) : broke ? Verdict::fail : Verdict::pass);
      each += fmt::format(R"(<li value="{}">{}: {}</li>)", i + 1, page_text(name_of(i)), told(counts));
    }
    put(R"(<header class="banner {}"><h1>{} of {} runs broke what passes in run {}</h1><p>These are runs of one server with its faults, not one build after the other: each is compared with run {}, {}.</p><ol>{}</ol>)",
        class_of(shown), broken, runs_.size() - 1, base + 1, base + 1,
        is_sound ? "in which nothing fails" : fmt::format("of which {}", to_string(count(runs_[base]))), each);
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
    auto const name = name_of(i);
    put(R"(<th scope="col">{}<small>{}</small><small>seed {}</small><small>{}</small><small>{}</small></th>)",
        linked(pages_[i], "", fmt::format("{}. {}", i + 1, page_text(name))), name == run.sut ? "" : page_text(one_line(run.sut)), run.seed,
        page_text(one_line(run.started_at)), markup(to_string(count(run))));
  }

  /// That of its folder, where that is known.
  [[nodiscard]] std::string name_of(std::size_t i) const {
    auto const folder = std::filesystem::path(runs_[i].out).lexically_normal();
    auto const name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    return one_line(name.empty() ? runs_[i].sut : name.string());
  }

  void row(ComparedCase const& one) {
    auto const purpose = page_text(one_line(one.info->purpose));  // below the id where there is no room for a column
    put(R"(<tr><th scope="row" class="mono">{}<small>{}</small></th><td class="purpose">{}<small>{}</small></td>)",
        page_text(one_line(one.info->id)), purpose, purpose, page_text(one_line(one.info->clause)));
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
      auto const* const result = one.cells[i].result;
      if (result == nullptr) {
        put(R"(<td class="{}">{}</td>)", one.cells[i].change == Change::is_gone ? "inconc" : "na", changed(one, i));
        continue;
      }
      put(R"(<td class="{}">{}{}<small>{}</small></td>)", class_of(result->verdict),
          linked(pages_[i], anchors_.at(result), fmt::format(R"(<span class="verdict">{}</span>)", word(result->verdict))), changed(one, i),
          result->verdict == Verdict::pass ? "" : markup(one_line(capped(reason_of(*result), reason_most, "cut"))));
    }
    put("</tr>");
  }

  [[nodiscard]] std::string changed(ComparedCase const& one, std::size_t i) const {
    auto const change = describe(one.cells[compared_with(base_, i)], one.cells[i]);
    return change.empty() ? "" : fmt::format(R"( <span class="change">{}</span>)", markup(change));
  }

  static constexpr std::size_t reason_most = 400;
  std::span<Run const> runs_;
  std::optional<std::size_t> base_;
  std::vector<ComparedCase> cases_;
  std::vector<std::string> pages_;                     ///< where the page of each run lies
  std::map<CaseResult const*, std::string> anchors_;  ///< of a case on it
};

}  // namespace

std::string matrix_page(std::span<Run const> runs, std::filesystem::path const& place) {
  return MatrixPage(runs, place).draw();
}

}  // namespace tollgate::reports
