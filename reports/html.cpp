#include "reports/html.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "reports/account.hpp"
#include "reports/artefacts.hpp"
#include "reports/clauses.hpp"
#include "reports/deflate.hpp"
#include "reports/escape.hpp"
#include "reports/html_frame.hpp"
#include "reports/html_script.hpp"
#include "reports/ladder_svg.hpp"
#include "runner/exit_code.hpp"

namespace tollgate::reports {

namespace {

std::string text_of(std::string_view text) {
  return markup(capped(text, text_most, "see the trace"));
}

/// Of a case on the page.
std::string_view anchor(Artefacts const& files) {
  return std::string_view(files.stem).substr(files.stem.find('/') + 1);
}

class Page : HtmlWriter {
 public:
  explicit Page(Run const& run) : run_(run), files_(artefacts(run)) {}

  [[nodiscard]] std::string draw() {
    put_head(text_of(run_.sut), ladder_style(), html_script());
    banner();
    filter();
    for (auto const& group : groups()) {
      put("<h2>{}</h2>", text_of(group.empty() ? "cases" : group));
      put(R"(<div class="cases"><div class="row heads"><span>verdict</span><span>case</span><span>clause</span><span>purpose</span><span>reason</span><span class="time">time</span></div>)");
      for (std::size_t i = 0; i < run_.cases.size(); ++i)
        if (run_.cases[i].info.group == group) draw_case(run_.cases[i], files_[i]);
      put("</div>");
    }
    return end(html_script());
  }

 private:
  void banner() {
    auto const counts = count(run_);
    auto const worst = run_.exit == 0 ? "pass" : run_.exit == 1 ? "fail" : run_.exit == 2 ? "inconc" : "error";
    auto const meaning = exit_meaning(run_.exit);
    put(R"(<header class="banner {}"><h1>{}</h1><p>{} of {} cases ran: {}. Exit code {}.</p></header>)", worst,
        meaning ? meaning->meaning : "the run ended with an unknown exit code", counts.ran(), run_.cases.size(), to_string(counts),
        run_.exit);
    put(R"(<ul class="counts">)");
    auto const chip = [this](std::string_view name, std::size_t number) {
      if (number != 0) put(R"(<li class="{0}"><b>{1}</b> {0}</li>)", name, number);
    };
    chip("pass", counts.pass);
    chip("fail", counts.fail);
    chip("inconc", counts.inconc);
    chip("error", counts.error);
    chip("known", counts.known);
    chip("na", counts.na);
    put("</ul><dl>");
    fact("SUT", run_.sut);
    fact("profile", run_.profile);
    for (auto const& [axis, value] : run_.inferred) fact("seen " + axis, value);
    for (auto const& note : reading_notes(run_)) fact("reading", note);
    fact("seed", fmt::format("{}", run_.seed));
    fact("started", run_.started_at);
    fact("duration", seconds(run_.duration) + " s");
    fact("own lag", fmt::format("p99 {} ms, at most {} ms", milliseconds(run_.lag_p99.count()), milliseconds(run_.lag_max.count())));
    fact("tollgate", run_.version);
    for (auto const& problem : run_.baseline_problems) fact("baseline", problem);
    put("</dl>");
    order();
    clauses();
  }

  /// What the run says of the order of the steps: seen, and proved.
  void order() {
    if (std::ranges::all_of(run_.order, [](auto const& one) { return one.in_order == 0 && one.refuted_by.empty(); })) return;
    put(R"(<table class="order"><caption>order of the twelve steps</caption><tr><th>steps</th><th>what waits</th><th>was in order</th><th>is ordered</th></tr>)");
    for (auto const& one : run_.order)
      put(R"(<tr class="{}"><td class="mono">{} → {}</td><td>{}</td><td>{} times</td><td>{}</td></tr>)", order_class(is_ordered(one)),
          one.arrow.from, one.arrow.to, text_of(one.arrow.says), one.in_order, text_of(describe_order(one)));
    put("</table>");
  }

