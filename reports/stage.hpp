#pragma once
/// Where a run is when somebody looks at what it has shown.
#include <cstdint>

namespace tollgate::reports {

enum class Stage : std::uint8_t { running, over };

}  // namespace tollgate::reports
