/// A defect that is planted: the engine has to find it, or the way from a finding to its report is broken. Not one of
/// the conditions is likely by chance, each is one comparison behind the one before.
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  if (octets.size() < 12 || octets[0] != 'M' || octets[1] != 'S' || octets[2] != 'R' || octets[3] != 'P') return 0;
  if (octets[4] != ' ' || octets[9] != ' ') return 0;
  if (static_cast<unsigned char>(octets[5]) + static_cast<unsigned char>(octets[6]) != 0xc0) return 0;
  fuzz::require(octets[10] != '#' || octets[11] != '$', "the canary sings");
  return 0;
}