  /// Clause, purposes, verdict, evidence: the ids lead to the cases below.
  void clauses() {
    put(R"(<details class="clauses"><summary>the twelve steps of CR 6.3.2.8 and the purposes that judge them</summary><table class="order">)");
    for (auto const& row : clause_table(run_)) {
      bool const is_open = row.verdict == Verdict::none;
      put(R"(<tr class="{}"><td>{}</td><td>{}</td><td class="verdict">{}</td><td class="mono">)", is_open ? "na" : class_of(row.verdict),
          row.step, text_of(row.says), is_open ? "not judged" : word(row.verdict));
      for (auto const i : row.cases)
        put(R"(<a class="{}" href="#{}">{}</a> )", class_of(run_.cases[i].verdict), anchor(files_[i]), text_of(run_.cases[i].info.id));
      put("</td></tr>");
    }
    put("</table></details>");
  }

  static std::string_view order_class(Ordered ordered) {
    return ordered == Ordered::proved ? "pass" : ordered == Ordered::refuted ? "inconc" : "na";  // what must be is a case's to say
  }

  void fact(std::string_view name, std::string_view value) {
    if (!value.empty()) put("<dt>{}</dt><dd>{}</dd>", markup(name), text_of(value));
  }

  /// Shown by the script, which makes it work.
  void filter() {
    put(R"(<form class="filter" hidden><label>find <input type="search" name="find" placeholder="id, clause, words"></label><fieldset><legend>verdict</legend>)");
    for (auto const verdict : {Verdict::pass, Verdict::fail, Verdict::inconc, Verdict::error, Verdict::known, Verdict::na})
      if (std::ranges::count(run_.cases, verdict, &CaseResult::verdict) > 0)
        put(R"(<label class="{0}"><input type="checkbox" name="verdict" value="{0}"> {1}</label>)", class_of(verdict), word(verdict));
    put("</fieldset>");
    choice("group", groups());
    choice("strength", values_of(&CaseInfo::strength));
    put(R"(<button type="reset">show all</button> <output></output></form>)");
  }
  void choice(std::string_view name, std::vector<std::string> const& values) {
    put(R"(<label>{0} <select name="{0}"><option value="">all</option>)", name);
    for (auto const& value : values) put("<option>{}</option>", text_of(value));
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

  void draw_case(CaseResult const& result, Artefacts const& files) {
    auto const& info = result.info;
    bool const speaks = result.verdict != Verdict::pass;
    bool const planned = result.verdict == Verdict::na || result.verdict == Verdict::known;
    auto const& reason = planned && !result.because.empty() ? result.because : result.reason;
    put(R"(<details class="{0}" id="{1}" data-group="{8}" data-strength="{9}"><summary class="row"><span class="verdict">{2}</span><span class="mono">{3}</span><span class="clause">{4}</span><span>{5}</span><span class="reason">{6}</span><span class="time">{7}</span></summary><div class="inside">)",
        class_of(result.verdict), anchor(files), word(result.verdict), text_of(info.id), text_of(info.clause), text_of(info.purpose),
        speaks ? text_of(reason) : "", result.verdict == Verdict::na ? "" : seconds(result.duration) + " s", text_of(info.group),
        text_of(info.strength));
    if (speaks && !planned && !result.because.empty()) put(R"(<p class="because">{}</p>)", text_of(result.because));
    draw_witnesses(result);
    draw_others(result);
    put("<pre>{}</pre>", text_of(again(run_, result)));
    put("<dl>");
    fact("strength", info.strength);
    fact("kind", info.kind);
    fact("written in", info.line > 0 ? fmt::format("{}:{}", info.file, info.line) : info.file);
    put("</dl>");
    if (has_artefacts(result)) draw_files(result, files);
    put("</div></details>");
  }

  void draw_witnesses(CaseResult const& result) {
    auto const all = describe_witnesses(result);
    if (all.empty()) return;
    put(R"(<table class="witnesses mono">)");
    for (auto const& witness : all)
      put(R"(<tr><td>#{}</td><td class="at">{}</td><td>{}</td><td>{}</td></tr>)", witness.event, witness.time, text_of(witness.way),
          text_of(witness.what));
    put("</table>");
  }

  void draw_others(CaseResult const& result) {
    auto const all = also_failed(result);
    if (all.empty()) return;
    put(R"(<ul class="findings">)");
    for (auto const* finding : all)
      put("<li><b>{} {}</b> {}: {}</li>", text_of(finding->rule), text_of(finding->name), text_of(finding->clause),
          text_of(finding->because));
    put("</ul>");
  }

  void draw_files(CaseResult const& result, Artefacts const& files) {
    put(R"(<p><a href="{}">ladder</a> · <a href="{}">capture for Wireshark</a> · <a href="{}">trace</a></p>)", files.ladder(),
        files.capture(), files.trace());
    auto const ladder = inline_ladder_svg(result.trace, witnesses(result));
    bool const is_packed = result.verdict == Verdict::pass || ladder.size() > unpacked_most;
    if (is_packed)
      put(R"(<div class="picture"><script type="application/x-deflate">{}</script></div>)", to_base64(deflate(ladder)));
    else
      put(R"(<div class="picture">{}</div>)", ladder);
  }

  static constexpr std::size_t unpacked_most =
      100'000;  ///< octets of a ladder that stands in the page as it is, to be seen without the script
  Run const& run_;
  std::vector<Artefacts> files_;
};

}  // namespace

std::string html_page(Run const& run) {
  return Page(run).draw();
}

}  // namespace tollgate::reports
