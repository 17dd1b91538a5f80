#pragma once
/// Which flows are about Diameter itself, so that a SUT whose CH-2 is HTTP cannot play them: its connection, its identifiers,
/// what the Charging Enabler asks by itself, octets of its messages, AVPs that no element of a document stands for.
#include "runner/scenario/scenario.hpp"

namespace tollgate {

[[nodiscard]] bool speaks_diameter(Flow const& flow);

}  // namespace tollgate
