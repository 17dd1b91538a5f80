#include "reports/ladder_layout.hpp"

#include <gmock/gmock.h>
#include <string>

namespace tollgate::reports {
namespace {

/// So many clients, the IM Server and the Charging Enabler.
trace::Ladder party(std::size_t clients, std::string const& name = "alice/") {
  trace::Ladder ladder;
  for (std::size_t i = 0; i < clients; ++i) ladder.columns.push_back({trace::Role::im_client, name + std::to_string(i)});
  ladder.columns.push_back({trace::Role::im_server, ""});
  ladder.columns.push_back({trace::Role::charging_enabler, "ocs"});
  return ladder;
}

LadderLayout layout(trace::Ladder const& ladder) {
  return ladder_layout(ladder, std::vector<bool>(ladder.columns.size(), true));
}

TEST(LadderLayout, EightLanesFitThePage) {
  for (std::size_t clients = 1; clients <= 6; ++clients) EXPECT_LE(layout(party(clients)).width, LadderLayout::fits_most) << clients;
  EXPECT_LE(layout(party(6, "a name that is longer than its lane/")).width, LadderLayout::fits_most);
  EXPECT_LT(layout(party(14)).width, 2000) << "as a file has them";
}

/// "2001 reserve_units" has 18 characters of 7.2 pixels.
TEST(LadderLayout, KeepsRoomWhereNeighboursSpeak) {
  for (std::size_t const clients : {1U, 4U, 6U, 14U}) {
    auto const out = layout(party(clients));
    EXPECT_GE(*out.x[clients] - *out.x[clients - 1], 200) << "the last client and the IM Server, of " << clients;
    EXPECT_GE(*out.x[clients + 1] - *out.x[clients], 200) << "IM Server and Charging Enabler";
  }
}

TEST(LadderLayout, NoHeadLiesOnAnother) {
  for (auto const* name : {"a", "alice/", "a name that is longer than its lane/"})
    for (std::size_t clients = 1; clients <= 14; ++clients) {
      auto const out = layout(party(clients, name));
      EXPECT_GE(*out.x[0] - out.head_width[0] / 2, LadderLayout::gutter);
      for (std::size_t i = 1; i < out.x.size(); ++i)
        EXPECT_GT(*out.x[i] - out.head_width[i] / 2, *out.x[i - 1] + out.head_width[i - 1] / 2) << name << clients << " lane " << i;
      EXPECT_LE(*out.x.back() + out.head_width.back() / 2, out.width);
    }
}

TEST(LadderLayout, GivesAPlaceToWhatIsDrawn) {
  auto const out = ladder_layout(party(3), {false, true, false, true, false});
  EXPECT_FALSE(out.x[0] || out.x[2] || out.x[4]);
  EXPECT_LT(*out.x[1], *out.x[3]);
  EXPECT_GT(ladder_layout({}, {}).width, 0) << "of nothing";
}

}  // namespace
}  // namespace tollgate::reports
