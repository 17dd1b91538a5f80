#pragma once
/// The flows that the campaign changes: the twelve steps in their variants, with actors that answer whatever comes, in whatever
/// order; and cases of the suite.
#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/script/shrink.hpp"
#include "runner/bed.hpp"
#include "runner/case.hpp"

namespace tollgate::fuzz {

struct BaseFlow {
  std::string name;  ///< "push-tcp", or the id of a case
  std::string says;  ///< what happens in it, in a sentence
  std::function<Task<void>(Bed&)> run;
};

/// The variants of the twelve steps, and what a user does to whom nothing is pushed.
[[nodiscard]] std::vector<BaseFlow> push_flows();
/// The methods of those below.
inline constexpr std::array<std::string_view, 5> message_flow_methods{"OPTIONS", "REGISTER", "MESSAGE", "SUBSCRIBE", "BYE"};
/// Flows of one SIP request each, out of any dialog, and of its answer.
[[nodiscard]] std::vector<BaseFlow> message_flows();
/// That of OPTIONS, which every server answers (RFC 3261 11).
inline constexpr std::string_view message_flow_options = "one-options";
[[nodiscard]] BaseFlow as_flow(Case const& one);
/// The plain push.
[[nodiscard]] BaseFlow plain_push();
/// Those on which everything is tried that is made smaller, the simplest first.
[[nodiscard]] std::vector<BaseFlow> simple_flows();
/// Those of them that are among `flows`.
[[nodiscard]] std::vector<SimpleBase> simple_bases(std::span<BaseFlow const> flows);

/// Nothing has happened in a flow for so long: it goes no further by itself.
inline constexpr Duration idle_time = 300ms;

}  // namespace tollgate::fuzz
