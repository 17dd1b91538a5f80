// G14: the SUT answers OPTIONS, REGISTER and DWR, and leaves no files open when all is quiet. RFC 3261 11.2; RFC 6733 5.5.
#include "rules/liveness.hpp"

#include <charconv>
#include <fmt/format.h>
#include <map>
#include <set>

#include "codec/sip/judge.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

/// What a live SUT answers. A request that breaks its grammar may be dropped, so it proves nothing.
bool is_probe(trace::Event const& e) {
  if (e.direction != trace::Direction::sent || e.repeats != 0) return false;
  if (e.channel == trace::Channel::ch2) return is_request(e, "DWR");
  bool const asks = is_request(e, "OPTIONS") || is_request(e, "REGISTER");
  auto const framing = e.transport == trace::Transport::udp ? sip::Framing::datagram : sip::Framing::stream;
  return asks && sip::judge(e.octets, framing).outcome != Outcome::reject;
}

/// The number at the end of a measurement, "open files 17".
long number_of(std::string_view note) {
  auto const digits = note.substr(note.find_last_of(' ') + 1);
  long number = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// Memory: what comes and goes with each request, and with other cases, is no leak.
long allowed_growth(std::string_view what) {
  constexpr long memory_mb = 64;
  return what.starts_with("memory") ? memory_mb : 0;
}

/// Measured when all was quiet, at the begin and at the end of what a case did alone.
void judge_measurements(Finding& finding, trace::Trace const& trace) {
  std::map<std::string, EventRef> first;
  for (auto const& e : trace.events()) {
    if (e.kind != trace::Kind::measured) continue;
    auto const what = e.note.substr(0, e.note.find_last_of(' '));
    auto const [begin, is_first] = first.try_emplace(what, &e);
    if (is_first) continue;
    if (number_of(e.note) <= number_of(begin->second->note) + allowed_growth(what))
      hold(finding, {begin->second, &e});
    else
      fail(finding,
           fmt::format("#{} measured {}, #{} at the end {}: it keeps what it should let go", begin->second->id, begin->second->note, e.id,
                       e.note),
           {begin->second, &e});
  }
}

}  // namespace

/// A single request without an answer is its case's to judge; a SUT from which nothing at all comes any more is not alive.
Finding sut_stays_alive(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G14", "sut_stays_alive", "RFC 3261 8.2.7, 11.2; RFC 6733 5.5");
  EventRef unanswered = nullptr;  // the first since we last heard anything
  for (auto const& e : trace.events()) {
    bool const heard = e.kind == trace::Kind::message && e.direction == trace::Direction::received;
    if (heard) unanswered = nullptr;
    if (heard && e.about != 0 && e.meaning.status != 0 && is_probe(trace.at(e.about))) hold(finding, {&trace.at(e.about), &e});
    if (unanswered == nullptr && is_probe(e)) unanswered = &e;
  }
  if (unanswered != nullptr && trace.events().back().at_ns >= unanswered->at_ns + terms.live_ns)
    fail(finding, fmt::format("nothing came from the SUT after {}, which it did not answer", cite(*unanswered)), {unanswered});
  judge_measurements(finding, trace);
  return finding;
}

}  // namespace tollgate::rules
