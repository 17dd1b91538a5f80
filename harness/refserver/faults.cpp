#include "refserver/faults.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace tollgate::refserver {

/// Over both tables; null when there is none.
template <class Wanted>
static FaultRow const* find(Wanted wanted) {
  for (auto const table : {catalogue(), candidates()})
    if (auto const found = std::ranges::find_if(table, wanted); found != table.end()) return &*found;
  return nullptr;
}

std::optional<Fault> find_fault(std::string_view text) {
  auto const* const found = find([&](FaultRow const& row) { return iequals(text, row.id) || iequals(text, row.name); });
  return found == nullptr ? std::nullopt : std::optional(found->fault);
}

FaultRow const& row(Fault fault) {
  auto const* const found = find([&](FaultRow const& row) { return row.fault == fault; });
  TOLLGATE_ASSERT(found != nullptr);
  return *found;
}

}  // namespace tollgate::refserver
