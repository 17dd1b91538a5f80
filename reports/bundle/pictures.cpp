#include "reports/bundle/pictures.hpp"

#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/artefacts.hpp"
#include "reports/html/page.hpp"
#include "reports/junit.hpp"
#include "reports/ladder_svg.hpp"

namespace tollgate::reports {

Files pictures_of(Run const& run) {
  Files out{{"junit.xml", junit_xml(run)}, {"index.html", html_page(run)}};
  auto const names = artefacts(run);
  for (std::size_t i = 0; i < run.cases.size(); ++i)
    if (has_artefacts(run.cases[i])) out[names[i].ladder()] = case_ladder(run.cases[i]);
  return out;
}

std::vector<std::string> pictures_of_something_else(Files const& files, Run const& run) {
  std::vector<std::string> out;
  for (auto const& [name, drawn] : pictures_of(run)) {
    auto const file = files.find(name);
    if (file != files.end() && file->second != drawn) out.push_back(fmt::format("{}: not what the results and traces show", name));
  }
  return out;
}

}  // namespace tollgate::reports
