#include "fuzz/support/event_words.hpp"

#include <fmt/format.h>

#include "codec/ch2/ch2.hpp"
#include "fuzz/mutate/mutate.hpp"

namespace tollgate::fuzz {

namespace {

using trace::Channel;
using trace::Direction;

constexpr std::array<std::string_view, 3> parties{"sip:a@x", "sip:b@x", ""};

std::string session(Choices& choices) {
  return fmt::format("im;1;{}", choices.below(3));
}

Octets ccr(Choices& choices) {
  constexpr std::array types{ch2::RequestType::initial, ch2::RequestType::update, ch2::RequestType::termination, ch2::RequestType::event};
  ch2::Request request;
  request.type = choices.one_of(types);
  request.number = static_cast<std::uint32_t>(choices.below(3));
  request.session_id = session(choices);
  request.subscriber = choices.one_of(parties);
  if (auto const units = choices.below(5); units < 4) request.requested = units;
  if (auto const units = choices.below(5); units < 4) request.used = units;
  return ch2::write_request(request, {"im", "x", "x"}).write();
}

Octets cca(Choices& choices) {
  constexpr std::array<std::uint32_t, 6> results{2001, 2002, 4011, 4012, 5030, 3004};
  ch2::Request request;
  request.type = choices.below(2) == 0 ? ch2::RequestType::initial : ch2::RequestType::termination;
  request.session_id = session(choices);
  ch2::Answer answer;
  answer.result = choices.one_of(results);
  if (auto const units = choices.below(5); units < 4) answer.granted = units;
  return ch2::write_answer(answer, ch2::write_request(request, {"im", "x", "x"}), "ocs", "x").write();
}

Octets sip(Choices& choices) {
  constexpr std::array<std::string_view, 4> methods{"INVITE", "ACK", "BYE", "CANCEL"};
  constexpr std::array<std::string_view, 6> starts{
      "", "SIP/2.0 200 OK", "SIP/2.0 486 Busy", "SIP/2.0 180 Ringing", "SIP/2.0 302 Moved", "SIP/2.0 487 Gone"};
  auto const method = choices.one_of(methods);
  auto const start = choices.one_of(starts);
  return fmt::format(
      "{}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK{}\r\nFrom: <sip:s@x>;tag=f\r\nTo: <sip:u@x>{}\r\n"
      "Call-ID: d{}\r\nCSeq: {} {}\r\n\r\n",
      start.empty() ? fmt::format("{} sip:u@h SIP/2.0", method) : std::string(start), choices.below(4),
      choices.below(2) == 0 ? "" : ";tag=t", choices.below(2), choices.below(4), method);
}

Octets msrp(Choices& choices) {
  constexpr std::array<std::string_view, 5> starts{"SEND", "200 OK", "413", "REPORT", "481"};
  auto const id = choices.below(4);
  auto const start = choices.one_of(starts);
  auto const body = choices.below(2) == 0 ? "" : "Content-Type: text/plain\r\n\r\nhi\r\n";
  return fmt::format(
      "MSRP tid{}x {}\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\nMessage-ID: m{}\r\n{}"
      "-------tid{}x{}\r\n",
      id, start, choices.below(3), body, id, "$$+#"[choices.below(4)]);
}

Octets octets_of(Channel channel, Choices& choices) {
  switch (channel) {
    case Channel::sip: return sip(choices);
    case Channel::msrp: return msrp(choices);
    case Channel::ch2: return choices.below(2) == 0 ? ccr(choices) : cca(choices);
  }
  return {};
}

Octets mangled(Channel channel, Octets octets, Choices& choices) {
  constexpr std::array protocols{Protocol::sip, Protocol::msrp, Protocol::diameter};
  auto const how = choices.below(8);
  if (how == 0) return Octets(choices.octets(16));
  if (how > 1) return octets;
  Random random(choices.octet());
  return mutate(protocols[static_cast<std::size_t>(channel)], octets, random);
}

}  // namespace

trace::Trace trace_of(Choices& choices) {
  constexpr std::size_t events_most = 64;
  constexpr std::array<std::int64_t, 4> steps_ns{1'000, 1'000'000, 500'000'000, 30'000'000'000};
  constexpr std::array kinds{trace::Kind::message, trace::Kind::message,  trace::Kind::message,  trace::Kind::opened,
                             trace::Kind::closed,  trace::Kind::withheld, trace::Kind::released, trace::Kind::silence};
  constexpr std::array channels{Channel::sip, Channel::msrp, Channel::ch2};
  trace::Trace trace;
  std::int64_t now = 0;
  while (!choices.empty() && trace.events().size() < events_most) {
    trace::Event event{.at_ns = now += choices.one_of(steps_ns),
                       .kind = choices.one_of(kinds),
                       .channel = choices.one_of(channels),
                       .direction = choices.below(2) == 0 ? Direction::received : Direction::sent,
                       .actor = "alice",
                       .party = std::string(choices.one_of(parties))};
    if (event.kind == trace::Kind::message) event.octets = mangled(event.channel, octets_of(event.channel, choices), choices);
    event.about = choices.below(trace.events().size() + 1);
    if (choices.below(8) == 1) event.repeats = choices.below(trace.events().size() + 1);
    trace.record(std::move(event));
  }
  return trace;
}

}  // namespace tollgate::fuzz
