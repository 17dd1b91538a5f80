/// A session description is written back as it came, and its MSRP media survives being described anew (RFC 8866 5).
#include "codec/sdp/description.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzz::text(data, size);
  auto const description = sdp::Description::parse(text);
  if (!description) return 0;
  fuzz::require_equal(description->write(), text, "a description is not written back as it came");

  auto const media = sdp::msrp_media(*description);
  if (!media) return 0;
  auto const written = sdp::describe(*media, 1, 1).write();
  auto const anew = sdp::Description::parse(written);
  fuzz::require(anew.has_value(), "a description of ours cannot be read: " + written);
  auto const again = sdp::msrp_media(*anew);
  fuzz::require(again.has_value(), "MSRP media of ours cannot be read: " + written);
  fuzz::require_equal(sdp::describe(*again, 1, 1).write(), written, "MSRP media changes by being described");
  fuzz::require(again->path == media->path && again->port == media->port && again->setup == media->setup &&
                    again->accept_types == media->accept_types && again->direction == media->direction &&
                    again->max_size == media->max_size && again->address == media->address,
                "MSRP media differs after being described");
  return 0;
}
