/// However a stream of MSRP messages is cut into pieces, the same messages come out (RFC 4975 7.1).
#include "codec/msrp/message.hpp"
#include "fuzz/support/split.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::require_split_invariant([](auto stream) { return msrp::frame(stream); }, fuzz::text(data, size));
  return 0;
}
