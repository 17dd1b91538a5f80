#pragma once
/// The octets of an input as a row of choices: how a fuzzer steers a target whose input is no message. An input that
/// has run out chooses 0.
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace tollgate::fuzz {

class Choices {
 public:
  explicit Choices(std::string_view octets) : octets_(octets) {}

  [[nodiscard]] bool empty() const { return octets_.empty(); }
  [[nodiscard]] std::uint8_t octet() {
    if (octets_.empty()) return 0;
    auto const first = static_cast<std::uint8_t>(octets_.front());
    octets_.remove_prefix(1);
    return first;
  }
  /// From 0 to `bound` - 1, at most 256 of them.
  [[nodiscard]] std::size_t below(std::size_t bound) { return bound == 0 ? 0 : octet() % bound; }
  template <class T>
  [[nodiscard]] T const& one_of(std::span<T const> all) {
    return all[below(all.size())];
  }
  template <class T, std::size_t N>
  [[nodiscard]] T const& one_of(std::array<T, N> const& all) {
    return all[below(N)];
  }
  /// Up to `size` octets as they stand.
  [[nodiscard]] std::string_view octets(std::size_t size) {
    auto const taken = octets_.substr(0, size);
    octets_.remove_prefix(taken.size());
    return taken;
  }
  [[nodiscard]] std::string_view rest() { return octets(octets_.size()); }

 private:
  std::string_view octets_;
};

}  // namespace tollgate::fuzz
