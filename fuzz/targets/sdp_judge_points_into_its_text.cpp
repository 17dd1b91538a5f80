/// Any text is judged as a session description: each deviation lies in it, the second time says the same, and what is
/// accepted can be read line by line, with its origin, its times and every m= line (RFC 8866 5).
#include "codec/sdp/description.hpp"
#include "codec/sdp/judge.hpp"
#include "codec/sdp/media_line.hpp"
#include "codec/sdp/origin.hpp"
#include "codec/sdp/timing.hpp"
#include "fuzz/support/judged.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzz::text(data, size);
  auto const judgement = fuzz::judged(text, sdp::judge);
  if (judgement.outcome != Outcome::accept) return 0;
  auto const description = sdp::Description::parse(text);
  require(description.has_value(), "a description is accepted and cannot be read");
  require(sdp::origin(*description).has_value(), "a description is accepted and its origin is not read");
  require(sdp::timings(sdp::session_section(*description)).has_value(), "a description is accepted and its times are not read");
  for (std::size_t nth = 0; auto const media = sdp::media_section(*description, nth); ++nth)
    require(sdp::parse_media_line(media->at(0)).has_value(), "a description is accepted and an m= line is not read");
  return 0;
}
