/// An MSRP message that can be held is written back octet by octet, and an edit changes what it names and nothing else
/// (RFC 4975 7.1).
#include "codec/msrp/message.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const message = msrp::Message::parse(octets);
  auto const framed = msrp::frame(octets);
  bool const whole = framed.state == Framed::State::message && framed.size == size;
  fuzz::require(!message || whole, "what reads as one message is not framed as one");
  if (!message) return 0;
  fuzz::require_equal(message->write(), octets, "a message that was read is not written back as it came");

  if (message->fields().size() > 60 || size > 15'000) return 0;  // the edits would run into the limits
  auto edited = *message;
  edited.set("To-Path", "msrp://192.0.2.1:2855/edited;tcp").set_flag('#');
  auto const again = msrp::Message::parse(edited.write());
  fuzz::require(again.has_value(), "an edited message cannot be read");
  fuzz::require(again->flag() == '#', "the flag is not as it was set");
  fuzz::require_equal(again->value("To-Path").value_or(""), "msrp://192.0.2.1:2855/edited;tcp", "To-Path");
  fuzz::require_equal(again->body(), message->body(), "an edit changed the body");
  fuzz::require_equal(again->transaction_id(), message->transaction_id(), "an edit changed the transaction id");
  fuzz::require_equal(again->value("Message-ID").value_or(""), message->value("Message-ID").value_or(""), "Message-ID");
  return 0;
}
