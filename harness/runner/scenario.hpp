#pragma once
/// A scenario: a straight flow as data. No variables, conditions or loops; what needs them is written in C++.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runner/case.hpp"
#include "runner/file_error.hpp"

namespace tollgate {

namespace step {

/// <deposit to="alice">hello later</deposit>
struct Deposit { std::string to, text; };
/// <send by="alice" message="REGISTER" expires="0" contact-expires="0"/>; message is REGISTER or OPTIONS
struct Send {
  std::string by, message;
  std::optional<std::uint32_t> expires, contact_expires;
};
/// <expect by="alice" message="INVITE" as="invite" within="live" since="reserve" carries="text" units="1"/>
struct Expect {
  std::string by, message, as, within = "live", since;
  std::optional<std::string> carries;           ///< content of a SEND
  std::optional<std::uint64_t> units;           ///< Used-Service-Unit
  std::optional<std::uint64_t> requested;       ///< Requested-Service-Unit
};
/// <silence by="alice" message="INVITE" during="quiet" since="send"/>
struct Silence { std::string by, message, during, since; };
/// <answer by="alice" to="invite" status="183" setup="passive"/>, <answer by="ocs" to="reserve" result="2001" granted="1"/>
struct Answer {
  std::string by, to;
  int code = 200;
  std::string setup;  ///< who connects for MSRP where the offer leaves it open: active, passive; "" as the bed has it
  std::optional<std::uint64_t> granted;
};
/// <probe by="alice"/>: OPTIONS is answered 200 within live
struct Probe { std::string by; };
/// <close by="alice"/>: ends the MSRP connection from our side
struct Close { std::string by; };
/// <unordered>: every one of the expectations, in any order, each within its own time from the start of the group
struct Unordered { std::vector<Expect> all; };

}  // namespace step

struct Step {
  std::variant<step::Deposit, step::Send, step::Expect, step::Silence, step::Answer, step::Probe, step::Close,
               step::Unordered> what;
  int line = 0;
};

struct Scenario {
  CaseInfo info;
  std::vector<std::string> bundles;
  std::string ambiguity;
  std::string where;  ///< file:line:column of its element
  std::vector<Step> steps;
};

using ScenarioError = FileError;

/// Reads one file's text. Refuses unknown elements and attributes, undefined names, bad durations, and a scenario that
/// expects nothing.
[[nodiscard]] std::expected<Scenario, ScenarioError> read_scenario(std::string const& file, std::string_view text);

/// The scenario as a case that plays it.
[[nodiscard]] Case to_case(Scenario scenario);

}  // namespace tollgate
