/// What the typed views say of a SIP message is what a reader without any of the codec finds in its raw text, and what
/// they say of an Index of it; all of them are asked.
#include "codec/sip/index.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/views.hpp"
#include "fuzz/naive/sip.hpp"
#include "fuzz/support/sip_views.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;
namespace naive = fuzz::naive;

static void check_fields(sip::Message const& message, std::vector<naive::Field> const& raw) {
  require(raw.size() == message.fields().size(), "number of fields");
  for (std::size_t i = 0; i < raw.size(); ++i) {
    require_equal(message.fields()[i].spelling, raw[i].name, "name of a field");
    require_equal(message.fields()[i].value, raw[i].value, "value of a field");
  }
}

/// The same message, however it is held.
static void check_index(sip::Index const& index, sip::Message const& message, std::string_view octets) {
  require_equal(index.method(), message.method(), "method");
  require_equal(index.request_uri(), message.request_uri(), "Request-URI");
  require(index.is_request() == message.is_request() && index.status() == message.status(), "status");
  require_equal(index.reason(), message.reason(), "reason phrase");
  require_equal(index.body(), message.body(), "body");
  require(index.field_count() == message.fields().size(), "number of fields in the Index");
  std::string joined(index.start_raw());
  for (std::size_t i = 0; i < index.field_count(); ++i) {
    auto const one = index.field(i);
    auto const& other = message.fields()[i];
    require(one.name == other.name, "name of a field in the Index");
    require_equal(one.spelling, other.spelling, "spelling of a field in the Index");
    require_equal(one.value, other.value, "value of a field in the Index");
    joined += other.raw;
  }
  require(octets.starts_with(joined), "start line and fields are not the octets in order");
  for (std::size_t i = 0; i < sip::name_count; ++i) {
    auto const name = static_cast<sip::Name>(i);
    for (std::size_t nth = 0; nth < 3; ++nth) require(index.value(name, nth) == message.value(name, nth), sip::canonical(name));
  }
}

static void check_number(std::string_view octets, char const* name, char const* compact, auto const& view, std::uint64_t most) {
  auto const value = naive::sip_value(octets, name, compact);
  auto const wanted = value ? naive::number(*value, most) : std::nullopt;
  require(view.has_value() == wanted.has_value() && (!view || *view == *wanted), name);
}

static void check_cseq_and_call_id(std::string_view octets, sip::Message const& message) {
  auto const raw_cseq = naive::sip_value(octets, "CSeq", "");
  auto const wanted = raw_cseq ? naive::cseq(*raw_cseq) : std::nullopt;
  auto const cseq = sip::cseq(message);
  require(cseq.has_value() == wanted.has_value(), "whether the CSeq is good");
  require(!cseq || (cseq->number == wanted->number && cseq->method == wanted->method), "CSeq");
  auto const raw_call_id = naive::sip_value(octets, "Call-ID", "i");
  auto const call_id = sip::call_id(message);
  require(call_id.has_value() == (raw_call_id && naive::is_call_id(*raw_call_id)), "whether the Call-ID is good");
  require(!call_id || *call_id == *raw_call_id, "Call-ID");
}

/// An address that is good: what it holds stands there.
static void check_address(sip::NameAddr const& address, std::string_view element) {
  auto const wanted = naive::address(element);
  require_equal(address.uri, wanted.uri, "URI of an address");
  require_equal(address.display_name, wanted.display_name, "display name of an address");
  for (auto const* const name : {"tag", "q", "expires", "+g.oma.sip-im", "lr"})
    require(address.parameters.find(name) == naive::parameter(element, name), std::string("parameter ").append(name));
  require(address.uri == "*" || sip::parse_uri(address.uri).has_value(), "an address is good and its URI is not");
}

static void check_contacts(std::string_view octets, sip::Message const& message) {
  auto const contacts = sip::contacts(message);
  if (!contacts) return;
  auto const raw = naive::sip_list(octets, "Contact", "m");
  require(contacts->size() == raw.size(), "number of Contacts");
  for (std::size_t i = 0; i < raw.size(); ++i) check_address((*contacts)[i], raw[i]);
}

static void check_vias(std::string_view octets, sip::Message const& message) {
  auto const vias = sip::vias(message);
  if (!vias) return;
  auto const raw = naive::sip_list(octets, "Via", "v");
  require(vias->size() == raw.size(), "number of Vias");
  for (std::size_t i = 0; i < raw.size(); ++i) {
    auto const& via = (*vias)[i];
    auto const sent_by = naive::sent_by(raw[i]);
    require_equal(via.transport, sent_by.transport, "transport");
    require_equal(via.host, sent_by.host, "host");
    require(via.port == naive::number(sent_by.port, UINT16_MAX), "port");
    require_equal(via.branch(), naive::parameter(raw[i], "branch").value_or(""), "branch");
    require_equal(via.received(), naive::parameter(raw[i], "received").value_or(""), "received");
    auto const rport = naive::parameter(raw[i], "rport");
    require(via.asks_rport() == (rport == ""), "whether rport is asked for");
    require(via.rport() == naive::number(rport.value_or(""), UINT16_MAX), "rport");
  }
  if (!raw.empty()) require(sip::top_via(message)->host == vias->front().host, "topmost Via");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const message = sip::Message::parse(octets);
  auto const index = sip::Index::parse(octets);
  bool const is_beyond_index = !index && index.error().what == What::limit;
  require(index.has_value() == message.has_value() || (message && is_beyond_index), "Index and Message read different messages");
  if (!message) return 0;
  check_fields(*message, naive::sip_fields(octets));
  if (index) check_index(*index, *message, octets);
  if (index) fuzz::require_views_agree(*index, *message);
  check_number(octets, "Content-Length", "l", sip::content_length(*message), UINT64_MAX);
  check_number(octets, "Max-Forwards", "", sip::max_forwards(*message), 255);
  check_cseq_and_call_id(octets, *message);
  if (auto const from = sip::from(*message)) check_address(*from, naive::sip_value(octets, "From", "f").value());
  if (auto const to = sip::to(*message)) check_address(*to, naive::sip_value(octets, "To", "t").value());
  check_contacts(octets, *message);
  check_vias(octets, *message);
  return 0;
}
