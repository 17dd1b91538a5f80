#pragma once
/// Any order of events at the reference server: two users, a Charging Enabler and their wires do in simulated time what
/// the octets of an input say, and the rules judge what came of it.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "refserver/faults.hpp"
#include "rules/rule.hpp"

namespace tollgate::fuzz {

/// What one input came to.
struct Outcome {
  std::vector<Finding> findings;  ///< of every monitor
  trace::Trace trace;
  bool is_alive = false;   ///< OPTIONS was answered in the end
  bool is_peered = false;  ///< the Charging Enabler was connected in the end
};

/// Plays one input to the end and until all is quiet.
[[nodiscard]] Outcome play_in_disorder(std::string_view input, std::set<refserver::Fault> const& faults = {});

/// Plays one input. Ends the process when the server does not survive, sends what
/// cannot be read, answers no OPTIONS in the end, or breaks a rule.
void run_in_disorder(std::string_view input);

/// Actions that an input can name, in the order of their octets.
enum class Action : std::uint8_t {
  registers,
  deposits,
  charging_answers,
  charging_answers_wrongly,
  charging_repeats,
  charging_octets,
  charging_closes,
  accepts,
  answers_sip,
  answers_sip_again,
  hangs_up,
  msrp_connects,
  msrp_sends,
  msrp_answers,
  msrp_answers_wrongly,
  msrp_octets,
  msrp_closes,
  sip_octets,
  time_passes,
  mutates_next,
};
inline constexpr std::size_t actions = 20;

}  // namespace tollgate::fuzz
