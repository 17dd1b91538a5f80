#pragma once
/// The fault catalogue: each entry is one deliberate defect of the reference server and what must detect it.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "refserver/profile.hpp"

namespace tollgate::refserver {

/// In the catalogue's sections.
enum class Fault : std::uint8_t {
  // Ordering
  M00_canary,
  M01_invite_before_answer,
  M02_invite_before_reserve,
  M04_send_before_accept,
  M05_debit_before_outcome,
  M07_bye_before_outcome,
  M08_bye_before_debit_answer,
  M10_debit_by_timer,
  M11_closes_before_bye,

  // Reservation
  M13_reserve_per_message,
  M14_direct_debit_reserves,
  M16_sender_is_charged,
  M17_reserves_for_nothing,
  M19_charges_before_authentication,
  M20_one_unit_reserved,
  M22_refresh_pushes_again,
  M23_reservation_left_open,
  M25_session_id_after_denial,
  M184_reserves_without_register,
  M188_nonce_for_ever,

  // Credit decision
  M26_invite_despite_denial,
  M28_invite_despite_5xxx,
  M29_denial_in_mscc_ignored,
  M31_sends_beyond_grant,
  M32_4011_is_denial,
  M189_any_units,
  M34_open_after_tx,
  M35_late_answer_starts_push,
  M37_rejection_deletes_messages,
  M139_open_before_tx,

  // Debit
  M38_no_debit_on_4xx,
  M40_no_debit_on_other_4xx,
  M41_408_ignored,
  M43_debit_again_on_late_200,
  M44_debit_on_report,
  M46_debit_at_first_chunk,
  M47_opening_send_counted,
  M49_one_unit_always,
  M50_octets_reported,
  M52_failed_messages_uncounted,
  M53_debit_for_another,
  M55_debit_lost_with_connection,
  M56_debit_without_delivery,
  M58_debit_for_ever,
  M59_debit_anew_after_tx,
  M61_malformed_response_counts,
  M124_5xx_left_open,
  M125_unknown_status_is_success,
  M182_debit_before_and_after,
  M208_debit_lost_with_hangup,

  // Diameter
  M62_one_session_id_a_user,
  M64_number_zero_in_debit,
  M65_number_over_all_sessions,
  M67_used_units_requested,
  M68_t_flag_on_first,
  M70_answers_in_order,
  M71_session_of_answer_unchecked,
  M73_length_with_padding,
  M74_counters_as_text,
  M76_ccr_before_cea,
  M77_no_dwa_while_asking,
  M79_sip_uri_as_e164,
  M127_no_application_id,
  M127b_no_origin_realm,
  M128_other_service_in_debit,
  M130_host_invented,
  M131_accounting_alone,
  M133_dwr_every_second,
  M134_closes_at_first_missed_dwa,
  M134b_never_closes,
  M136_abort_answered_only,
  M137_unknown_request_dropped,

  // SIP
  M80_bye_with_cseq_of_invite,
  M82_bye_to_registered_contact,
  M83_route_set_as_recorded,
  M220_bypasses_route,
  M85_second_200_sends_again,
  M221_two_acks_a_copy,
  M86_new_branch_in_ack,
  M88_repeats_after_100,
  M88b_repeats_over_tcp,
  M89_new_tag_on_repetition,
  M91_invite_per_message,
  M92_bye_after_bye,
  M94_length_too_small,
  M140_invite_to_aor,
  M142_two_contacts,
  M142b_cseq_too_large,
  M143_no_feature_tag,
  M143b_wrong_sender,
  M145_redirect_reserves_again,
  M146_no_dialog_for_invite,
  M146b_counter_reset,
  M148_bye_for_ever,
  M148b_bye_without_t2,
  M196_bye_after_200,
  M149_invites_for_ever,
  M151_wildcard_at_any_time,
  M197_rport_unfilled,
  M152_binding_without_expires,
  M154_charges_s_cscf,
  M155_no_min_expires,
  M157_bye_of_no_dialog,
  M201_one_branch_for_acks,
  M158_no_ack_after_cancel,
  M193_ignores_path,
  M194_leaves_tls,

