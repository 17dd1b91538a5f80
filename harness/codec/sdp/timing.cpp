#include "codec/sdp/timing.hpp"

#include <limits>

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "codec/sdp/characters.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

/// time = POS-DIGIT 9*DIGIT, of any length
static bool is_time(std::string_view text) {
  constexpr std::size_t digits_least = 10;
  return text.size() >= digits_least && text[0] != '0' && digit_set.run(text) == text.size();
}

/// typed-time = 1*DIGIT [ fixed-len-time-unit ]
static bool is_typed_time(std::string_view text) {
  auto const digits = digit_set.run(text);
  return digits > 0 && (digits == text.size() || (digits + 1 == text.size() && std::string_view("dhms").contains(text.back())));
}

Parsed<Timing> parse_timing(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.9";
  Words words(line);
  Timing timing;
  for (auto* const time : {&timing.start, &timing.stop}) {
    auto const word = words.next_or_end();
    if (word.text != "0" && !is_time(word.text))
      return invalid(word.offset, time == &timing.start ? "start-time" : "stop-time", clause, "neither 0 nor ten digits or more");
    *time = to_number<std::uint64_t>(word.text).value_or(std::numeric_limits<std::uint64_t>::max());
  }
  if (!words.at_end()) return invalid(words.rest().offset, "time-field", clause, "more than two parts");
  if (timing.stop != 0 && timing.stop < timing.start) return invalid(line.offset, "stop-time", clause, "before the start-time");
  return timing;
}

Parsed<std::string_view> parse_repeat(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.10";
  Words words(line);
  auto const interval = words.next_or_end();
  if (!is_typed_time(interval.text) || interval.text[0] == '0')
    return invalid(interval.offset, "repeat-interval", clause, "expected a number above 0, and d, h, m or s");
  auto const duration = words.next_or_end();
  for (auto time = duration;; time = words.next_or_end()) {
    if (!is_typed_time(time.text)) return invalid(time.offset, "typed-time", clause, "expected a number, and d, h, m or s");
    if (time.offset > duration.offset && words.at_end()) return line.text;
  }
}

Parsed<std::string_view> parse_zone(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.11";
  Words words(line);
  do {
    auto const time = words.next_or_end();
    if (!is_time(time.text)) return invalid(time.offset, "time", clause, "not ten digits or more");
    auto const adjustment = words.next_or_end();
    if (!is_typed_time(adjustment.text.substr(adjustment.text.starts_with('-') ? 1 : 0)))
      return invalid(adjustment.offset, "typed-time", clause, "expected a number, and d, h, m or s");
  } while (!words.at_end());
  return line.text;
}

Parsed<Bandwidth> parse_bandwidth(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.8";
  auto const type = token_set.run(line.text);
  if (type == 0) return invalid(line.offset, "bwtype", clause, "expected a token");
  if (!line.text.substr(type).starts_with(':')) return invalid(line.offset + type, "bandwidth-field", clause, "expected :");
  auto const value = to_number<std::uint64_t>(line.text.substr(type + 1));
  if (!value) return invalid(line.offset + type + 1, "bandwidth", clause, "not a number");
  return Bandwidth{line.text.substr(0, type), *value};
}

/// What `parse` reads from each line of that type.
template <class T>
static Parsed<std::vector<T>> each(Section const& section, char type, Parsed<T> (*parse)(Piece)) {
  std::vector<T> all;
  for (std::size_t nth = 0; auto const line = section.find(type, nth); ++nth) {
    auto const read = parse(*line);
    if (!read) return std::unexpected(read.error());
    all.push_back(*read);
  }
  return all;
}

Parsed<std::vector<Timing>> timings(Section const& session) {
  return each(session, 't', parse_timing);
}
Parsed<std::vector<Bandwidth>> bandwidths(Section const& section) {
  return each(section, 'b', parse_bandwidth);
}

}  // namespace tollgate::sdp
