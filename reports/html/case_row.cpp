#include "reports/html/case_row.hpp"

#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/html/frame.hpp"

namespace tollgate::reports {

std::string_view anchor(Artefacts const& files) {
  return std::string_view(files.stem).substr(files.stem.find('/') + 1);
}

std::string link_to_file(Run const& run, std::filesystem::path const& place, std::string const& file) {
  if (place.empty()) return file;
  return run.out.empty() ? "" : link_between(place, std::filesystem::path(run.out) / file);
}

namespace {

constexpr std::string_view row_end = "</div></details>";

class Row : HtmlWriter {
 public:
  Row(Artefacts const& files, std::filesystem::path place) : files_(files), place_(std::move(place)) {}

  [[nodiscard]] std::string draw(Run const& run, CaseResult const& result) {
    auto const& info = result.info;
    bool const speaks = result.verdict != Verdict::pass;
    bool const planned = result.verdict == Verdict::na || result.verdict == Verdict::known;
    begin(info, class_of(result.verdict), word(result.verdict), speaks ? reason_of(result) : "",
          result.verdict == Verdict::na ? "" : seconds(result.duration) + " s");
    if (speaks && !planned && !result.because.empty()) put(R"(<p class="because">{}</p>)", page_text(result.because));
    draw_witnesses(result);
    draw_others(result);
    put("<pre>{}</pre>", page_text(again(run, result)));
    put("<dl>");
    put_fact("strength", info.strength);
    put_fact("kind", info.kind);
    put_fact("not built", info.not_built);
    put_fact("written in", info.line > 0 ? fmt::format("{}:{}", info.file, info.line) : info.file);
    put("</dl>");
    if (has_artefacts(result)) draw_files(run);
    put("{}", row_end);
    return taken();
  }

  [[nodiscard]] std::string draw_planned(CaseResult const& result) {
    begin(result.info, "planned", "PLANNED", "", "");
    put(R"(<div class="picture"></div></div></details>)");
    return taken();
  }

 private:
  void begin(CaseInfo const& info, std::string_view look, std::string_view says, std::string_view reason, std::string_view time) {
    put(R"(<details class="{0}" id="{1}" data-group="{8}" data-strength="{9}"><summary class="row"><span class="verdict">{2}</span><span class="mono">{3}</span><span class="clause">{4}</span><span class="purpose">{5}</span><span class="reason">{6}</span><span class="time">{7}</span></summary><div class="inside">)",
        look, anchor(files_), says, page_text(info.id), page_text(info.clause), page_text(info.purpose), page_text(reason), time,
        page_text(info.group), page_text(info.strength));
  }

  /// Each leads to its arrow.
  void draw_witnesses(CaseResult const& result) {
    auto const all = describe_witnesses(result);
    if (all.empty()) return;
    bool const breaks = result.verdict == Verdict::fail || result.verdict == Verdict::known;
    put(R"(<table class="witnesses mono">)");
    for (auto const& witness : all) {
      bool const broke = breaks && &witness == &all.back();
      put(R"(<tr{4}><td><button type="button" data-shows="{0}">#{0}</button></td><td class="at">{1}</td><td>{2}</td><td>{3}{5}</td></tr>)",
          witness.event, witness.time, page_text(witness.way), page_text(witness.what), broke ? R"( class="broke")" : "",
          broke && all.size() > 1 ? " ← here it failed" : "");
    }
    put("</table>");
  }

  void draw_others(CaseResult const& result) {
    auto const all = also_failed(result);
    if (all.empty()) return;
    put(R"(<ul class="findings">)");
    for (auto const* finding : all)
      put("<li><b>{} {}</b> {}: {}</li>", page_text(finding->rule), page_text(finding->name), page_text(finding->clause),
          page_text(finding->because));
    put("</ul>");
  }

  /// None from where nothing leads to them.
  void draw_files(Run const& run) {
    auto const to = [&](std::string const& file) { return link_to_file(run, place_, file); };
    if (to(files_.trace()).empty()) return;
    put(R"(<p><a href="{}">ladder</a> · <a href="{}">capture for Wireshark</a> · <a href="{}">trace</a></p>)", to(files_.ladder()),
        to(files_.capture()), to(files_.trace()));
  }

  Artefacts const& files_;
  std::filesystem::path place_;
};

}  // namespace

std::string case_row(Run const& run, CaseResult const& result, Artefacts const& files, std::filesystem::path const& place) {
  return Row(files, place).draw(run, result);
}

void add_evidence(std::string& row, std::string_view evidence) {
  row.insert(row.rfind(row_end), evidence);
}

std::string planned_row(CaseResult const& result, Artefacts const& files) {
  return Row(files, {}).draw_planned(result);
}

}  // namespace tollgate::reports
