#pragma once
/// The flows that the campaign changes: the twelve steps in their variants, with actors that answer whatever comes, in whatever
/// order; and cases of the suite.
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/bed.hpp"
#include "runner/case.hpp"

namespace tollgate::fuzz {

struct BaseFlow {
  std::string name;  ///< "push-tcp", or the id of a case
  std::string says;  ///< what happens in it, in a sentence
  std::function<Task<void>(Bed&)> run;
};

/// The variants of the twelve steps.
[[nodiscard]] std::vector<BaseFlow> push_flows();
/// The methods of those below.
inline constexpr std::array<std::string_view, 5> message_flow_methods{"OPTIONS", "REGISTER", "MESSAGE", "SUBSCRIBE", "BYE"};
/// Flows of one SIP request each, out of any dialog, and of its answer.
[[nodiscard]] std::vector<BaseFlow> message_flows();
/// That of OPTIONS, which every server answers (RFC 3261 11).
inline constexpr std::string_view message_flow_options = "one-options";
[[nodiscard]] BaseFlow as_flow(Case const& one);
/// The plain push, on which everything is tried that is made smaller.
[[nodiscard]] BaseFlow plain_push();

/// Nothing has happened in a flow for so long: it goes no further by itself.
inline constexpr Duration idle_time = 300ms;

}  // namespace tollgate::fuzz
