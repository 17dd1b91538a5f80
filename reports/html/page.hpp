#pragma once
/// `index.html`: the verdict, a table of clause, purpose, verdict and reason, and behind each row the witnesses, the
/// ladder and the command that runs the case again. One file that asks nothing of anybody: no font, no image, no script but its
/// own, and a policy in its head that forbids them. The ladders of what passed are packed; the script shows them.
#include <filesystem>
#include <string>
#include <vector>

#include "reports/html/summary.hpp"

namespace tollgate::reports {

/// A page in parts, so that one can take another's place while people look on.
struct Page {
  struct Part {
    std::string key;   ///< the id of its element; "" for what never changes
    std::string html;
  };
  std::string head;
  std::vector<Part> parts;
  std::string tail;

  [[nodiscard]] std::string whole() const;
};

/// Of a run that is over every case with its ladder; of one that goes on the plan, and a script that hears from `--serve`.
/// Its links to the files of the cases lead there from `place`; "" for the folder of the run.
[[nodiscard]] Page page(Run const& run, Stage stage, std::filesystem::path const& place = {});

[[nodiscard]] std::string html_page(Run const& run, std::filesystem::path const& place = {});

}  // namespace tollgate::reports
