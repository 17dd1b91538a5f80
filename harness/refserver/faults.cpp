#include "refserver/faults.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace tollgate::refserver {

namespace {

constexpr std::array m00{Detector{"ORD-01", "missing 200 REGISTER"}};
constexpr std::array m01{Detector{"ORD-03", "unexpected INVITE"}};
constexpr std::array m02{Detector{"ORD-03", "unexpected INVITE"}, Detector{"NC-01", "unexpected INVITE"}};
constexpr std::array m04{Detector{"ORD-05", "unexpected SEND"}};
constexpr std::array m05{Detector{"ORD-06", "unexpected debit_units"}, Detector{"DBT-04", "unexpected debit_units"}};
constexpr std::array m07{Detector{"ORD-08", "unexpected BYE"}};
constexpr std::array m13{Detector{"RSV-01", "unexpected reserve_units"}, Detector{"ORD-02", "unexpected reserve_units"}};
constexpr std::array m26{Detector{"NC-01", "unexpected INVITE"}};
constexpr std::array m38{Detector{"DBT-02", "missing debit_units"}};
constexpr std::array m49{Detector{"ORD-02", "G4"}};
constexpr std::array m106{Detector{"DBT-01", "missing debit_units"}};

// What else may fail under a fault, as its consequence.
using Reason = std::string_view;
constexpr std::array invites_uncovered{Reason("G1")};
constexpr std::array sends_outside{Reason("G2")};
constexpr std::array debits_untriggered{Reason("G3")};
constexpr std::array holds_too_much{Reason("G5"), Reason("missing INVITE")};
constexpr std::array waits_in_vain{Reason("missing BYE")};

constexpr std::array rows{
    FaultRow{Fault::M00_canary, "M00", "M00_canary", "CR 6.3.2.8 (2)",
             "Keeps messages, but answers no REGISTER and does nothing for it: whoever misses this misses everything.", m00, {}},
    FaultRow{Fault::M01_invite_before_answer, "M01", "M01_invite_before_answer", "CR 6.3.2.8 (3-5); RFC 8506 5.2",
             "Sends the INVITE right after the reserve request, without waiting for its answer.", m01, invites_uncovered},
    FaultRow{Fault::M02_invite_before_reserve, "M02", "M02_invite_before_reserve", "CR 6.3.2.8 (3-5); RFC 8506 5.2",
             "Sends the INVITE at the REGISTER and the reserve request afterwards.", m02, invites_uncovered},
    FaultRow{Fault::M04_send_before_accept, "M04", "M04_send_before_accept", "CR 6.3.2.8 (6-7); RFC 4975 8.2",
             "Takes the SDP of a provisional response for the acceptance: connects and sends before the 200.", m04, sends_outside},
    FaultRow{Fault::M05_debit_before_outcome, "M05", "M05_debit_before_outcome", "CR 6.3.2.8 (8)",
             "Debits as soon as the last SEND is written, whatever comes back.", m05, debits_untriggered},
    FaultRow{Fault::M07_bye_before_outcome, "M07", "M07_bye_before_outcome", "CR 6.3.2.8 (10-11)",
             "Sends BYE before the last MSRP answer has arrived.", m07, {}},
    FaultRow{Fault::M13_reserve_per_message, "M13", "M13_reserve_per_message", "CR 6.3.2.8 (3)",
             "Reserves once per stored message instead of once per push.", m13, holds_too_much},
    FaultRow{Fault::M26_invite_despite_denial, "M26", "M26_invite_despite_denial", "CR 6.3.2.8 (4); RFC 8506 9.1",
             "Sends the INVITE although the reservation was answered 4012.", m26, invites_uncovered},
    FaultRow{Fault::M38_no_debit_on_4xx, "M38", "M38_no_debit_on_4xx", "CR 6.3.2.8 (8 bullet 1)",
             "Does not debit when the SEND was answered with a 4xx.", m38, {}},
    FaultRow{Fault::M49_one_unit_always, "M49", "M49_one_unit_always", "CR 6.3.2.8 (8); RFC 8506 8.19",
             "Reports one used unit whatever the number of messages.", m49, {}},
    FaultRow{Fault::M106_no_failure_report, "M106", "M106_no_failure_report", "RFC 4975 5.3, 7.2; CR 6.3.2.8 (8)",
             "Sets Failure-Report: no on its SENDs, so that no answer can ever come.", m106, waits_in_vain},
};

}  // namespace

std::span<FaultRow const> catalogue() { return rows; }

std::optional<Fault> find_fault(std::string_view text) {
  for (FaultRow const& row : rows)
    if (iequals(text, row.id) || iequals(text, row.name)) return row.fault;
  return std::nullopt;
}

FaultRow const& row(Fault fault) {
  auto const* const found = std::ranges::find(rows, fault, &FaultRow::fault);
  TOLLGATE_ASSERT(found != rows.end());
  return *found;
}

}  // namespace tollgate::refserver
