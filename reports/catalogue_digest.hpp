#pragma once
/// Which catalogue of purposes a run was planned from: who compares two runs, or reads their evidence, must know that they ask the same.
#include <span>
#include <string>

#include "runner/case.hpp"

namespace tollgate::reports {

/// SHA-256 in hexadecimal digits over id, clause, strength, kind and purpose of each case, in the order of their ids. Where a case is
/// written does not count.
[[nodiscard]] std::string catalogue_digest(std::span<Case const> suite);

}  // namespace tollgate::reports
