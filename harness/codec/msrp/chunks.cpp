#include "codec/msrp/chunks.hpp"

#include <string>

#include "base/assert.hpp"
#include "codec/msrp/views.hpp"

namespace tollgate::msrp {

/// Of at least 64 bits of randomness (RFC 4975 7.1), drawn again until it does not occur in the chunk.
static std::string transaction_id(std::string_view body, Random& random) {
  for (;;) {
    auto id = random.token(16);
    if (!body.contains("-------" + id)) return id;
  }
}

static bool is_mime(Field const& field) {
  return iequals(std::string_view(field.name).substr(0, 8), "Content-");
}

static Message chunk_of(Message const& send, ByteRange const* range, std::string_view body, Random& random) {
  auto chunk = Message::request(transaction_id(body, random), send.method());
  bool has_range = range == nullptr;
  auto const add_range = [&] {
    if (!has_range) chunk.add("Byte-Range", write(*range));
    has_range = true;
  };
  for (auto const& field : send.fields()) {
    if (range != nullptr && iequals(field.name, "Byte-Range")) continue;
    if (is_mime(field)) add_range();
    chunk.add(field.name, field.value);
  }
  add_range();
  if (send.has_body()) chunk.set_body(body);
  return chunk;
}

std::vector<Message> chunks(Message const& send, std::size_t octets, Random& random) {
  TOLLGATE_ASSERT(octets > 0);
  constexpr std::size_t uninterruptible_max = 2048;
  std::vector<Message> all;
  if (!send.has_body()) {
    all.push_back(chunk_of(send, nullptr, {}, random));
    return all;
  }
  auto const body = send.body();
  for (std::size_t begin = 0; begin == 0 || begin < body.size(); begin += octets) {
    auto const part = body.substr(begin, octets);
    ByteRange range{.start = begin + 1, .end = begin + part.size(), .total = body.size()};
    if (part.size() > uninterruptible_max) range.end = std::nullopt;
    all.push_back(chunk_of(send, &range, part, random));
    bool const is_last = begin + part.size() == body.size();
    all.back().set_flag(is_last ? send.flag() : '+');
  }
  return all;
}

}  // namespace tollgate::msrp
