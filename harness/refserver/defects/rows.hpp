#pragma once
/// The rows of the table, as far as the flow has gone.
#include <vector>

#include "refserver/defects/catalogue.hpp"

namespace tollgate::refserver::defects {

[[nodiscard]] std::vector<DefectRow> rows_before_session();  ///< first message, registered, reserved
[[nodiscard]] std::vector<DefectRow> rows_in_session();      ///< in the session, at the debit, across two sessions

}  // namespace tollgate::refserver::defects
