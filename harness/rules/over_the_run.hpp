#pragma once
/// What must be unique over a whole run, and not in a case alone: End-to-End identifiers (G8) and Session-Ids (G7) of the requests
/// on one Diameter connection. RFC 6733 3, 8.8.
#include <span>
#include <string>
#include <vector>

#include "rules/rule.hpp"

namespace tollgate::rules {

struct CaseTrace {
  std::string of;  ///< id of the case
  trace::Trace const* trace = nullptr;
};

/// Two requests of different cases that have one identifier: they alone, as a trace of two events, and what the monitor says of it.
struct SharedIdentifier {
  Finding finding;
  trace::Trace trace;
};

/// The first pair of each of the two kinds. Requests on different connections say nothing of each other: other servers may be at
/// their ends. An End-to-End identifier may come again after 4 minutes.
[[nodiscard]] std::vector<SharedIdentifier> shared_identifiers(std::span<CaseTrace const> cases, Terms const& terms);

}  // namespace tollgate::rules
