#include "reports/formats.hpp"

#include <algorithm>
#include <array>

#include "reports/console.hpp"
#include "reports/github.hpp"
#include "reports/html/page.hpp"
#include "reports/junit.hpp"
#include "reports/results_json.hpp"
#include "reports/sarif.hpp"
#include "reports/tap.hpp"

namespace tollgate::reports {

std::span<Format const> formats() {
  static constexpr std::array all{
      Format{"junit", [](Run const& run) { return junit_xml(run); }, true},
      Format{"json", [](Run const& run) { return results_json(run); }, true},
      Format{"html", [](Run const& run) { return html_page(run); }},
      Format{"text", text_report},
      Format{"sarif", sarif},
      Format{"tap", tap},
      Format{"tap13", tap13},
      Format{"github", github_summary},
  };
  return all;
}

Format const* format_of(std::string_view kind) {
  auto const found = std::ranges::find(formats(), kind, &Format::kind);
  return found == formats().end() ? nullptr : &*found;
}

std::string kinds() {
  std::string text;
  for (auto const& format : formats()) {
    bool const is_last = &format == &formats().back();
    text += text.empty() ? "" : is_last ? " and " : ", ";
    text += format.kind;
  }
  return text;
}

}  // namespace tollgate::reports
