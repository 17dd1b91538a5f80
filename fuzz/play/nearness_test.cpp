#include "fuzz/play/nearness.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

using testing::ElementsAre;

struct Flow {
  Script script;
  trace::Trace trace;
  Flow(std::string base, std::vector<trace::Event> events) : script{.base = std::move(base)} {
    for (auto& event : events) trace.record(std::move(event));
  }
};
trace::Event heard(std::int64_t at_ns) {
  return {.at_ns = at_ns, .direction = trace::Direction::received};
}
trace::Event sent(std::int64_t at_ns) {
  return {.at_ns = at_ns, .direction = trace::Direction::sent};
}
trace::Event changed(std::int64_t at_ns) {
  return {.at_ns = at_ns, .kind = trace::Kind::tampered, .direction = trace::Direction::sent};
}

std::vector<std::string> names(std::vector<Script> const& scripts) {
  std::vector<std::string> out;
  for (auto const& script : scripts) out.push_back(script.base);
  return out;
}

/// The server last said something at 100.
TEST(Nearness, IsOfWhoDidSomethingWhenTheServerLastSaidAnything) {
  Flow const over("over", {heard(10), changed(20), heard(30)}), busy("busy", {changed(40), heard(100), sent(101)}),
      culprit("culprit", {heard(50), changed(98)}), idle("idle", {heard(60)}), late("late", {heard(70), changed(130), sent(190)});
  Script const unborn{.base = "unborn"};
  std::vector<Doing> flows;
  for (auto const* flow : {&culprit, &over, &busy, &idle, &late}) flows.push_back({&flow->script, &flow->trace});
  flows.push_back({&unborn, nullptr});
  EXPECT_THAT(names(by_nearness(flows, Deed::changed)), ElementsAre("idle", "unborn", "over", "busy", "late", "culprit"));
  EXPECT_THAT(names(by_nearness(flows, Deed::sent)), ElementsAre("idle", "unborn", "over", "late", "culprit", "busy"));
}

}  // namespace
}  // namespace tollgate::fuzz
