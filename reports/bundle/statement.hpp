#pragma once
/// What is signed: an in-toto statement v1 that the files with these hashes are the result of a test (predicate test-result v0.1).
#include <expected>
#include <map>
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

inline constexpr std::string_view statement_type = "application/vnd.in-toto+json";

/// SHA-256 by file name.
using Hashes = std::map<std::string, std::string>;
[[nodiscard]] Hashes hashes_of(Files const& files);

[[nodiscard]] std::string write_statement(Run const& run, Hashes const& hashes);
/// The manifest of a statement. The error is a sentence.
[[nodiscard]] std::expected<Hashes, std::string> read_statement(std::string_view json);

/// What it says, as sentences, that these results and files do not: the manifest left out, which is told file by file.
[[nodiscard]] std::vector<std::string> wrong_predicate(std::string_view json, Run const& run, Hashes const& hashes);

}  // namespace tollgate::reports
