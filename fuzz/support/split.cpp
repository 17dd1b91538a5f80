#include "fuzz/support/split.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "fuzz/support/target.hpp"

namespace tollgate::fuzz {

Cuts cut(StreamBuffer::Frame frame, std::string_view stream, std::size_t first, std::size_t piece) {
  StreamBuffer buffer(frame);
  Cuts cuts;
  for (auto size = first; !stream.empty(); size = piece) {
    buffer.append(stream.substr(0, size));
    stream.remove_prefix(std::min(size, stream.size()));
    while (auto next = buffer.next()) {
      cuts.broken = next->error.has_value();
      if (cuts.broken) return cuts;
      cuts.messages.push_back(std::move(next->octets));
    }
  }
  return cuts;
}

void require_split_invariant(StreamBuffer::Frame frame, std::string_view stream) {
  auto const whole = cut(frame, stream, stream.size(), 1);
  Octets joined;
  for (auto const& message : whole.messages) joined += message;
  require(stream.starts_with(joined), "the messages of a stream are not its octets in order");
  // Octet by octet the framer sees every prefix of every message; the cuts in two are for the buffer. Each costs the
  // whole stream again, so that a long one is cut at some octets only.
  require(cut(frame, stream, 1, 1) == whole, "the stream reads otherwise octet by octet");
  constexpr std::size_t short_most = 1024, cuts = 16;
  auto const step = stream.size() <= short_most ? 1 : stream.size() / cuts;
  for (std::size_t at = 1; at < stream.size(); at += step)
    require(cut(frame, stream, at, stream.size()) == whole, fmt::format("the stream reads otherwise, cut at {}", at));
}

}  // namespace tollgate::fuzz
