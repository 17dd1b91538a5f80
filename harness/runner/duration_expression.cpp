#include "runner/duration_expression.hpp"

#include <cmath>
#include <optional>

#include "base/text.hpp"
#include "runner/timers.hpp"

namespace tollgate {

namespace {

std::optional<double> to_real(std::string_view text) {
  double value = 0;
  if (text.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

/// No wait makes sense beyond it, and sums of such stay far from what a Duration holds.
constexpr Duration longest = std::chrono::hours(10'000);

Parsed<Duration> times(Duration duration, double factor) {
  auto const product = static_cast<double>(duration.count()) * factor;
  if (!(product <= static_cast<double>(longest.count()))) return over_limit(0, "duration", "", "longer than any wait makes sense");
  return Duration(static_cast<std::int64_t>(product));
}

Parsed<Duration> read_term(std::string_view term, Ixit const& ixit) {
  double factor = 1;
  std::size_t offset = 0;
  if (auto const star = term.find('*'); star != std::string_view::npos) {
    auto const number = to_real(term.substr(0, star));
    if (!number) return invalid(0, "duration", "", "expected a number before *");
    factor = *number;
    offset = star + 1;
  }
  auto const name = term.substr(offset);
  for (NamedTimer const& timer : named_timers)
    if (name == timer.name) return times(ixit.*timer.value, factor);
  auto const plain = read_plain_duration(name);
  if (!plain)
    return invalid(offset, "duration", "",
                   "expected a number with ms, s, m or h, or one of live quiet quiet_long epsilon msrp_transaction "
                   "diameter_tx diameter_watchdog sip_t1 no_answer msrp_bind");
  return times(*plain, factor);
}

}  // namespace

Parsed<Duration> read_plain_duration(std::string_view text) {
  auto const unit_at = text.find_first_not_of("0123456789.");
  if (unit_at == std::string_view::npos) return invalid(text.size(), "duration", "", "expected a unit: ms, s, m or h");
  auto const number = to_real(text.substr(0, unit_at));
  auto const unit = text.substr(unit_at);
  Duration const one = unit == "ms"  ? Duration(1ms)
                       : unit == "s" ? Duration(1s)
                       : unit == "m" ? Duration(1min)
                       : unit == "h" ? Duration(1h)
                                     : Duration::zero();
  if (!number || one == Duration::zero()) return invalid(unit_at, "duration", "", "expected a number and ms, s, m or h");
  return times(one, *number);
}

Parsed<Duration> read_duration(std::string_view text, Ixit const& ixit) {
  Duration sum{};
  std::size_t at = 0;
  for (int sign = 1;;) {
    auto const end = text.find_first_of("+-", at);
    auto const term = read_term(text.substr(at, end - at), ixit);
    if (!term) return shifted(term.error(), at);
    sum += sign * *term;
    if (sum > longest || sum < -longest) return over_limit(at, "duration", "", "longer than any wait makes sense");
    if (end == std::string_view::npos) return sum;
    sign = text[end] == '+' ? 1 : -1;
    at = end + 1;
  }
}

}  // namespace tollgate
