#include "fuzz/play/recorded.hpp"

#include <gmock/gmock.h>

#include "base/text.hpp"
#include "trace/twelve_steps_test.hpp"

namespace tollgate::fuzz {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> texts_of(Script const& script) {
  std::vector<std::string> out;
  for (auto const& change : script.changes) out.push_back(to_text(change));
  return out;
}

/// The events of the twelve steps, each as `change` leaves it.
trace::Trace twelve_steps_with(std::function<void(trace::Event&)> const& change) {
  trace::Trace out;
  for (auto event : trace::twelve_steps().events()) {
    change(event);
    out.record(std::move(event));
  }
  return out;
}

bool is_sent(trace::Event const& event, std::string_view label) {
  return event.direction == trace::Direction::sent && event.meaning.label() == label;
}

/// Nobody waits for the grant.
trace::Trace plain() {
  constexpr std::int64_t withheld_ns = 500'000'000;
  return twelve_steps_with([earlier = std::int64_t{0}](trace::Event& event) mutable {
    if (event.kind == trace::Kind::released) earlier = withheld_ns;
    event.at_ns -= earlier;
  });
}

TEST(Recorded, HasNothingToSayOfAPlainPush) {
  EXPECT_THAT(recorded_in(plain()), IsEmpty());
}

TEST(Recorded, TellsWhatCameLateAndWhatCameTwice) {
  auto trace = trace::twelve_steps();  // the grant comes after 500 ms
  auto const registered = std::ranges::find_if(trace.events(), [](auto const& event) { return is_sent(event, "REGISTER"); });
  ASSERT_NE(registered, trace.events().end());
  auto again = *registered;
  again.repeats = again.id;
  trace.record(again);
  trace.record(again);
  auto const scripts = recorded_in(trace);
  ASSERT_THAT(scripts, SizeIs(1));
  EXPECT_EQ(scripts.front().base, "push");
  EXPECT_THAT(texts_of(scripts.front()), testing::ElementsAre("ch2 1 late 500", "sip 2 repeat 3"));
}

TEST(Recorded, IsTheVariantThatComesNearest) {
  auto const over_tcp = twelve_steps_with([](trace::Event& event) {
    if (event.channel == trace::Channel::sip) event.transport = trace::Transport::tcp;
  });
  auto const busy = twelve_steps_with([](trace::Event& event) {
    if (is_sent(event, "200 INVITE")) event.octets = replaced(event.octets, "SIP/2.0 200 OK", "SIP/2.0 486 Busy Here");
  });
  auto const no_credit = twelve_steps_with([](trace::Event& event) {
    using namespace std::string_view_literals;
    if (is_sent(event, "2001 reserve_units")) event.octets = replaced(event.octets, "\0\0\x07\xd1"sv, "\0\0\x0f\xac"sv);
  });
  for (auto const& [trace, base] :
       {std::pair(over_tcp, "push-tcp"), std::pair(busy, "push-refused"), std::pair(no_credit, "push-no-credit")}) {
    auto const scripts = recorded_in(trace);
    ASSERT_THAT(scripts, SizeIs(1)) << base;
    EXPECT_EQ(scripts.front().base, base);
  }
}

TEST(Recorded, BelievesWhatACampaignHasNoted) {
  auto trace = trace::twelve_steps();
  trace.record({.kind = trace::Kind::tampered, .note = "200 INVITE: 30 ms late [sip 3 late 30]; then BYE [sip 3 also BYE]"});
  auto const scripts = recorded_in(trace);
  ASSERT_THAT(scripts, SizeIs(1));
  EXPECT_THAT(texts_of(scripts.front()), testing::ElementsAre("sip 3 late 30", "sip 3 also BYE"));
}

}  // namespace
}  // namespace tollgate::fuzz
