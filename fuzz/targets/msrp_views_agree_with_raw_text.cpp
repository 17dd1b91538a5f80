/// An MSRP message ends where a plain search finds its end-line, its views say what its raw lines say, and its Index
/// what the Message says (RFC 4975 7.1).
#include "codec/msrp/index.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/views.hpp"
#include "fuzz/naive/msrp.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;

/// The same message, however it is held.
static void check_index(msrp::Index const& index, msrp::Message const& message, std::size_t size) {
  require(index.octets().size() == size, "the Index ends elsewhere");
  require_equal(index.start().transaction_id, message.transaction_id(), "transaction id of the Index");
  require(index.flag() == message.flag() && index.has_body() == message.has_body(), "flag or body of the Index");
  require_equal(index.body(), message.body(), "body of the Index");
  require(index.lines().size() == message.fields().size(), "number of fields of the Index");
  for (std::size_t i = 0; i < index.lines().size(); ++i) {
    auto const& line = index.lines()[i];
    auto const& field = message.fields()[i];
    require_equal(index.name(line), field.name, "name of a field of the Index");
    require_equal(index.value(line), field.value, "value of a field of the Index");
    require(index.value_begin(line) <= line.end, "a value of the Index begins behind its line");
    require(index.value(field.name) == message.value(field.name), "the Index finds another field of that name");
  }
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const framed = msrp::frame(octets);
  if (framed.state != Framed::State::message) return 0;
  auto const message = msrp::Message::parse(octets.substr(0, framed.size));
  auto const index = msrp::Index::parse(octets);
  require(!message || index.has_value(), "a message that can be held has no Index");
  if (!message) return 0;
  check_index(*index, *message, framed.size);
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
