#include "reports/live/live_view.hpp"

#include <array>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/html/case_row.hpp"
#include "reports/html/evidence.hpp"

namespace tollgate::reports {

namespace json = boost::json;

/// Each by itself: nobody waits for a file that holds them all.
static std::string row(Run const& run, CaseResult const& result, Artefacts const& files) {
  constexpr std::size_t octets_most = 400'000;
  auto out = case_row(run, result, files);
  if (has_artefacts(result)) add_evidence(out, evidence(std::array{&result}, octets_most).front());
  return out;
}

LiveView::LiveView(Run const& run, LiveServer::Settings const& settings)
    : run_(run), files_(artefacts(run)), server_(settings, page(run, Stage::running)) {}

void LiveView::finished(CaseResult const& result) {
  auto const index = static_cast<std::size_t>(&result - run_.cases.data());
  auto const& files = files_[index];
  server_.replaces(std::string(anchor(files)),
                   [&run = run_, files, copy = std::make_shared<CaseResult const>(result)] { return row(run, *copy, files); });
  auto now = summary(run_, files_, Stage::running);
  server_.replaces("summary", [now = std::move(now)] { return now; });
}

void LiveView::shows(std::span<UnderWay const> under_way) {
  json::array running;
  for (auto const& one : under_way) running.push_back(json::array{anchor(files_[one.index]), tenths(one.since), one.waits_for});
  server_.tells(json::serialize(json::object{{"running", std::move(running)}}));
  show_ladders(under_way);
}

/// Only what somebody looks at, and only when there is more of it: drawing takes time that the run may want.
void LiveView::show_ladders(std::span<UnderWay const> under_way) {
  auto const watched = server_.watched();
  for (auto const& one : under_way) {
    std::string const key(anchor(files_[one.index]));
    if (one.trace == nullptr || !watched.contains(key) || shown_[one.index] == one.trace->events().size()) continue;
    shown_[one.index] = one.trace->events().size();
    server_.tells(json::serialize(json::object{{"ladder", key}, {"html", running_picture(*one.trace)}}));
  }
}

void LiveView::over() {
  std::string more;
  auto const files = artefacts(run_);
  for (std::size_t i = files_.size(); i < run_.cases.size(); ++i) more += row(run_, run_.cases[i], files[i]);
  if (!more.empty())
    server_.replaces(
        "more", [html = fmt::format(R"(<div id="more"><h2>beside the plan</h2><div class="cases">{}</div></div>)", more)] { return html; });
  server_.replaces("summary", [html = summary(run_, files, Stage::over)] { return html; });
  server_.tells(R"({"over":true})");
}

}  // namespace tollgate::reports
