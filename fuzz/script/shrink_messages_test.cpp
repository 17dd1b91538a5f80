#include "fuzz/script/shrink_messages.hpp"

#include <algorithm>
#include <gmock/gmock.h>

#include "fuzz/script/part.hpp"

namespace tollgate::fuzz {
namespace {

/// Stands in for a server that breaks at that text in the message that is changed.
class Breaks {
 public:
  explicit Breaks(std::string at) : at_(std::move(at)) {}

  bool shows(std::span<Script const> flows) {
    ++trials;
    auto const octets = sent(flows[0]);
    if (!octets.contains(at_)) return false;
    shown = octets;
    return true;
  }

  static Octets sent(Script const& flow) {
    Octets out = "REGISTER sip:h SIP/2.0\r\nVia: a\r\nTo: <sip:x@h>\r\nFrom: <sip:x@h>;tag=OVERFLOW\r\nContent-Length: 0\r\n\r\n";
    for (auto const& change : flow.changes)
      if (change.act == Change::Act::without) out = without(change.channel, out, change.what);
    return out;
  }

  unsigned trials = 0;
  Octets shown;

 private:
  std::string at_;
};

std::vector<Script> one_flow() {
  return {{.base = "push", .changes = {*parse_change("sip 1 mutate sip.long_value 7")}}};
}

TEST(ShrinkMessages, LeavesWhatBreaksTheServer) {
  Breaks server("OVERFLOW");
  ASSERT_TRUE(server.shows(one_flow()));
  auto const smallest = with_smaller_messages(one_flow(), {.shows = [&](auto flows) { return server.shows(flows); },
                                                           .octets = [&](MessagePlace const&) { return server.shown; },
                                                           .trials_most = 300});
  EXPECT_EQ(server.shown, "OVERFLOW");
  EXPECT_EQ(Breaks::sent(smallest[0]), "OVERFLOW");
  EXPECT_EQ(smallest[0].changes[0], one_flow()[0].changes[0]) << "what breaks it is changed first";
  EXPECT_EQ(to_text(smallest[0].changes[1]), "sip 1 without Via");
}

TEST(ShrinkMessages, TriesNoMoreThanItIsTold) {
  Breaks server("OVERFLOW");
  ASSERT_TRUE(server.shows(one_flow()));
  server.trials = 0;
  auto const smaller = with_smaller_messages(one_flow(), {.shows = [&](auto flows) { return server.shows(flows); },
                                                          .octets = [&](MessagePlace const&) { return server.shown; },
                                                          .trials_most = 5});
  EXPECT_EQ(server.trials, 5U);
  EXPECT_TRUE(Breaks::sent(smaller[0]).contains("OVERFLOW"));
}

}  // namespace
}  // namespace tollgate::fuzz
