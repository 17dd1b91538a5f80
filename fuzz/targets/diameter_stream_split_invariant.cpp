/// However a stream of Diameter messages is cut into pieces, the same messages come out (RFC 6733 3).
#include "codec/diameter/message.hpp"
#include "fuzz/support/split.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::require_split_invariant([](auto stream) { return diameter::frame(stream); }, fuzz::text(data, size));
  return 0;
}
