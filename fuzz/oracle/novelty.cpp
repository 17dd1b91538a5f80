#include "fuzz/oracle/novelty.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tollgate::fuzz {

/// Orders of magnitude, in milliseconds, coarse enough that no flow is new by the machine's mood.
static int timing_class(std::int64_t ns) {
  constexpr std::int64_t ms = 1'000'000;
  return ns < 100 * ms ? 0 : ns < 900 * ms ? 1 : ns < 5000 * ms ? 2 : 3;
}

/// A word that a mutation has made of a method, and the server says back, says no more than the next one; nor does a result of ours.
static std::string label_of(trace::Event const& event) {
  constexpr std::array methods{"INVITE", "ACK",    "BYE",   "CANCEL", "REGISTER", "OPTIONS", "MESSAGE", "SUBSCRIBE", "NOTIFY",
                               "PRACK",  "UPDATE", "REFER", "INFO",   "PUBLISH",  "SEND",    "REPORT",  "AUTH",      "NICKNAME"};
  constexpr int codes_most = 6000;  // Diameter's permanent failures begin with 5
  if (event.kind != trace::Kind::message) return std::string(trace::to_string(event.kind));
  auto meaning = event.meaning;
  bool const is_word_of_ours = event.channel == trace::Channel::ch2 || std::ranges::find(methods, meaning.name) != methods.end();
  if (!is_word_of_ours && !meaning.name.empty()) meaning.name = "?";
  if (meaning.status >= codes_most || meaning.status < 0) meaning.status = codes_most;
  return meaning.label();
}

std::set<std::uint64_t> features_of(trace::Trace const& trace) {
  std::set<std::uint64_t> out;
  std::array<std::string, 3> before;
  std::int64_t last_sent = 0;
  for (auto const& event : trace.events()) {
    if (event.kind == trace::Kind::tampered) continue;
    auto const channel = static_cast<std::size_t>(event.channel);
    auto const label = label_of(event);
    if (event.direction == trace::Direction::sent) last_sent = event.at_ns;
    if (event.direction == trace::Direction::received)
      out.insert(hash_of(
          fmt::format("{} {} > {} {} {}", channel, before.at(channel), label, event.repeats != 0, timing_class(event.at_ns - last_sent))));
    before.at(channel) = (event.direction == trace::Direction::sent ? "< " : "> ") + label;
  }
  return out;
}

}  // namespace tollgate::fuzz
