#pragma once
/// Group CHG-DBT in C++: the cases that run a flow once per status code.
#include "runner/case.hpp"

namespace tollgate::deferred_push {

[[nodiscard]] Case dbt_02();

}  // namespace tollgate::deferred_push
