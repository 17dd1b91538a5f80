/// Any octets are judged as a SIP message, in a datagram and in a stream: each deviation lies in them, the second time
/// says the same, and what is accepted can be held, with every field that has a grammar read by it.
#include "codec/sip/header_rules.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/views.hpp"
#include "fuzz/support/judged.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;

static void require_reads(std::string_view octets) {
  auto const message = sip::Message::parse(octets);
  require(message.has_value(), "a message is accepted and cannot be held");
  for (auto const& field : message->fields())
    require(field.name == sip::Name::unknown || sip::check_value(field.name, field.value).has_value(), "a field is accepted and not read");
  require(sip::from(*message) && sip::to(*message) && sip::call_id(*message) && sip::cseq(*message) && sip::vias(*message),
          "a message is accepted without the fields that each has");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  for (auto const framing : {sip::Framing::datagram, sip::Framing::stream}) {
    auto const judgement = fuzz::judged(octets, [&](std::string_view text) { return sip::judge(text, framing); });
    if (judgement.outcome == Outcome::accept) require_reads(octets);
  }
  return 0;
}
