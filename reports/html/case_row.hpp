#pragma once
/// A case on a page: a row with its verdict and, behind it, the reason, the witnesses, the ladder with its messages and the command that
/// runs it again.
#include <filesystem>
#include <string>
#include <string_view>

#include "reports/artefacts.hpp"

namespace tollgate::reports {

/// The element's id, and what `#` leads to.
[[nodiscard]] std::string_view anchor(Artefacts const& files);

/// From a page at `place` to a file of the run; "" where nothing leads there.
[[nodiscard]] std::string link_to_file(Run const& run, std::filesystem::path const& place, std::string const& file);

/// `<details id="ORD-03">` of a page that lies at `place`; "" for one in the folder of the run.
[[nodiscard]] std::string case_row(Run const& run, CaseResult const& result, Artefacts const& files,
                                   std::filesystem::path const& place = {});
/// Puts markup at the end of what such a row holds.
void add_evidence(std::string& row, std::string_view evidence);
/// The same for a case that has not ended: planned, or running.
[[nodiscard]] std::string planned_row(CaseResult const& result, Artefacts const& files);

}  // namespace tollgate::reports
