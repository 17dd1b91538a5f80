#include "codec/ch2/document_words.hpp"

#include <chrono>
#include <cstdlib>
#include <fmt/chrono.h>

#include "codec/cpim/headers.hpp"

namespace tollgate::ch2 {

static constexpr std::int64_t from_1900_to_1970 = 2'208'988'800;

std::string date_time_of(std::uint32_t seconds) {
  std::chrono::sys_seconds const at{std::chrono::seconds(static_cast<std::int64_t>(seconds) - from_1900_to_1970)};
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", at);
}

/// Whether behind "2026-09-21T13:20:00" and before the zone stands a fraction other than 0.
static bool has_fraction(std::string_view date_time) {
  constexpr std::size_t seconds_end = 19;
  auto const zone = date_time.find_first_of("Z+-", seconds_end);
  return date_time.substr(seconds_end, zone - seconds_end).find_first_of("123456789") != std::string_view::npos;
}

/// RFC 3339 writes what XML Schema 3.2.7 reads, where there is a zone of up to 14 hours (3.2.7.3).
std::optional<std::uint32_t> seconds_of(std::string_view date_time) {
  using namespace std::chrono;
  auto const read = cpim::parse_date_time(date_time);
  if (!read || read->second == 60 || date_time.find_first_of("tz") != std::string_view::npos) return std::nullopt;
  constexpr int zone_minutes_max = 14 * 60;
  if (std::abs(read->offset_minutes) > zone_minutes_max) return std::nullopt;
  auto const day =
      sys_days(year(read->year) / month(static_cast<unsigned>(read->month)) / std::chrono::day(static_cast<unsigned>(read->day)));
  auto const at = day + hours(read->hour) + minutes(read->minute - read->offset_minutes) + seconds(read->second);
  auto const since_1900 = duration_cast<seconds>(at.time_since_epoch()).count() + from_1900_to_1970;
  constexpr std::int64_t most = 0xFFFFFFFF;
  if (since_1900 < 0 || since_1900 > most || (since_1900 == most && has_fraction(date_time))) return std::nullopt;
  return static_cast<std::uint32_t>(since_1900);
}

std::string_view document_word(Request const& request) {
  constexpr std::uint32_t refund_account = 1;
  if (request.type == RequestType::event && request.requested_action == refund_account) return "refund";
  switch (request.operation) {
    case Operation::reserve_units: return "reserve";
    case Operation::debit_units: return "debit";
    case Operation::close: return "release";
    case Operation::other: return "";
  }
  return "";
}

}  // namespace tollgate::ch2
