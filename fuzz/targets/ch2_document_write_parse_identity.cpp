/// A CH-2 document that can be read says a CCR or CCA; the document that is written of that says the same one, and the CCR is one
/// that CH-2 reads (3GPP TS 32.299 table 6.6.2.1).
#include "codec/ch2/ch2.hpp"
#include "codec/ch2/document.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const message = ch2::read_document(fuzz::text(data, size));
  if (!message) return 0;
  auto const written = ch2::write_document(*message);
  fuzz::require(written.has_value(), "what was read of a document cannot be written as one");
  auto const again = ch2::read_document(*written);
  fuzz::require(again.has_value(), "a document that was written cannot be read");
  fuzz::require_equal(again->write(), message->write(), "a document says something else when it was written anew");
  if (message->header.is_request()) fuzz::require(ch2::read_request(*message).has_value(), "an EventRequest asks for nothing");
  return 0;
}
