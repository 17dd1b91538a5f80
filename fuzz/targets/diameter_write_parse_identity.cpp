/// A Diameter message that can be held is written back octet by octet, groups included, and what CH-2 reads of it is
/// what it reads of the message that CH-2 writes (RFC 6733 3, 4; RFC 8506).
#include "codec/ch2/ch2.hpp"
#include "codec/diameter/message.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

static void check_groups(std::vector<diameter::Avp> const& avps, int depth) {
  for (auto const& avp : avps) {
    auto const members = depth == 0 ? Parsed<std::vector<diameter::Avp>>() : diameter::parse_avps(avp.data);
    if (!members || members->empty()) continue;
    fuzz::require_equal(diameter::write_avps(*members), avp.data, "a group is not written back as it came");
    check_groups(*members, depth - 1);
  }
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const message = diameter::Message::parse(octets);
  if (!message) return 0;
  fuzz::require_equal(message->write(), octets, "a message that was read is not written back as it came");
  check_groups(message->avps, 4);

  auto const request = ch2::read_request(*message);
  if (!request) return 0;
  using enum ch2::Operation;
  bool const asks_for_no_number = request->operation == reserve_units && !request->requested;  // that is not written
  if (asks_for_no_number && request->type != ch2::RequestType::initial) return 0;
  // An event has one number of units, which is written as the requested one; a debit alone reads it as the used one.
  bool const loses_used = request->operation != debit_units || request->used != request->requested;
  if (request->type == ch2::RequestType::event && request->used && loses_used) return 0;
  auto const again = ch2::read_request(ch2::write_request(*request, {"im.example", "example", "example"}));
  fuzz::require(again.has_value(), "a request that CH-2 wrote cannot be read");
  fuzz::require(again->operation == request->operation && again->type == request->type, "operation");
  fuzz::require(again->number == request->number && again->used == request->used, "number or used units");
  fuzz::require(again->session_id == request->session_id && again->subscriber == request->subscriber, "session");
  return 0;
}
