#include "refserver/registrar.hpp"

#include <gmock/gmock.h>

#include "sim/sim_clock.hpp"

namespace tollgate::refserver {
namespace {

using sip::Name;
using testing::ElementsAre;

class RegistrarTest : public testing::Test {
 protected:
  Registrar::Registration registers(std::string const& contact, std::string const& expires = "", std::uint32_t cseq = 1,
                                    std::string const& call_id = "c", std::string const& to = "sip:alice@ims.example") {
    auto request = sip::Message::request("REGISTER", "sip:ims.example");
    request.add(Name::via, "SIP/2.0/UDP h;branch=z9hG4bK1").add(Name::from, "<" + to + ">;tag=f").add(Name::to, "<" + to + ">");
    request.add(Name::call_id, call_id).add(Name::cseq, std::to_string(cseq) + " REGISTER");
    if (!contact.empty()) request.add(Name::contact, contact);
    if (!expires.empty()) request.add(Name::expires, expires);
    return registrar.registers(request, "t");
  }

  SimClock clock;
  Config config;
  Registrar registrar{clock, config, Random(1)};
};

TEST_F(RegistrarTest, KeepsABindingUntilItExpires) {
  auto const done = registers("<sip:a@1.2.3.4:5>", "60");
  EXPECT_EQ(done.response.status(), 200);
  EXPECT_EQ(done.aor, "sip:alice@ims.example");
  EXPECT_TRUE(done.is_reachable);
  EXPECT_EQ(done.response.value(Name::contact), "<sip:a@1.2.3.4:5>;expires=60");
  EXPECT_EQ(registrar.binding(done.aor)->contact, "sip:a@1.2.3.4:5");
  clock.run_for(61s);
  EXPECT_FALSE(registrar.binding(done.aor));
}

TEST_F(RegistrarTest, ExpiresZeroRemovesByHeaderAndByParameter) {
  (void)registers("<sip:a@h>");
  auto const gone = registers("<sip:a@h>", "0", 2);
  EXPECT_EQ(gone.response.status(), 200);
  EXPECT_FALSE(gone.is_reachable);
  EXPECT_FALSE(gone.response.value(Name::contact));
  (void)registers("<sip:a@h>", "", 3);
  EXPECT_FALSE(registers("<sip:a@h>;expires=0", "3600", 4).is_reachable);
  EXPECT_FALSE(registrar.binding("sip:alice@ims.example"));
}

TEST_F(RegistrarTest, TheWildcardGoesWithExpiresZeroAlone) {
  (void)registers("<sip:a@h>");
  EXPECT_EQ(registers("*", "60", 2).response.status(), 400);
  EXPECT_EQ(registers("*, <sip:b@h>", "0", 2).response.status(), 400);
  EXPECT_TRUE(registrar.binding("sip:alice@ims.example"));
  EXPECT_EQ(registers("*", "0", 2).response.status(), 200);
  EXPECT_FALSE(registrar.binding("sip:alice@ims.example"));
}

TEST_F(RegistrarTest, AnOlderCSeqOfTheSameCallChangesNothing) {
  (void)registers("<sip:a@h>", "60", 5);
  auto const late = registers("<sip:a@h>", "0", 5);
  EXPECT_GE(late.response.status(), 400);
  EXPECT_FALSE(late.is_reachable);
  EXPECT_TRUE(registrar.binding("sip:alice@ims.example"));
  EXPECT_EQ(registers("<sip:a@h>", "0", 1, "another-call").response.status(), 200);
}

TEST_F(RegistrarTest, RefusesForeignUsersAndUnknownExtensions) {
  EXPECT_EQ(registers("<sip:a@h>", "", 1, "c", "sip:alice@elsewhere.example").response.status(), 403);
  config.user_prefix = "user";
  EXPECT_EQ(registers("<sip:a@h>").response.status(), 404);
  EXPECT_EQ(registers("<sip:a@h>", "", 1, "c", "sip:user1@ims.example").response.status(), 200);
  auto request = sip::Message::request("REGISTER", "sip:ims.example");
  request.add(Name::require, "x-unknown");
  auto const refused = registrar.registers(request, "t");
  EXPECT_EQ(refused.response.status(), 420);
  EXPECT_EQ(refused.response.value(Name::unsupported), "x-unknown");
}

/// RFC 3327 5.3: the way to the contact, shown to who understands it.
TEST_F(RegistrarTest, KeepsThePathOfTheRegister) {
  auto request = sip::Message::request("REGISTER", "sip:ims.example");
  request.add(Name::via, "SIP/2.0/UDP h;branch=z9hG4bK1").add(Name::from, "<sip:a@ims.example>;tag=f").add(Name::to, "<sip:a@ims.example>");
  request.add(Name::call_id, "c").add(Name::cseq, "1 REGISTER").add(Name::max_forwards, "70").add(Name::contact, "<sip:a@h>");
  request.add(Name::path, "<sip:near@p1;lr>, <sip:p2;lr>").add(Name::path, "<sip:far@p3;lr>");
  auto const unseen = registrar.registers(request, "t");
  EXPECT_EQ(unseen.response.status(), 200);
  EXPECT_FALSE(unseen.response.value(Name::path));
  EXPECT_THAT(registrar.binding("sip:a@ims.example")->path, ElementsAre("sip:near@p1;lr", "sip:p2;lr", "sip:far@p3;lr"));
  request.set(Name::cseq, "2 REGISTER").add(Name::supported, "gruu, path").add(Name::require, "path");
  EXPECT_THAT(registrar.registers(request, "t").response.values(Name::path),
              ElementsAre("<sip:near@p1;lr>, <sip:p2;lr>", "<sip:far@p3;lr>"));
  request.set(Name::cseq, "3 REGISTER").set(Name::require, "path, x-unknown");
  EXPECT_EQ(registrar.registers(request, "t").response.value(Name::unsupported), "x-unknown");
  request.set(Name::cseq, "4 REGISTER").set(Name::require, "path").set(Name::path, "sip:p1;lr");
  EXPECT_EQ(registrar.registers(request, "t").response.status(), 400) << "no name-addr";
}

TEST_F(RegistrarTest, RefusesAnIntervalThatIsTooBriefAndSaysWhatIsNot) {
  auto const brief = registers("<sip:a@h>", "1");
  EXPECT_EQ(brief.response.status(), 423);
  EXPECT_EQ(brief.response.value(Name::min_expires), "60");
  EXPECT_FALSE(brief.is_reachable);
  EXPECT_EQ(registers("<sip:a@h>;expires=59", "600", 2).response.status(), 423);
  EXPECT_EQ(registers("<sip:a@h>", "60", 3).response.status(), 200);
}

TEST_F(RegistrarTest, ChallengesBeforeItChangesAnything) {
  config.password = "secret";
  auto const challenged = registers("<sip:a@h>");
  EXPECT_EQ(challenged.response.status(), 401);
  EXPECT_EQ(challenged.response.values(Name::www_authenticate).size(), 2U);
  EXPECT_FALSE(challenged.is_reachable);
  EXPECT_FALSE(registrar.binding("sip:alice@ims.example"));
}

TEST_F(RegistrarTest, RefusesWhatBreaksTheGrammar) {
  EXPECT_EQ(registers("<sip:a@h>;;,;").response.status(), 400);
  EXPECT_EQ(registers("<sip:a@h").response.status(), 400);
  EXPECT_FALSE(registrar.binding("sip:alice@ims.example"));
}

TEST_F(RegistrarTest, AnSCscfRegistersForItsUserWhenThatIsDeclared) {
  auto request = sip::Message::request("REGISTER", "sip:ims.example");
  request.add(Name::via, "SIP/2.0/UDP h:6060;branch=z9hG4bKa").add(Name::max_forwards, "70");
  request.add(Name::from, "<sip:scscf@ims.example>;tag=f").add(Name::to, "<sip:alice@ims.example>").add(Name::call_id, "c");
  request.add(Name::cseq, "1 REGISTER").add(Name::contact, "<sip:scscf@h:6060>").add(Name::expires, "600");
  config.password = "secret";
  EXPECT_EQ(registrar.registers(request, "t").response.status(), 401);
  config.third_party_register = true;
  EXPECT_EQ(registrar.registers(request, "t").aor, "sip:alice@ims.example");
  EXPECT_TRUE(registrar.binding("sip:alice@ims.example")->is_third_party);
}

TEST_F(RegistrarTest, AQueryListsWhatThereIs) {
  (void)registers("<sip:a@h>", "60");
  auto const query = registers("", "", 2);
  EXPECT_EQ(query.response.value(Name::contact), "<sip:a@h>;expires=60");
  EXPECT_FALSE(query.is_reachable);
}

}  // namespace
}  // namespace tollgate::refserver
