/// A message/cpim that can be held is written back octet by octet, and reads the same without its raw lines (RFC 3862
/// 2); a notification in it reads as it is written (RFC 5438 11.1).
#include "codec/cpim/imdn.hpp"
#include "codec/cpim/message.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

static void check_imdn(std::string_view content) {
  auto const imdn = cpim::parse_imdn(content);
  if (!imdn || imdn->disposition == cpim::Disposition::other) return;
  auto const again = cpim::parse_imdn(cpim::write(*imdn));
  fuzz::require(again.has_value(), "a notification that was written cannot be read");
  fuzz::require_equal(again->message_id, imdn->message_id, "message-id");
  fuzz::require_equal(again->recipient_uri, imdn->recipient_uri, "recipient-uri");
  fuzz::require(again->kind == imdn->kind && again->disposition == imdn->disposition, "kind or disposition");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const message = cpim::Message::parse(octets);
  if (!message) return 0;
  fuzz::require_equal(message->write(), octets, "a message that was read is not written back as it came");

  check_imdn(message->content);

  auto edited = *message;
  edited.content = "edited";
  edited.headers.push_back({"DateTime", "2026-01-01T00:00:00Z", ""});
  auto const again = cpim::Message::parse(edited.write());
  fuzz::require(again.has_value(), "an edited message cannot be read");
  fuzz::require_equal(again->content, "edited", "the content is not as it was set");
  fuzz::require(again->headers.size() == edited.headers.size(), "an edit changed the number of headers");
  fuzz::require(again->content_headers.size() == message->content_headers.size(), "an edit changed content headers");
  for (std::size_t i = 0; i < message->headers.size(); ++i)
    fuzz::require_equal(again->headers[i].raw, message->headers[i].raw, "an edit changed a header that it does not name");
  fuzz::require_equal(again->headers.back().value, "2026-01-01T00:00:00Z", "the header is not as it was set");
  return 0;
}
