// What is wrong with hostile or malformed input.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> robustness_faults() {
  return {};
}

}  // namespace tollgate::refserver
