#pragma once
/// A finished run, read back from the folder that it left: `results.json` and the traces of its cases.
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

/// Gives the octets of a file of the folder; nothing where it has none.
using FileReader = std::function<std::optional<std::string>(std::string const& name)>;

/// `out` is the folder that the plan names, wherever it is now; of a run that names none, the one that is read. The error names the file and what is wrong with it. A case whose trace is missing is read without one.
[[nodiscard]] std::expected<Run, std::string> stored_run(std::filesystem::path const& folder);
[[nodiscard]] std::expected<Run, std::string> stored_run(FileReader const& file);

}  // namespace tollgate::reports
