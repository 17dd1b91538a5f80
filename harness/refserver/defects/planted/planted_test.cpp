// Each planted defect shows itself as its row says when its shortest sequence is played, and in no other way and place.
#include <sys/shm.h>

#include "refserver/defects/planted/bed_test.hpp"

namespace tollgate::refserver::defects {

Trigger trigger_of(Defect defect) {
  for (auto const of_protocol : {sip_trigger, sdp_trigger, diameter_trigger, msrp_trigger})
    if (auto trigger = of_protocol(defect)) return trigger;
  return nullptr;
}

/// How GoogleTest names a parameter.
static void PrintTo(DefectRow const& row, std::ostream* out) {
  *out << row.name;
}

namespace {

using testing::HasSubstr;

std::vector<std::string> all_of_them(std::vector<std::string> options = {}) {
  for (auto const& row : catalogue()) options.insert(options.end(), {"--fault", std::string(row.id())});
  return options;
}

/// Nothing went wrong until now, and nothing does at the end.
void expect_sound(Bed& bed) {
  EXPECT_TRUE(bed.answers_options()) << bed.server->output();
  bed.ends();
  EXPECT_EQ(bed.server->exit(), 0) << bed.server->output();
  EXPECT_THAT(bed.server->output(), testing::Not(HasSubstr("Sanitizer"))) << bed.server->output();
}

class Planted : public testing::TestWithParam<DefectRow> {
 protected:
  static void shows(Bed& bed) {
    if (GetParam().kind == Kind::double_debit) {
      EXPECT_TRUE(bed.until([&] { return bed.debits() == 2; }));
      expect_sound(bed);
      EXPECT_THAT(bed.server->output(), HasSubstr(fmt::format("{} {}", admission, GetParam().function)));
    } else if (GetParam().report.empty()) {
      hangs(bed);
    } else {
      shows_report(bed);
    }
  }

 private:
  static void shows_report(Bed& bed) {
    if (GetParam().kind == Kind::leak) {
      EXPECT_TRUE(bed.answers_options()) << "what is lost is told at the end";
      bed.server->signal(SIGTERM);
    }
    EXPECT_TRUE(bed.until([&] { return bed.server->has_ended(); })) << "the server lives";
    EXPECT_NE(bed.server->exit(), 0);
    EXPECT_THAT(bed.server->output(), HasSubstr(GetParam().report));
    EXPECT_THAT(bed.server->output(), HasSubstr(GetParam().function));
  }
  static void hangs(Bed& bed) {
    constexpr Duration patience = 1500ms;
    EXPECT_FALSE(bed.answers_options(patience));
    EXPECT_FALSE(bed.server->has_ended()) << bed.server->output();
    bed.server->signal(SIGABRT);
    EXPECT_TRUE(bed.until([&] { return bed.server->has_ended(); }));
    EXPECT_THAT(bed.server->output(), HasSubstr(GetParam().function));
  }
};

TEST_P(Planted, ShowsItself) {
  Bed bed({"--fault", std::string(GetParam().name)});
  trigger_of(GetParam().defect)(bed);
  EXPECT_GE(bed.sent(), GetParam().shortest) << "the row says that none is as short";
  EXPECT_LE(bed.sent(), 2 * GetParam().shortest) << "and here is one that is known";
  shows(bed);
}

/// A campaign may switch all of them on: none hides another from its own trigger.
TEST_P(Planted, ShowsItselfAmongAllOthers) {
  Bed bed(all_of_them());
  trigger_of(GetParam().defect)(bed);
  shows(bed);
}

TEST_P(Planted, IsNotThereUnlessSwitchedOn) {
  Bed bed({});
  trigger_of(GetParam().defect)(bed);
  if (GetParam().kind == Kind::double_debit) EXPECT_EQ(bed.debits(), 1U);
  expect_sound(bed);
}

INSTANTIATE_TEST_SUITE_P(Each, Planted, testing::ValuesIn(catalogue().begin(), catalogue().end()),
                         [](auto const& one) { return std::string(one.param.id()); });

/// With everything planted: two users at once, of whom the phone says that it rings, messages in chunks, a refresh and the end of the
/// registration.
class TwelveSteps : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(TwelveSteps, MeetNothing) {
  Bed bed(all_of_them(GetParam()));
  bool const connects = std::ranges::find(GetParam(), "--connects") != GetParam().end();
  for (auto* const phone : {&bed.alice(), &bed.bob()}) {
    phone->setup = connects ? sdp::Setup::passive : sdp::Setup::active;
    phone->on_request = [phone](sip::Message const& request) {
      if (request.method() == "INVITE") phone->answers(request, 180);
      return false;
    };
  }
  bed.is_sent_to(bed.alice(), Bed::alice_aor, std::string(5000, 'x'));
  bed.is_sent_to(bed.bob(), Bed::bob_aor);
  EXPECT_FALSE(bed.until([] { return false; }, 100ms)) << "steps 8 to 12";
  bed.is_sent_to(bed.bob(), Bed::bob_aor, "and again");
  EXPECT_TRUE(bed.until([&] { return bed.debits() == 3 && !bed.alice().all("BYE").empty() && !bed.bob().all("BYE").empty(); }));
  bed.alice().registers(Bed::alice_aor, 99, "0");
  EXPECT_FALSE(bed.until([] { return false; }, 100ms));
  expect_sound(bed);
}

INSTANTIATE_TEST_SUITE_P(Each, TwelveSteps,
                         testing::Values(std::vector<std::string>{}, std::vector<std::string>{"--connects"},
                                         std::vector<std::string>{"--release", "strict"},
                                         std::vector<std::string>{"--debit", "each", "--credit", "ecuru"},
                                         std::vector<std::string>{"--debit", "each", "--credit", "split"}));

/// What AFL++'s programs, and a campaign of our own, look at.
TEST(Edges, AreCountedInTheMapThatTheServerInherits) {
  if (!TOLLGATE_COUNTS_EDGES) GTEST_SKIP() << "AFL++ is not installed";
  constexpr std::size_t size = 1 << 20;
  int const id = ::shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
  ASSERT_GE(id, 0);
  auto const* const map = static_cast<unsigned char const*>(::shmat(id, nullptr, 0));
  ::shmctl(id, IPC_RMID, nullptr);
  auto const edges = [&] { return std::count_if(map, map + size, [](auto const count) { return count != 0; }); };
  ::setenv("__AFL_SHM_ID", std::to_string(id).c_str(), 1);
  ::setenv("AFL_MAP_SIZE", std::to_string(size).c_str(), 1);
  Bed bed({});
  bed.starts();
  auto const at_start = edges();
  bed.registers();
  EXPECT_GT(at_start, 0);
  EXPECT_GT(edges(), at_start + 100);
  ::unsetenv("__AFL_SHM_ID");
  ::shmdt(map);
}

}  // namespace
}  // namespace tollgate::refserver::defects
