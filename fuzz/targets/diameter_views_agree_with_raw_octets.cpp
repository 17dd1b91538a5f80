/// A Diameter message is held when, and only when, a reader without any of the codec can cut it, and header, AVPs and
/// CH-2's reading say what that reader finds in the octets (RFC 6733 3, 4; RFC 8506 3).
#include "codec/ch2/ch2.hpp"
#include "codec/diameter/message.hpp"
#include "fuzz/naive/diameter.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;
namespace naive = fuzz::naive;

static constexpr std::uint64_t session_id = 263, result_code = 268, request_number = 415, request_type = 416, granted = 431,
                               requested_action = 436, requested = 437, used = 446, service_context = 461;

static void check_avps(std::vector<diameter::Avp> const& avps, std::vector<naive::AvpText> const& raw, int depth) {
  require(avps.size() == raw.size(), "number of AVPs");
  for (std::size_t i = 0; i < raw.size(); ++i) {
    require(avps[i].code == raw[i].code && avps[i].flags == raw[i].flags, "code and flags of an AVP");
    require(avps[i].is(avps[i].code, static_cast<std::uint32_t>(raw[i].vendor)), "vendor of an AVP");
    require_equal(avps[i].data, raw[i].data, "data of an AVP");
    auto const members = diameter::parse_avps(avps[i].data);
    auto const raw_members = naive::avps(raw[i].data);
    require(members.has_value() == raw_members.has_value(), "whether there are AVPs inside an AVP");
    if (members && !members->empty() && depth > 0) check_avps(*members, *raw_members, depth - 1);
  }
}

static void check_request(ch2::Request const& request, std::vector<naive::AvpText> const& raw) {
  require_equal(request.session_id, naive::data_of(raw, session_id), "Session-Id");
  require_equal(request.service_context, naive::data_of(raw, service_context), "Service-Context-Id");
  require(request.number == naive::number_of(raw, request_number), "CC-Request-Number");
  require(static_cast<std::uint32_t>(request.type) == naive::number_of(raw, request_type), "CC-Request-Type");
  require(request.requested_action == naive::number_of(raw, requested_action), "Requested-Action");
  require(request.requested == naive::units_in(raw, requested), "units requested");
  bool const is_direct_debit = request.type == ch2::RequestType::event && request.operation == ch2::Operation::debit_units;
  auto const spent = naive::units_in(raw, used);
  require(request.used == (is_direct_debit && !spent ? request.requested : spent), "units used");
}

static void check_answer(ch2::Answer const& answer, std::vector<naive::AvpText> const& raw) {
  require(answer.result == naive::number_of(raw, result_code), "Result-Code");
  require_equal(answer.session_id, naive::data_of(raw, session_id), "Session-Id");
  require(answer.number == naive::number_of(raw, request_number), "CC-Request-Number");
  require(answer.granted == naive::units_in(raw, granted), "units granted");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  constexpr std::size_t least_avp = 8;
  if (size > diameter::Limits().avps * least_avp) return 0;  // as many AVPs as that run into the limits
  auto const message = diameter::Message::parse(octets);
  auto const raw = naive::diameter(octets);
  require(message.has_value() == raw.has_value(), "whether the octets are a message");
  if (!message) return 0;
  auto const& header = message->header;
  require(header.flags == raw->flags && header.command == raw->command && header.application == raw->application, "header");
  require(header.hop_by_hop == raw->hop_by_hop && header.end_to_end == raw->end_to_end, "identifiers");
  check_avps(message->avps, raw->avps, 4);
  if (auto const request = ch2::read_request(*message)) check_request(*request, raw->avps);
  if (auto const answer = ch2::read_answer(*message)) check_answer(*answer, raw->avps);
  return 0;
}
