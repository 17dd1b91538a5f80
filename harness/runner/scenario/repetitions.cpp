#include "runner/scenario/repetitions.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tollgate {

std::optional<std::string> wrong_repetition(Transmission first, std::span<Transmission const> copies, std::span<Duration const> due,
                                            Instant now, Duration own_lag) {
  auto const ms = [](Duration time) { return static_cast<double>(time.count()) / 1e6; };
  auto const wrong_count = fmt::format("#{} was repeated {} times, not {}", first.event, copies.size(), due.size());
  if (copies.size() > due.size() && copies[due.size()].at + own_lag < now) return wrong_count;
  auto before = first.at;
  for (std::size_t i = 0; i < due.size(); ++i) {
    auto const gap = due[i] - (i == 0 ? Duration::zero() : due[i - 1]);
    if (i == copies.size()) return before + gap + own_lag > now ? std::nullopt : std::optional(wrong_count);
    auto const after = copies[i].at - first.at;
    auto const off = std::min(std::chrono::abs(after - due[i]), std::chrono::abs(copies[i].at - before - gap));
    if (off > due[i] / 5 + own_lag)
      return fmt::format("#{}, a repetition of #{}, came {:.1f} ms after it, not {:.1f} ms", copies[i].event, first.event, ms(after),
                         ms(due[i]));
    before = copies[i].at;
  }
  return std::nullopt;
}

}  // namespace tollgate