  // Session description and MSRP
  M95_offers_passive,
  M97_sends_before_binding,
  M98_binds_any_connection,
  M100_second_connection,
  M101_one_transaction_id,
  M103_range_from_zero,
  M104_every_chunk_is_last,
  M106_no_failure_report,
  M107_goes_on_after_413,
  M109_cpim_always,
  M110_answers_report,
  M112_newest_first,
  M113_connects_to_rightmost,
  M115_reads_by_segment,
  M160_port_unlike_path,
  M160b_protocol_misspelt,
  M160c_no_accept_types,
  M160d_c_unlike_path,
  M161_one_path_a_user,
  M163_sends_where_nobody_receives,
  M164_session_known_late,
  M166_fields_by_name,
  M167_repeats_refused_type,
  M169_fingerprint_unchecked,
  M230_fingerprint_of_another,
  M231_msrp_in_the_clear,
  M170_writes_after_bye,
  M185_connects_and_waits,
  M186_session_ids_counted,
  M187_transaction_ids_counted,
  M198_takes_any_range,
  M202_message_ids_by_session,
  M203_length_in_16_bits,
  M190_port_modulo,
  M191_connects_after_end,
  M192_connects_to_active,

  // Concurrency
  M116_last_registered,
  M118_drops_what_came_meanwhile,
  M119_second_device_for_free,
  M121_debits_again_after_restart,
  M122_invites_removed_binding,
  M172_single_writer,
  M181_tx_off_the_clock,
  M204_forgets_second_failure,
  M205_slower_each_push,

  // Robustness
  M173_reads_by_segment,
  M175_party_of_255_octets,
  M176_connects_to_origin,
  M178_refused_register_reserves,
  M179_refuses_odd_forms,
  M195_takes_broken_forms,
  M199_drops_large_registers,
  M200_waits_for_length,
  M206_full_of_unfinished,
  M207_overflow_is_success,
};

/// A detector is a case and the reason for which it must fail: a rule's id ("G1") or what a step missed or met
/// ("unexpected INVITE", "missing debit_units").
struct Detector {
  std::string_view case_id;
  std::string_view reason;
};

/// A case of the catalogue of faults that cannot show the fault, and why.
struct Blind {
  std::string_view case_id;
  std::string_view because;
};

struct FaultRow {
  Fault fault;
  std::string_view name;      ///< as the enumerator is written
  std::string_view clause;    ///< what it breaks
  std::string_view sentence;  ///< what the faulty server does
  std::vector<Detector> detectors;                 ///< each must fail, for that reason
  std::vector<std::string_view> reasons;           ///< every other failure under this fault must have one of these reasons
  Profile profile = {};                            ///< the reading of the server in which the fault shows
  std::vector<std::string_view> waits_for = {};    ///< cases that the suite lacks, without which nothing detects it
  std::vector<Fault> with = {};                    ///< of the second order: faults at the same time, which may hide each other
  double clock_scale = 1;                          ///< the factor on the server's timers at which the fault shows
  std::vector<Blind> blind = {};                   ///< cases that one would expect to detect it
  std::string_view about_diameter = {};  ///< what of Diameter it is about, that HTTP has nothing of; "" where both bindings show it
  std::vector<Detector> over_http = {};  ///< what must detect it there, where that is another case or reason

  [[nodiscard]] std::string_view id() const { return name.substr(0, name.find('_')); }  ///< "M01"
};

/// The faults that the suite detects: the matrix proves it.
[[nodiscard]] std::span<FaultRow const> catalogue();
/// Those that wait for their cases.
[[nodiscard]] std::span<FaultRow const> waiting();
/// Pairs of them (faults.md, how to use the set, 5); `fault` is the first.
[[nodiscard]] std::span<FaultRow const> second_order();
/// The pair of that name: "M05+M56"; null for none.
[[nodiscard]] FaultRow const* find_pair(std::string_view name);
/// By id ("M01", any case) or whole name.
[[nodiscard]] std::optional<Fault> find_fault(std::string_view text);
[[nodiscard]] FaultRow const& row(Fault fault);

}  // namespace tollgate::refserver
