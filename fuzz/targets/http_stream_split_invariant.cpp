/// However a stream of HTTP messages is cut into pieces, the same messages come out, and each of them can be parsed
/// (RFC 9112 6, 9.3).
#include "codec/ch2/http.hpp"
#include "fuzz/support/split.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const stream = fuzz::text(data, size);
  fuzz::require_split_invariant(ch2::frame_http, stream);
  auto const framed = ch2::frame_http(stream);
  if (framed.state == Framed::State::message)
    fuzz::require(ch2::parse_http(stream.substr(0, framed.size)).has_value(), "a message that was framed cannot be parsed");
  return 0;
}
