#pragma once
/// Rules: pure functions from a trace to a finding. A rule starts at `inconc`, is `pass` once what it speaks of has
/// occurred, and `fail` only on an order that we control: our own sending came after their message had arrived.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/finding.hpp"
#include "trace/trace.hpp"

namespace tollgate::rules {

/// When a SUT debits (D axis); `any` where it is not declared.
enum class DebitTiming : std::uint8_t { any, first, each, all, pre };

/// What a unit stands for (U axis).
enum class UnitsCounted : std::uint8_t { any, sent, ok, flat };

/// What a rule must know besides the trace: the timers and the reading that the SUT declares.
struct Terms {
  std::int64_t msrp_transaction_ns = 30'000'000'000;  ///< RFC 4975 7.1.1
  std::int64_t epsilon_ns = 20'000'000;               ///< below this, times on two sockets say nothing
  std::int64_t diameter_tx_ns = 10'000'000'000;       ///< Tx, RFC 8506 13
  std::int64_t live_ns = 2'000'000'000;               ///< the SUT reacts within this
  DebitTiming debit_timing = DebitTiming::any;        ///< D axis
  bool debit_before_outcome = false;                  ///< D-PRE, or nobody sees the outcome: exempt from G3
  UnitsCounted units = UnitsCounted::any;             ///< U axis, where it is declared
  bool flat_units = false;                            ///< U-FLAT is declared or allowed: one unit a debit
  bool may_exceed_grant = false;                      ///< Q-SOFT
  bool only_listed_outcomes = false;                  ///< E-STRICT: what step 8 does not list triggers no debit
  bool is_cut_off = false;                            ///< the trace ends before the case did: what its end lacks says nothing
  bool takes_unknown_success = false;  ///< X-TABLE3: a 2xxx that no text names is a success (RFC 8506 Table 3; RFC 6733 7.1)
  bool fails_open = false;  ///< X-OPEN: CCFH CONTINUE is configured (RFC 8506 5.7, 8.14)
};

struct Rule {
  std::string_view id;  ///< "G1"
  std::string_view name;  ///< "invite_needs_grant"
  std::string_view clause;
  std::string_view says;  ///< one sentence
  Finding (*check)(trace::Trace const&, Terms const&);
};

/// The monitors G1 to G14 that exist, in order: they judge every trace of every run.
[[nodiscard]] std::span<Rule const> monitors();

/// Every monitor over one trace. A trace may hold several pushes; each party is judged by itself.
[[nodiscard]] std::vector<Finding> check_all(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
