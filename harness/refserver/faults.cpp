#include "refserver/faults.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

namespace {

struct Rows {
  std::vector<FaultRow> detected, waiting;
};

Rows const& rows() {
  static Rows const all = [] {
    Rows rows;
    for (auto const section : {ordering_faults, reservation_faults, credit_faults, debit_faults, diameter_faults, sip_faults, msrp_faults,
                               concurrency_faults, robustness_faults})
      for (auto& row : section()) (row.waits_for.empty() ? rows.detected : rows.waiting).push_back(std::move(row));
    return rows;
  }();
  return all;
}

/// Null when there is none.
template <class Wanted>
FaultRow const* find(Wanted wanted) {
  for (auto const table : {catalogue(), waiting()})
    if (auto const found = std::ranges::find_if(table, wanted); found != table.end()) return &*found;
  return nullptr;
}

}  // namespace

std::vector<FaultRow> joined(std::initializer_list<std::vector<FaultRow>> parts) {
  std::vector<FaultRow> all;
  for (auto const& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::span<FaultRow const> catalogue() {
  return rows().detected;
}

std::span<FaultRow const> waiting() {
  return rows().waiting;
}

std::span<FaultRow const> second_order() {
  static std::vector<FaultRow> const pairs{
      {.fault = Fault::M05_debit_before_outcome,
       .name = "M05+M56",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Debits before the outcome, and again for what was never delivered.",
       .detectors = {{"ORD-06", "unexpected debit_units"},
                     {"DBT-04", "unexpected debit_units"},
                     {"DBT-12", "G3"},
                     {"DBT-16", "wrong diameter.Used-Service-Unit/CC-Service-Specific-Units"}},
       .reasons = {"G3", "G4", "G6", "early debit_units", "missing UPDATE", "other debit timing",
                   "wrong diameter.CC-Service-Specific-Units", "wrong diameter.Number-Of-Messages-Successfully-Sent", "wrong units"},
       .with = {Fault::M56_debit_without_delivery}},
      {.fault = Fault::M22_refresh_pushes_again,
       .name = "M22+M70",
       .clause = "CR 6.3.2.8 (3); RFC 6733 3",
       .sentence = "Pushes again at a refresh, and takes the answers in the order of the requests.",
       .detectors =
           {{"RC-06", "unexpected reserve_units"}, {"RC-07", "wrong count of INVITE"}, {"ML-02", "G1"}, {"ML-03", "G1"}, {"RX-08", "G1"}},
       .reasons = {"G1", "G3", "G4", "G5", "G13", "missing BYE", "missing INVITE", "unexpected INVITE", "unexpected reserve_units",
                   "wrong diameter.Service-Context-Id"},
       .with = {Fault::M70_answers_in_order}},
  };
  return pairs;
}

FaultRow const* find_pair(std::string_view name) {
  auto const found = std::ranges::find_if(second_order(), [&](FaultRow const& row) { return iequals(name, row.name); });
  return found == second_order().end() ? nullptr : &*found;
}

std::optional<Fault> find_fault(std::string_view text) {
  auto const* const found = find([&](FaultRow const& row) { return iequals(text, row.id()) || iequals(text, row.name); });
  return found == nullptr ? std::nullopt : std::optional(found->fault);
}

FaultRow const& row(Fault fault) {
  auto const* const found = find([&](FaultRow const& row) { return row.fault == fault; });
  TOLLGATE_ASSERT(found != nullptr);
  return *found;
}

}  // namespace tollgate::refserver
