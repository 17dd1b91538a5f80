#pragma once
/// The fault catalogue: each entry is one deliberate defect of the reference server and what must detect it.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tollgate::refserver {

enum class Fault : std::uint8_t {
  M00_canary,
  M01_invite_before_answer,
  M02_invite_before_reserve,
  M04_send_before_accept,
  M05_debit_before_outcome,
  M07_bye_before_outcome,
  M13_reserve_per_message,
  M26_invite_despite_denial,
  M38_no_debit_on_4xx,
  M49_one_unit_always,
  M106_no_failure_report,
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
  std::span<Detector const> detectors;        ///< each must fail, for that reason
  std::span<std::string_view const> reasons;  ///< every other failure under this fault must have one of these reasons
};

[[nodiscard]] std::span<FaultRow const> catalogue();
/// By id ("M01", any case) or whole name.
[[nodiscard]] std::optional<Fault> find_fault(std::string_view text);
[[nodiscard]] FaultRow const& row(Fault fault);

}  // namespace tollgate::refserver
