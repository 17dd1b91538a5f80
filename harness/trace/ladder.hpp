#pragma once
/// The ladder of a trace, ready to be drawn: one column a party, one row an event, and what was withheld meanwhile. How
/// it looks is the reports' business.
#include <cstdint>
#include <string>
#include <vector>

#include "trace/trace.hpp"

namespace tollgate::trace {

/// Columns stand in the order of the roles; the SUT is the one IM Server between our clients and our Charging Enabler.
enum class Role : std::uint8_t { im_client, im_server, charging_enabler };
/// As the OMA text spells it: "IM Client".
[[nodiscard]] std::string_view to_string(Role role);

struct Column {
  Role role = Role::im_server;
  std::string actor;  ///< "alice", "ocs"; empty for the SUT
};

struct Row {
  EventId event = 0;
  Kind kind = Kind::message;
  Channel channel = Channel::sip;
  std::int64_t since_start_ns = 0;  ///< from the first event of the trace
  std::size_t from = 0, to = 0;     ///< columns; what only we do or see has both at our actor
  std::string label;                ///< "200 INVITE", "no INVITE for 500.0 ms", "withheld: answer to reserve_units"
  std::string detail;               ///< a few words that tell two like messages apart: "1 unit", "m1 $"
  int step = 0;                     ///< 1 to 12 of the OMA text; 0 for everything else and for repetitions
  EventId repeats = 0;              ///< this is a retransmission of that event
};

/// From the row of the request that we hold the answer to back to the row where we let it go.
struct Withheld {
  std::size_t column = 0;
  std::size_t first = 0, last = 0;  ///< rows; the last row of the ladder if it was never released
  EventId about = 0;                ///< the request that waits
};

struct Ladder {
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<Withheld> withheld;
};

[[nodiscard]] Ladder ladder(Trace const& trace);

/// Which of the twelve steps this message is; 0 for none.
[[nodiscard]] int step_of(Trace const& trace, Event const& event);

}  // namespace tollgate::trace
