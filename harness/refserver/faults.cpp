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
    for (auto const section : {ordering_faults, reservation_faults, credit_faults, debit_faults, diameter_faults, sip_faults,
                               msrp_faults, concurrency_faults, robustness_faults})
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

std::span<FaultRow const> catalogue() { return rows().detected; }

std::span<FaultRow const> waiting() { return rows().waiting; }

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
