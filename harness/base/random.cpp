#include "base/random.hpp"

#include <string_view>

#include "base/assert.hpp"

namespace tollgate {

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state_;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
  z = (z ^ z >> 27) * 0x94d049bb133111ebU;
  return z ^ z >> 31;
}

Random Random::of(std::initializer_list<std::uint64_t> numbers) {
  Random out(0);
  for (auto const number : numbers) out.state_ = Random(out.state_ ^ number).next();
  return out;
}

std::uint64_t Random::below(std::uint64_t bound) {
  TOLLGATE_ASSERT(bound > 0);
  return next() % bound;
}

std::string Random::token(std::size_t length) {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string out;
  while (out.size() < length) out += alphabet[below(out.empty() ? 26 : alphabet.size())];
  return out;
}

}  // namespace tollgate
