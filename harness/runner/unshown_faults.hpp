#pragma once
/// Faults of the embedded server that a run was to show and did not.
#include <set>
#include <span>
#include <string>

#include "refserver/faults.hpp"
#include "runner/result.hpp"

namespace tollgate {

/// One line for people; "" where each has been looked at and some case failed. `looked_at`: those whose switch the server has looked at.
/// Which of several faults made a case fail nobody knows: then none is called unshown that was looked at.
[[nodiscard]] std::string unshown_faults(std::span<refserver::Fault const> faults, std::set<refserver::Fault> const& looked_at,
                                         std::span<CaseResult const> cases);

}  // namespace tollgate
