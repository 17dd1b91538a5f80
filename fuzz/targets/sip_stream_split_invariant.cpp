/// However a stream of SIP messages is cut into pieces, the same messages come out (RFC 3261 18.3).
#include "codec/sip/message.hpp"
#include "fuzz/support/split.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::require_split_invariant([](auto stream) { return sip::frame(stream); }, fuzz::text(data, size));
  return 0;
}
