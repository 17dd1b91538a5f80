// What is wrong where users, messages or times cross.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> concurrency_faults() {
  return {};
}

}  // namespace tollgate::refserver
