#include "reports/html/page.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/html/case_row.hpp"
#include "reports/html/evidence.hpp"
#include "reports/html/frame.hpp"
#include "reports/html/script.hpp"
#include "reports/ladder_svg.hpp"

namespace tollgate::reports {

namespace {

class Writer : HtmlWriter {
 public:
  Writer(Run const& run, Stage stage, std::filesystem::path const& place)
      : run_(run), stage_(stage), place_(place), files_(artefacts(run)) {}

  [[nodiscard]] Page write() {
    auto const script = std::string(html_script()) + std::string(stage_ == Stage::running ? live_script() : "");
    put_head(page_text(run_.sut), ladder_style(), script, stage_ == Stage::running);
    put(R"(<a class="skip" href="#cases">to the cases</a>)");
    page_.head = taken();
    part("summary", summary(run_, files_, stage_, place_));
    filter();
    if (stage_ == Stage::running) put(R"(<section id="running"><h2 hidden>running now</h2><div class="cases" hidden></div></section>)");
    auto const rows = draw_rows();
    for (auto const& group : groups()) {
      put("<h2>{}</h2>", page_text(group.empty() ? "cases" : group));
      put(R"(<div class="cases"><div class="row heads"><span>verdict</span><span>case</span><span>clause</span><span class="purpose">purpose</span><span>reason</span><span class="time">time</span></div>)");
      part("", taken());
      for (std::size_t i = 0; i < run_.cases.size(); ++i)
        if (run_.cases[i].info.group == group) part(std::string(anchor(files_[i])), rows[i]);
      put("</div>");
    }
    if (stage_ == Stage::running) {  // for what no plan names: PEERS, RUN
      part("", taken());
      part("more", R"(<div id="more"></div>)");
    }
    put_end(script);
    page_.tail = taken();
    return std::move(page_);
  }

 private:
  void part(std::string key, std::string html) { page_.parts.push_back({std::move(key), std::move(html)}); }

  [[nodiscard]] bool is_open(CaseResult const& result) const {
    return stage_ == Stage::running && !result.finished && result.verdict != Verdict::na;
  }

  [[nodiscard]] std::vector<std::string> draw_rows() const {
    std::vector<std::string> rows;
    std::size_t text = 0;
    for (std::size_t i = 0; i < run_.cases.size(); ++i) {
      auto const& result = run_.cases[i];
      rows.push_back(is_open(result) ? planned_row(result, files_[i]) : case_row(run_, result, files_[i], place_));
      text += rows.back().size();
    }
    std::vector<std::size_t> drawn;
    std::vector<CaseResult const*> cases;
    for (bool const passed : {false, true})  // what did not pass has its claim first
      for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& result = run_.cases[i];
        if (!is_drawn(result) || (result.verdict == Verdict::pass) != passed) continue;
        drawn.push_back(i);
        cases.push_back(&result);
      }
    auto const pictures = evidence(cases, evidence_most - std::min(evidence_most, text));
    for (std::size_t i = 0; i < drawn.size(); ++i) add_evidence(rows[drawn[i]], pictures[i]);
    return rows;
  }
  [[nodiscard]] bool is_drawn(CaseResult const& result) const { return !is_open(result) && has_artefacts(result); }

  /// Shown by the script, which makes it work.
  void filter() {
    put(R"(<form class="filter" id="cases" tabindex="-1" hidden><label>find <input type="search" name="find" placeholder="id, clause, words"></label><fieldset><legend>verdict</legend>)");
    for (auto const verdict : {Verdict::pass, Verdict::fail, Verdict::inconc, Verdict::error, Verdict::known, Verdict::na})
      if (stage_ == Stage::running || std::ranges::count(run_.cases, verdict, &CaseResult::verdict) > 0)
        put(R"(<label class="{0}"><input type="checkbox" name="verdict" value="{0}"> {1}</label>)", class_of(verdict), word(verdict));
    if (stage_ == Stage::running)
      for (auto const& [state, says] : {std::pair{"running", "RUNS"}, {"judged", "JUDGED"}, {"planned", "PLANNED"}})
        put(R"(<label class="{0}"><input type="checkbox" name="verdict" value="{0}"> {1}</label>)", state, says);
    put("</fieldset>");
    choice("group", groups());
    choice("strength", values_of(&CaseInfo::strength));
    put(R"(<button type="reset">show all</button> <output></output></form>)");
  }
  void choice(std::string_view name, std::vector<std::string> const& values) {
    put(R"(<label>{0} <select name="{0}"><option value="">all</option>)", name);
    for (auto const& value : values) put("<option>{}</option>", page_text(value));
    put("</select></label>");
  }

  /// In the order in which the plan names them first.
  [[nodiscard]] std::vector<std::string> values_of(std::string CaseInfo::* member) const {
    std::vector<std::string> out;
    for (auto const& result : run_.cases)
      if (std::ranges::find(out, result.info.*member) == out.end()) out.push_back(result.info.*member);
    return out;
  }
  [[nodiscard]] std::vector<std::string> groups() const { return values_of(&CaseInfo::group); }

  static constexpr std::size_t evidence_most = 4'850'000;  ///< with the rows' text: head, summary and filter take the rest of 5 MB
  Run const& run_;
  Stage stage_;
  std::filesystem::path const& place_;
  std::vector<Artefacts> files_;
  Page page_;
};

}  // namespace

std::string Page::whole() const {
  std::string out = head;
  for (auto const& part : parts) out += part.html;
  return out + tail;
}

Page page(Run const& run, Stage stage, std::filesystem::path const& place) {
  return Writer(run, stage, place).write();
}

std::string html_page(Run const& run, std::filesystem::path const& place) {
  return page(run, Stage::over, place).whole();
}

}  // namespace tollgate::reports
