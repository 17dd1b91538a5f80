/// date-time   = full-date "T" full-time
/// full-date   = 4DIGIT "-" 2DIGIT "-" 2DIGIT
/// full-time   = 2DIGIT ":" 2DIGIT ":" 2DIGIT [ "." 1*DIGIT ] time-offset
/// time-offset = "Z" / ( "+" / "-" ) 2DIGIT ":" 2DIGIT   (RFC 3339 5.6, any case)
#include <array>
#include <chrono>

#include "codec/cpim/headers.hpp"

namespace tollgate::cpim {

namespace {

constexpr std::string_view clause = "RFC 3339 5.6";

/// The reading position moves through `text`; `good` tells whether all was well so far.
struct Reader {
  std::string_view text;
  std::size_t at = 0;
  bool good = true;

  [[nodiscard]] char peek() const { return at < text.size() ? text[at] : '\0'; }
  [[nodiscard]] bool at_digit() const { return peek() >= '0' && peek() <= '9'; }

  int digits(int count, int least, int most) {
    auto const begin = at;
    int value = 0;
    for (; count > 0; --count) {
      good = good && at_digit();
      if (!good) return 0;
      value = value * 10 + (peek() - '0');
      ++at;
    }
    if (value < least || value > most) {
      good = false;
      at = begin;
    }
    return value;
  }
  void sign(char upper) {
    char const c = peek() >= 'a' && peek() <= 'z' ? static_cast<char>(peek() - 'a' + 'A') : peek();
    good = good && c == upper;
    if (good) ++at;
  }
};

void read_offset(Reader& in, DateTime& time) {
  if (in.peek() == 'Z' || in.peek() == 'z') {
    ++in.at;
    return;
  }
  int const direction = in.peek() == '-' ? -1 : 1;
  in.good = in.good && (in.peek() == '+' || in.peek() == '-');
  if (in.good) ++in.at;
  int const hours = in.digits(2, 0, 23);
  in.sign(':');
  time.offset_minutes = direction * (hours * 60 + in.digits(2, 0, 59));
}

bool is_day(DateTime const& time) {
  using namespace std::chrono;
  return year_month_day(year(time.year), month(static_cast<unsigned>(time.month)), day(static_cast<unsigned>(time.day))).ok();
}

}  // namespace

Parsed<DateTime> parse_date_time(std::string_view text) {
  Reader in{text};
  DateTime time;
  time.year = in.digits(4, 0, 9999);
  in.sign('-');
  time.month = in.digits(2, 1, 12);
  in.sign('-');
  time.day = in.digits(2, 1, 31);
  in.sign('T');
  time.hour = in.digits(2, 0, 23);
  in.sign(':');
  time.minute = in.digits(2, 0, 59);
  in.sign(':');
  time.second = in.digits(2, 0, 60);  // a leap second
  if (in.good && in.peek() == '.') {
    ++in.at;
    in.good = in.at_digit();
    while (in.at_digit()) ++in.at;
  }
  if (in.good) read_offset(in, time);
  if (!in.good || in.at != text.size()) return invalid(in.at, "date-time", clause, "not a date-time");
  if (!is_day(time)) return invalid(0, "date-time", clause, "no such day");
  return time;
}

}  // namespace tollgate::cpim
