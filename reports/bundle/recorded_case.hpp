#pragma once
/// What `results.json` says of one case, held against the trace of that case.
#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "runner/baseline.hpp"
#include "trace/trace.hpp"

namespace tollgate::reports {

/// What every trace of a run must agree with.
struct Agreed {
  trace::Facts declares;  ///< profile and timers of the plan
  Baseline baseline;
};

/// The first thing in which the record and the trace differ, as a sentence; nothing where they agree. The verdict is that of all
/// findings, what the steps found as the trace keeps it, and the monitors' made once more.
[[nodiscard]] std::optional<std::string> disagreement(boost::json::object const& recorded, trace::Trace const& trace, Agreed const& agreed);
/// The same of a case that has no trace: neither a pass nor, but where the SUT was gone, a failure.
[[nodiscard]] std::optional<std::string> disagreement_without_trace(boost::json::object const& recorded, Agreed const& agreed);

}  // namespace tollgate::reports
