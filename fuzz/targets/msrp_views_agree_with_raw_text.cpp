/// An MSRP message ends where a plain search finds its end-line, and its views say what its raw lines say (RFC
/// 4975 7.1).
#include "codec/msrp/message.hpp"
#include "codec/msrp/views.hpp"
#include "fuzz/naive/msrp.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const framed = msrp::frame(octets);
  if (framed.state != Framed::State::message) return 0;
  auto const message = msrp::Message::parse(octets.substr(0, framed.size));
  if (!message) return 0;
  auto const raw = fuzz::naive::msrp(octets);
  require(raw.size == framed.size, "the message ends elsewhere");
  require_equal(message->transaction_id(), raw.transaction_id, "transaction id");
  require(message->flag() == raw.flag, "continuation flag");
  require(message->has_body() == raw.body.has_value(), "whether there is a body");
  require_equal(message->body(), raw.body.value_or(""), "body");
  require(message->fields().size() == raw.fields.size(), "number of fields");
  for (std::size_t i = 0; i < raw.fields.size(); ++i) {
    require_equal(message->fields()[i].name, raw.fields[i].first, "name of a field");
    require_equal(message->fields()[i].value, raw.fields[i].second, "value of a field");
  }
  if (auto const range = msrp::byte_range(*message); range && message->value("Byte-Range")) {
    auto const again = msrp::parse_byte_range(msrp::write(*range));
    require(again && again->start == range->start && again->end == range->end && again->total == range->total,
            "a Byte-Range changes by being written");
    require_equal(msrp::write(*range), fuzz::naive::without_leading_zeros(*message->value("Byte-Range")), "Byte-Range");
  }
  for (auto const& path : {msrp::to_path(*message), msrp::from_path(*message)})
    for (auto const& uri : path.value_or(std::vector<msrp::Uri>{})) require(msrp::same(uri, uri), "a URI differs from itself");
  return 0;
}
