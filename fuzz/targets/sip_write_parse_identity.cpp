/// A SIP message that can be held is written back octet by octet, and an edit changes what it names and nothing else.
#include "codec/sip/message.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const message = sip::Message::parse(octets);
  if (!message) return 0;
  fuzz::require_equal(message->write(), octets, "a message that was read is not written back as it came");

  if (message->fields().size() > 200 || size > 60'000) return 0;  // the edits would run into the limits
  auto edited = *message;
  edited.set(sip::Name::subject, "edited").set_body("v=0\r\n", "application/sdp");
  auto const again = sip::Message::parse(edited.write());
  fuzz::require(again.has_value(), "an edited message cannot be read");
  fuzz::require_equal(again->body(), "v=0\r\n", "the body is not the one that was set");
  fuzz::require_equal(again->value(sip::Name::subject).value_or(""), "edited", "the field is not as it was set");
  std::size_t at = 0;
  for (auto const& field : again->fields()) {
    using enum sip::Name;
    bool const touched = field.name == subject || field.name == content_type || field.name == content_length;
    if (at == message->fields().size())
      fuzz::require(touched, "an edit added a field that it does not name");
    else if (auto const& before = message->fields()[at++]; !touched)
      fuzz::require_equal(field.raw, before.raw, "an edit changed a field that it does not name");
  }
  return 0;
}
