#pragma once
/// A finished run, read back from the folder that it left: `results.json` and the traces of its cases.
#include <expected>
#include <filesystem>
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

/// The error names the file and what is wrong with it. A case whose trace is missing is read without one.
[[nodiscard]] std::expected<Run, std::string> stored_run(std::filesystem::path const& folder);

}  // namespace tollgate::reports
