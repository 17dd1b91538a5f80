#pragma once
/// The rows of the catalogue, each section in a file of its own, as the faults are grouped by what they break.
#include <initializer_list>
#include <vector>

#include "refserver/faults.hpp"

namespace tollgate::refserver {

[[nodiscard]] std::vector<FaultRow> ordering_faults();     ///< the order of the steps
[[nodiscard]] std::vector<FaultRow> reservation_faults();  ///< step 3
[[nodiscard]] std::vector<FaultRow> credit_faults();       ///< what the reserve answer decides, steps 4 and 5
[[nodiscard]] std::vector<FaultRow> debit_faults();        ///< steps 8 and 9
[[nodiscard]] std::vector<FaultRow> diameter_faults();     ///< the fields of CH-2 and its connection
[[nodiscard]] std::vector<FaultRow> sip_faults();
[[nodiscard]] std::vector<FaultRow> msrp_faults();         ///< and the session description
[[nodiscard]] std::vector<FaultRow> concurrency_faults();  ///< many users, many messages, restarts
[[nodiscard]] std::vector<FaultRow> robustness_faults();   ///< hostile and malformed input

/// The rows of a section that is written in several parts.
[[nodiscard]] std::vector<FaultRow> joined(std::initializer_list<std::vector<FaultRow>> parts);

}  // namespace tollgate::refserver
