#include "codec/sip/time.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/number.hpp"
#include "codec/sip/text_value.hpp"

namespace tollgate::sip {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Where `word` stands, with its case (RFC 3261 20.17), in `words`, counted from 1; 0 when nowhere.
template <std::size_t N>
unsigned place(std::array<std::string_view, N> const& words, std::string_view word) {
  auto const found = std::ranges::find_if(words, [&](std::string_view one) { return one == word; });
  return found == words.end() ? 0 : static_cast<unsigned>(found - words.begin()) + 1;
}

/// A form in which '#' stands for a digit and '?' for a letter.
bool has_form(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char c, char f) {
    if (f == '#') return is_digit(c);
    return f == '?' ? is_alpha(c) : c == f;
  });
}

}  // namespace

Parsed<Date> parse_date(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 20.17";
  constexpr std::string_view form = "???, ## ??? #### ##:##:## ";
  if (!has_form(text.substr(0, form.size()), form)) return invalid(0, "SIP-date", clause, "not an RFC 1123 date");
  if (text.substr(form.size()) != "GMT") return invalid(form.size(), "SIP-date", clause, "only GMT is allowed");
  auto const number = [&](std::size_t at, std::size_t size) { return to_number<unsigned>(text.substr(at, size)).value_or(0); };
  constexpr std::size_t day_at = 5, month_at = 8, year_at = 12, time_at = 17;
  Date const date{.year = number(year_at, 4),
                  .month = place(months, text.substr(month_at, 3)),
                  .day = number(day_at, 2),
                  .hour = number(time_at, 2),
                  .minute = number(time_at + 3, 2),
                  .second = number(time_at + 6, 2)};
  if (place(weekdays, text.substr(0, 3)) == 0) return invalid(0, "wkday", clause, "no day of the week");
  if (date.month == 0) return invalid(month_at, "month", clause, "no month");
  if (date.day < 1 || date.day > 31) return invalid(day_at, "date1", clause, "no day of a month");
  if (date.hour > 23 || date.minute > 59 || date.second > 60) return invalid(time_at, "time", clause, "no time of day");
  return date;
}

Parsed<Date> date(Fields fields) {
  return one(fields, Name::date, "RFC 3261 20.17", parse_date);
}

/// Octets of *DIGIT [ "." *DIGIT ] in `text` from `at` on.
static std::size_t decimal_size(std::string_view text, std::size_t at) {
  auto end = at + digit_set.run(text, at);
  if (end < text.size() && text[end] == '.') end += 1 + digit_set.run(text, end + 1);
  return end - at;
}

Parsed<Timestamp> parse_timestamp(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 20.38";
  if (text.empty() || !is_digit(text[0])) return invalid(0, "Timestamp", clause, "expected a digit");
  auto const time = decimal_size(text, 0);
  auto const delay_at = time + space_size(text, time);
  auto const delay = decimal_size(text, delay_at);
  if (delay_at + delay != text.size() || (delay > 0 && delay_at == time))
    return invalid(delay_at, "Timestamp", clause, "unexpected character");
  return Timestamp{text.substr(0, time), text.substr(delay_at)};
}

Parsed<Timestamp> timestamp(Fields fields) {
  return one(fields, Name::timestamp, "RFC 3261 20.38", parse_timestamp);
}

Parsed<RetryAfter> parse_retry_after(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 20.33";
  auto at = std::min(text.find_first_of(" \t\r\n(;"), text.size());
  auto const seconds = parse_delta_seconds(text.substr(0, at));
  if (!seconds) return std::unexpected(seconds.error());
  RetryAfter read{*seconds, {}, {}};
  at += space_size(text, at);
  if (at < text.size() && text[at] == '(') {
    auto const comment = comment_size(text, at);
    if (comment == 0) return invalid(at, "comment", clause, "the parenthesis does not end");
    read.comment = text.substr(at, comment);
    at += comment;
  }
  auto const parameters = parse_parameters(text.substr(at));
  if (!parameters) return shifted(parameters.error(), at);
  if (auto const duration = parameters->find("duration")) {
    auto const value = parse_delta_seconds(*duration);
    if (!value)
      return invalid(offset_in(text, duration->empty() ? parameters->text() : *duration), "retry-param", clause, value.error().detail);
    read.duration = *value;
  }
  return read;
}

Parsed<RetryAfter> retry_after(Fields fields) {
  return one(fields, Name::retry_after, "RFC 3261 20.33", parse_retry_after);
}

}  // namespace tollgate::sip
