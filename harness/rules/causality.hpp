#pragma once
/// The arrows of the twelve steps, "our answer allows their message", and what a trace says of each. That the message came
/// behind the answer says that it was in order, once; only an answer that was withheld, in silence, says that it is ordered.
#include <array>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"

namespace tollgate::rules {

/// Step numbers of the OMA text. `from` is an answer of ours, `to` the message of the SUT that it allows.
struct Arrow {
  int from = 0, to = 0;
  std::string_view says;
  bool needs_all = false;  ///< every such answer of the push, not one of them
  friend bool operator==(Arrow const&, Arrow const&) = default;
};

inline constexpr std::array arrows{
    Arrow{4, 5, "INVITE after the grant"},
    Arrow{6, 7, "SEND after the 200 to the INVITE"},
    Arrow{10, 8, "debit after a 200 to a SEND"},
    Arrow{10, 11, "BYE after the last answer to a SEND", true},
    Arrow{9, 11, "BYE after the answer to the debit"},
};

struct ArrowSeen {
  Arrow arrow;
  unsigned in_order = 0;  ///< times that the message came and the answer had been sent
  unsigned too_early = 0;  ///< times that it came while the answer was still ours to give
  bool proved = false;    ///< once the answer was withheld for `live` at least, nothing came, and within `live` of it it did
};

/// One entry for each arrow, all parties of the trace together.
[[nodiscard]] std::vector<ArrowSeen> causality(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
