#pragma once
/// The head of the page of a run: the verdict, the counts, what is known of the server, the order of the steps, and the clauses with the
/// purposes that judge them.
#include <filesystem>
#include <span>
#include <string>

#include "reports/artefacts.hpp"
#include "reports/stage.hpp"

namespace tollgate::reports {

/// `<section id="summary">`. The clauses lead to the rows of the cases, by their artefacts' anchors, and from a page at `place` to ladders.
[[nodiscard]] std::string summary(Run const& run, std::span<Artefacts const> files, Stage stage = Stage::over,
                                  std::filesystem::path const& place = {});

}  // namespace tollgate::reports
