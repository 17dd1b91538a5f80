#include "fuzz/oracle/echo.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "rules/deviations.hpp"

namespace tollgate::fuzz {

namespace {

/// "s: 600" of " <s: 600>;expires=3600": the brackets and what stands behind them may be the server's own.
std::string_view in_brackets(std::string_view value) {
  auto const open = value.find('<'), close = value.rfind('>');
  bool const has_brackets = open != std::string_view::npos && close != std::string_view::npos && open < close;
  return trim(has_brackets ? value.substr(open + 1, close - open - 1) : value);
}

/// The word of a header field that stands there, or its whole value where that is too short to be anybody's; "" in a start line that
/// repeats nothing.
std::string_view word_at(std::string_view octets, std::size_t offset) {
  constexpr std::string_view between = " \t,;<>\"";
  constexpr std::size_t least = 3;
  offset = std::min(offset, octets.size());
  auto const before = offset == 0 ? std::string_view::npos : octets.rfind('\n', offset - 1);
  if (before == std::string_view::npos && !octets.starts_with("MSRP ")) return "";
  auto const start = before == std::string_view::npos ? 0 : before + 1, end = std::min(octets.find_first_of("\r\n", offset), octets.size());
  auto const line = octets.substr(start, end - start);
  auto const at = offset - start;
  auto const left = at == 0 ? std::string_view::npos : line.find_last_of(between, at - 1);
  auto const from = left == std::string_view::npos ? 0 : left + 1;
  auto const word = line.substr(from, line.find_first_of(between, at) - from);
  return word.size() >= least ? word : in_brackets(line.substr(line.find(':') + 1));
}

/// Those words stand in a message of ours, or it breaks the same: what it lacks a response cannot copy.
bool is_ours(Diagnostic const& one, std::string_view word, trace::Event const& sent) {
  if (!word.empty() && sent.octets.contains(word)) return true;
  return std::ranges::any_of(rules::deviations(sent), [&](Diagnostic const& other) {
    return other.rule == one.rule && other.clause == one.clause && other.detail == one.detail;
  });
}

/// It refuses a request of which nobody can say where its lines end: it may have seen other fields than we did, and lacks what it saw not.
bool refuses_broken_lines(trace::Trace const& trace, trace::Event const& e) {
  constexpr int first_refusal = 400;
  if (e.meaning.status < first_refusal || e.about == 0) return false;
  return std::ranges::any_of(rules::deviations(trace.at(e.about)), [](Diagnostic const& one) { return one.rule == "CRLF"; });
}

bool says_back(trace::Trace const& trace, trace::Event const& e) {
  if (refuses_broken_lines(trace, e)) return true;
  if (e.kind != trace::Kind::message || e.is_http) return false;
  return std::ranges::all_of(rules::deviations(e), [&](Diagnostic const& one) {
    if (one.strength != Strength::must) return true;
    auto const word = word_at(e.octets, one.offset);
    return std::ranges::any_of(trace.events(), [&](trace::Event const& sent) {
      return sent.id < e.id && sent.kind == trace::Kind::message && sent.direction == trace::Direction::sent && sent.channel == e.channel &&
             is_ours(one, word, sent);
    });
  });
}

}  // namespace

bool only_says_back(trace::Trace const& trace, Finding const& finding) {
  return !finding.witnesses.empty() && std::ranges::all_of(finding.witnesses, [&](auto id) { return says_back(trace, trace.at(id)); });
}

}  // namespace tollgate::fuzz
