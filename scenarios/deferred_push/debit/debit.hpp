#pragma once
/// Group CHG-DBT in C++: which reading of step 8 a server follows, and whether always the same.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case dbt_12();
[[nodiscard]] Case dbt_13();

}  // namespace tollgate::deferred_push
