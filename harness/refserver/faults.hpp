#pragma once
/// The fault catalogue: each entry is one deliberate defect of the reference server and what must detect it.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tollgate::refserver {

enum class Fault : std::uint8_t {
  M00_canary,
  M01_invite_before_answer,
  M02_invite_before_reserve,
  M04_send_before_accept,
  M05_debit_before_outcome,
  M07_bye_before_outcome,
  M10_debit_by_timer,
  M13_reserve_per_message,
  M23_reservation_left_open,
  M26_invite_despite_denial,
  M28_invite_despite_5xxx,
  M34_open_after_tx,
  M35_late_answer_starts_push,
  M37_rejection_deletes_messages,
  M38_no_debit_on_4xx,
  M40_no_debit_on_other_4xx,
  M43_debit_again_on_late_200,
  M49_one_unit_always,
  M56_debit_without_delivery,
  M62_one_session_id_a_user,
  M64_number_zero_in_debit,
  M68_t_flag_on_first,
  M70_answers_in_order,
  M80_bye_with_cseq_of_invite,
  M85_second_200_sends_again,
  M101_one_transaction_id,
  M106_no_failure_report,
  M158_no_ack_after_cancel,
};

/// A detector is a case and the reason for which it must fail: a rule's id ("G1") or what a step missed or met
/// ("unexpected INVITE", "missing debit_units").
struct Detector {
  std::string_view case_id;
  std::string_view reason;
};

struct FaultRow {
  Fault fault;
  std::string_view id;        ///< "M01"
  std::string_view name;      ///< "M01_invite_before_answer"
  std::string_view clause;    ///< what it breaks
  std::string_view sentence;  ///< what the faulty server does
  std::vector<Detector> detectors;        ///< each must fail, for that reason
  std::vector<std::string_view> reasons;  ///< every other failure under this fault must have one of these reasons
};

/// The faults that the suite detects: the matrix proves it.
[[nodiscard]] std::span<FaultRow const> catalogue();
/// Faults whose detecting cases the suite does not have yet; their detectors say which these will be.
[[nodiscard]] std::span<FaultRow const> candidates();
/// By id ("M01", any case) or whole name.
[[nodiscard]] std::optional<Fault> find_fault(std::string_view text);
[[nodiscard]] FaultRow const& row(Fault fault);

}  // namespace tollgate::refserver
