/// UTF8-2 = %xC2-DF UTF8-tail
/// UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
/// UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )   (RFC 3629 4)
#include "codec/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace tollgate {

namespace {

std::size_t ascii_end(std::string_view text, std::size_t at) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & high_bits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

/// The octets of the sequence that `text` begins with; 0 when it is none.
std::size_t sequence_size(std::string_view text) {
  auto const octet = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  auto const in = [](unsigned value, unsigned low, unsigned high) { return value >= low && value <= high; };
  auto const is_tail = [&](std::size_t at) { return in(octet(at), 0x80, 0xbf); };
  auto const first = octet(0), second = octet(1);
  if (in(first, 0xc2, 0xdf)) return is_tail(1) ? 2 : 0;
  if (in(first, 0xe0, 0xef)) {
    bool const fits = in(second, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
    return fits && is_tail(2) ? 3 : 0;
  }
  if (in(first, 0xf0, 0xf4)) {
    bool const fits = in(second, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
    return fits && is_tail(2) && is_tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t first_not_utf8(std::string_view text) {
  for (std::size_t at = 0;;) {
    at = ascii_end(text, at);
    if (at == text.size()) return at;
    auto const size = sequence_size(text.substr(at));
    if (size == 0) return at;
    at += size;
  }
}

}  // namespace tollgate
