#pragma once
/// Legal variants of the reference server: other readings of the ambiguous steps, other forms of the same messages, other
/// transports. None of them is a fault, so no case may fail for one (faults.md, how to use the set, 3).
#include <string>
#include <vector>

#include "runner/simulated_run.hpp"

namespace tollgate {

struct Variant {
  std::string name;  ///< "D-ALL G-STRICT", "compact header names"; "" of the server as it is
  SimulatedOptions options;
};

[[nodiscard]] Variant server_as_it_is();
[[nodiscard]] std::vector<Variant> legal_variants();

}  // namespace tollgate
