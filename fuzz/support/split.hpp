#pragma once
/// A stream handed over in pieces must give the same messages as in one piece: the property that every framer shares.
#include <string_view>
#include <vector>

#include "codec/stream_buffer.hpp"

namespace tollgate::fuzz {

/// The messages of a stream up to the first octets that cannot be cut, and whether there were such.
struct Cuts {
  std::vector<Octets> messages;
  bool broken = false;

  friend bool operator==(Cuts const&, Cuts const&) = default;
};

/// `stream` handed over in pieces of `piece` octets, the first one of `first`.
[[nodiscard]] Cuts cut(StreamBuffer::Frame frame, std::string_view stream, std::size_t first, std::size_t piece);

/// Whole, octet by octet, and in two pieces: cut at every octet up to 1024 octets, at some of more. The messages stand
/// in the stream as they were.
void require_split_invariant(StreamBuffer::Frame frame, std::string_view stream);

}  // namespace tollgate::fuzz
