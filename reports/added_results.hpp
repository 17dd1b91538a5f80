#pragma once
/// Results that a run adds behind the planned ones: what no case shows by itself.
#include <filesystem>
#include <string>

#include "rules/over_the_run.hpp"
#include "runner/consistency.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// "peers.jsonl"; of a case that had its server for itself, "peers-ORD-03.jsonl".
[[nodiscard]] std::string peers_file(std::string const& of);
/// What crosses a wire and belongs to no case, `peers`, breaks its grammar. `of` as above; `folder` is that of the run.
[[nodiscard]] CaseResult peers_result(std::string const& of, Finding finding, trace::Trace peers, std::filesystem::path const& folder);
/// What must be unique over the run is not. `declares`, `seed`: those of the run.
[[nodiscard]] CaseResult shared_result(rules::SharedIdentifier shared, trace::Facts const& declares, std::uint64_t seed);
/// The SUT does not keep to one reading over the run.
[[nodiscard]] CaseResult unstable_result(Contradiction contradiction, trace::Facts const& declares, std::uint64_t seed);

}  // namespace tollgate::reports
