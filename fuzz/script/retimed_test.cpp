#include "fuzz/script/retimed.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

using testing::ElementsAre;

Script flow_with(std::vector<std::string> const& lines) {
  Script out{.base = "push"};
  for (auto const& line : lines) out.changes.push_back(*parse_change(line));
  return out;
}

std::vector<std::string> lines_of(Script const& flow) {
  std::vector<std::string> out;
  for (auto const& change : flow.changes) out.push_back(to_text(change));
  return out;
}

TEST(Retimed, SendsLaterWhatAFlowLeavesAsItIs) {
  std::vector const flows{flow_with({"msrp 2 also BYE", "ch2 1 late 10", "ch2 3 drop"})};
  auto const slow = stretched(flows, trace::Channel::ch2);
  ASSERT_EQ(slow.size(), 1U);
  EXPECT_THAT(lines_of(slow[0]), ElementsAre("msrp 2 also BYE", "ch2 1 late 300", "ch2 3 drop", "ch2 2 late 300", "ch2 4 late 300"));
}

TEST(Retimed, LetsTheServerReadAMessageBeforeTheEventBehindIt) {
  std::vector const flows{flow_with({"msrp 2 also BYE", "ch2 1 late 10"})};
  EXPECT_THAT(lines_of(with_later_events(flows)[0]), ElementsAre("msrp 2 also BYE 30", "ch2 1 late 10"));
}

TEST(Retimed, LeavesOutWhatMutationsDo) {
  std::vector const flows{flow_with({"sip 1 mutate sip.drop_field 3"}), flow_with({"msrp 1 again msrp.path 7", "msrp 1 also BYE"}),
                          flow_with({"ch2 1 late 10", "sip 2 cut 7"})};
  auto const events = events_alone(flows);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_THAT(lines_of(events[0]), ElementsAre("msrp 1 also BYE"));
  EXPECT_THAT(lines_of(events[1]), ElementsAre("ch2 1 late 10"));
}

TEST(Retimed, MovesAnEventToEachOtherMessage) {
  std::vector const flows{flow_with({"sip 1 drop"}), flow_with({"msrp 2 also ASR", "ch2 2 late 300"})};
  auto const all = with_moved_events(flows);
  ASSERT_EQ(all.size(), 11U) << "three channels, four messages on each";
  EXPECT_THAT(lines_of(all[3][1]), ElementsAre("sip 4 also ASR", "ch2 2 late 300"));
  for (auto const& moved : all) {
    EXPECT_EQ(moved[0], flows[0]);
    EXPECT_NE(moved[1], flows[1]);
  }
}

}  // namespace
}  // namespace tollgate::fuzz
