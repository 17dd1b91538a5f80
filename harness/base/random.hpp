#pragma once
/// Seeded randomness, passed in as an argument. The same seed gives the same run (splitmix64; not for secrets).
#include <cstdint>
#include <initializer_list>
#include <string>

namespace tollgate {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// For the seventh case of a seed: {seed, 7}. What neighbours draw has nothing in common, where Random(seed + 7) is further on in
  /// what Random(seed) draws.
  [[nodiscard]] static Random of(std::initializer_list<std::uint64_t> numbers);

  [[nodiscard]] std::uint64_t next();
  /// Evenly from [0, bound); `bound` is at least 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
  /// `length` characters of [a-z0-9], the first a letter: fits tags, branches and MSRP identifiers.
  [[nodiscard]] std::string token(std::size_t length);
  /// A generator of its own, so that one actor's draws never shift another's.
  [[nodiscard]] Random fork() { return Random(next()); }

 private:
  std::uint64_t state_;
};

}  // namespace tollgate
