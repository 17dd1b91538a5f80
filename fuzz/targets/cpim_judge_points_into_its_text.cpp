/// Any octets are judged as a message/cpim: each deviation lies in them, the second time says the same, and what is
/// accepted can be held, with its addresses, its time and what it asks to be told of (RFC 3862, RFC 5438).
#include "codec/cpim/imdn.hpp"
#include "codec/cpim/judge.hpp"
#include "codec/media_type.hpp"
#include "fuzz/support/judged.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;

static void require_reads(cpim::Message const& message) {
  if (message.value("From")) require(cpim::from(message).has_value(), "a message is accepted and its From is not read");
  if (message.value("To")) require(cpim::to(message).has_value(), "a message is accepted and its To is not read");
  if (message.value("DateTime")) require(cpim::date_time(message).has_value(), "a message is accepted and its DateTime is not read");
  require(cpim::disposition_notification(message).has_value(), "a message is accepted and what it asks for is not read");
  auto const type = parse_media_type(message.content_value("Content-Type").value_or(""));
  bool const is_imdn = type && type->is(cpim::imdn_type);
  require(!is_imdn || cpim::parse_imdn(message.content), "a message is accepted and its notification is not read");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const judgement = fuzz::judged(octets, cpim::judge);
  if (judgement.outcome != Outcome::accept) return 0;
  auto const message = cpim::Message::parse(octets);
  require(message.has_value(), "a message is accepted and cannot be held");
  require_reads(*message);
  return 0;
}
