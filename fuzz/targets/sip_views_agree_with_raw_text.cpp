/// What the typed views say of a SIP message is what a reader without any of the codec finds in its raw text.
#include "codec/sip/addresses.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/via.hpp"
#include "codec/sip/views.hpp"
#include "fuzz/naive/sip.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;

static void check_number(std::string_view octets, char const* name, char const* compact, auto const& view, std::uint64_t most) {
  auto const value = fuzz::naive::sip_value(octets, name, compact);
  auto const wanted = value ? fuzz::naive::number(*value, most) : std::nullopt;
  require(view.has_value() == wanted.has_value() && (!view || *view == *wanted), name);
}

static void check_address(std::string_view octets, char const* name, char const* compact, auto const& view) {
  auto const value = fuzz::naive::sip_value(octets, name, compact);
  if (!view) return;
  require(value && value->contains(view->uri) && value->contains(view->display_name), name);
  require_equal(view->tag(), fuzz::naive::parameter(*value, "tag").value_or(""), "tag");
  require(sip::parse_uri(view->uri).has_value(), "an address is good and its URI is not");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const message = sip::Message::parse(octets);
  if (!message) return 0;
  auto const fields = fuzz::naive::sip_fields(octets);
  require(fields.size() == message->fields().size(), "number of fields");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    require_equal(message->fields()[i].spelling, fields[i].name, "name of a field");
    require_equal(message->fields()[i].value, fields[i].value, "value of a field");
  }
  auto const raw_cseq = fuzz::naive::sip_value(octets, "CSeq", "");
  auto const wanted = raw_cseq ? fuzz::naive::cseq(*raw_cseq) : std::nullopt;
  auto const cseq = sip::cseq(*message);
  require(cseq.has_value() == wanted.has_value(), "whether the CSeq is good");
  require(!cseq || (cseq->number == wanted->number && cseq->method == wanted->method), "CSeq");
  check_number(octets, "Content-Length", "l", sip::content_length(*message), UINT64_MAX);
  check_number(octets, "Max-Forwards", "", sip::max_forwards(*message), 255);
  auto const raw_call_id = fuzz::naive::sip_value(octets, "Call-ID", "i");
  auto const call_id = sip::call_id(*message);
  require(call_id.has_value() == (raw_call_id && fuzz::naive::is_call_id(*raw_call_id)), "whether the Call-ID is good");
  require(!call_id || *call_id == *raw_call_id, "Call-ID");
  check_address(octets, "From", "f", sip::from(*message));
  check_address(octets, "To", "t", sip::to(*message));
  if (auto const via = sip::top_via(*message)) require(fuzz::naive::sip_value(octets, "Via", "v").value_or("").contains(via->host), "Via");
  return 0;
}
