#pragma once
/// The sources that the house style governs.
#include <filesystem>
#include <vector>

#include "tidy/source.hpp"

namespace tollgate::tidy {

/// Every .cpp and .hpp below harness, scenarios, reports and fuzz of the repository at `root`, by path. Throws
/// std::runtime_error for a file that cannot be read.
[[nodiscard]] std::vector<Source> read_tree(std::filesystem::path const& root);

}  // namespace tollgate::tidy
