#pragma once
/// A recorded case judged again, as text for people: each monitor's finding, and what the steps of the case had found.
#include <string>

#include "base/verdict.hpp"
#include "runner/declaration.hpp"
#include "trace/trace.hpp"

namespace tollgate::reports {

struct JudgedAgain {
  std::string text;
  Verdict verdict = Verdict::inconc;  ///< of the case; of the monitors alone where the trace does not say what the steps found
};

/// What the steps found cannot be found again without playing them: it stands as the trace has it.
[[nodiscard]] JudgedAgain judged_again(trace::Trace const& trace, Declaration const& declared);

}  // namespace tollgate::reports
