#include "codec/ch2/document_words.hpp"

#include <chrono>
#include <fmt/chrono.h>

#include "codec/cpim/headers.hpp"

namespace tollgate::ch2 {

static constexpr std::int64_t from_1900_to_1970 = 2'208'988'800;

std::string date_time_of(std::uint32_t seconds) {
  std::chrono::sys_seconds const at{std::chrono::seconds(static_cast<std::int64_t>(seconds) - from_1900_to_1970)};
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", at);
}

/// RFC 3339 writes what XML Schema 3.2.7 reads, where there is a zone.
std::optional<std::uint32_t> seconds_of(std::string_view date_time) {
  using namespace std::chrono;
  auto const read = cpim::parse_date_time(date_time);
  if (!read || read->second == 60 || date_time.find_first_of("tz") != std::string_view::npos) return std::nullopt;
  auto const day =
      sys_days(year(read->year) / month(static_cast<unsigned>(read->month)) / std::chrono::day(static_cast<unsigned>(read->day)));
  auto const at = day + hours(read->hour) + minutes(read->minute - read->offset_minutes) + seconds(read->second);
  auto const since_1900 = duration_cast<seconds>(at.time_since_epoch()).count() + from_1900_to_1970;
  if (since_1900 < 0 || since_1900 > std::int64_t{0xFFFFFFFF}) return std::nullopt;
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
