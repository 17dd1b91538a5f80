#include "codec/sdp/timing.hpp"

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

/// token-char of RFC 8866 9
static constexpr CharSet token_set = CharSet::range('!', '~') - "\"(),/:;<=>?@[\\]";

Parsed<Timing> parse_timing(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.9";
  Words words(line);
  Timing timing;
  for (auto* const time : {&timing.start, &timing.stop}) {
    auto const word = words.next_or_end();
    auto const number = to_number<std::uint64_t>(word.text);
    if (!number) return invalid(word.offset, time == &timing.start ? "start-time" : "stop-time", clause, "not a number");
    *time = *number;
  }
  if (!words.at_end()) return invalid(words.rest().offset, "time-field", clause, "more than two parts");
  if (timing.stop != 0 && timing.stop < timing.start) return invalid(line.offset, "stop-time", clause, "before the start-time");
  return timing;
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
