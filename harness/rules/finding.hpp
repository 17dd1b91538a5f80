#pragma once
/// What a rule or a case concludes, with the events that prove it.
#include <string>
#include <vector>

#include "base/verdict.hpp"
#include "trace/event.hpp"

namespace tollgate {

struct Finding {
  std::string rule;     ///< "G1", or the case's id for what its own steps conclude
  std::string name;     ///< "invite_needs_grant"
  std::string clause;
  Verdict verdict = Verdict::inconc;
  std::string reason;   ///< short and stable, for machines: "G1", "unexpected INVITE", "missing debit_units"
  std::string because;  ///< one sentence for people, with event numbers
  std::string broken = {};  ///< of G12: the rule of the grammar that the first witness breaks, "port"; "" where it is no matter of one
  std::vector<trace::EventId> witnesses;
};

}  // namespace tollgate
