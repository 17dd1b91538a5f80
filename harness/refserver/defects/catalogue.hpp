#pragma once
/// The fault class "memory": defects planted in side code of the server, each a real kind of bug in the handling of SIP, SDP, MSRP or
/// Diameter, so that a fuzzer can be measured by what it finds of them. The table is in every build; the defects themselves are only
/// where CMake's TOLLGATE_DEFECTS is on (preset `defects`). No client that keeps to the twelve steps meets any of them.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tollgate::refserver::defects {

enum class Defect : std::uint8_t {
  // At the first message
  D01_via_branch_overflow,
  D02_from_tag_null,
  D03_content_length_wrap,
  D04_folded_value_overflow,
  D05_open_comment_recursion,
  D06_maddr_use_after_free,
  D07_refused_register_leak,
  D08_capabilities_overread,
  D09_multipart_recursion,

  // Once a user is registered
  D10_expires_wrap,
  D11_contacts_overflow,
  D12_avp_length_wrap,
  D13_session_id_null,
  D14_group_depth_overflow,
  D15_empty_group_recursion,
  D16_granted_units_wrap,

  // Once units are reserved
  D17_contact_uri_overflow,
  D18_late_provisional_use_after_free,
  D19_sdp_path_null,
  D20_sdp_attribute_overflow,
  D21_sdp_media_overflow,
  D22_sdp_max_size_divide,

  // Inside the MSRP session
  D23_msrp_transaction_id_overflow,
  D24_msrp_byte_range_wrap,
  D25_msrp_end_line_hang,
  D26_msrp_report_leak,
  D27_msrp_abort_double_free,
  D28_msrp_rebind_use_after_free,
  D29_msrp_repeat_double_debit,

  // While a debit is under way
  D30_second_debit_answer_use_after_free,
  D31_bye_in_debit_use_after_free,
  D32_abort_in_debit_deadlock,
  D33_bad_debit_answer_double_debit,

  // Across two sessions
  D34_shared_call_id_use_after_free,
  D35_foreign_response_use_after_free,
  D36_crossed_byes_deadlock,
};

enum class Kind : std::uint8_t {
  stack_overflow,  ///< of a buffer on the stack
  heap_overflow,
  global_overflow,
  use_after_free,
  double_free,
  recursion,
  integer_wrap,
  leak,
  null,
  divide_by_zero,
  hang,
  deadlock,
  double_debit,
};

/// How far the flow has gone when the defect can be met.
enum class Depth : std::uint8_t { first_message, registered, reserved, in_session, at_debit, two_sessions };

/// What it takes to meet it.
enum class Reach : std::uint8_t {
  generic,   ///< one field of any message is too long, missing, out of range or broken
  specific,  ///< one certain field or structure, at the right time
  stateful,  ///< an event besides: closed, repeated, out of order, or of another session
};

struct DefectRow {
  Defect defect;
  std::string_view name;      ///< as the enumerator is written
  std::string_view protocol;  ///< of the message that triggers it: SIP, SDP, MSRP or Diameter
  Depth depth;
  Kind kind;
  Reach reach;
  std::string_view sentence;  ///< what the server does
  std::string_view trigger;   ///< the fewest messages or events that differ from the twelve steps
  std::string_view report;    ///< what AddressSanitizer calls it; empty where the server hangs or debits instead
  std::string_view function;  ///< where it happens; named in the report, on the stack of a server that hangs, or by the server itself
  /// Messages of a peer, SIP, MSRP and CH-2 without watchdogs, from the start of the server to where it shows: by the place at which it
  /// is planted no sequence has fewer.
  unsigned shortest = 0;

  [[nodiscard]] std::string_view id() const { return name.substr(0, name.find('_')); }  ///< "D01"
};

/// As the catalogue of faults names the class.
inline constexpr std::string_view section = "memory";

/// Begins the line, on the server's output, in which a defect that charges wrongly names its `function`: nothing else does.
inline constexpr std::string_view admission = "planted:";

/// In the order of `Defect`.
[[nodiscard]] std::span<DefectRow const> catalogue();
[[nodiscard]] DefectRow const& row(Defect defect);
/// By id ("D01", any case) or whole name.
[[nodiscard]] std::optional<Defect> find_defect(std::string_view text);

/// In words: "use-after-free", "two-sessions", "stateful".
[[nodiscard]] std::string_view text(Kind kind);
[[nodiscard]] std::string_view text(Depth depth);
[[nodiscard]] std::string_view text(Reach reach);

}  // namespace tollgate::refserver::defects
