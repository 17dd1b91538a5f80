// What a faulty server does that the catalogue's cases look for.
#include "refserver/server_bed_test.hpp"

namespace tollgate::refserver {
namespace {

class FaultyServer : public ServerBed {
 protected:
  void starts_with(Fault fault) {
    config.faults = {fault};
    starts();
  }
};

TEST_F(FaultyServer, M62UsesOneSessionIdForAllPushes) {
  starts_with(Fault::M62_one_session_id_a_user);
  pushes();
  pushes();
  ASSERT_EQ(charging.ccrs.size(), 4U);
  EXPECT_EQ(charging.ccrs[0].session_id, charging.ccrs[2].session_id);
}

TEST_F(FaultyServer, M70TakesAnAnswerForTheOldestRequest) {
  charging.on_ccr = [](auto const&) { return std::nullopt; };
  starts_with(Fault::M70_answers_in_order);
  pushes();
  phone.deposits("sip:bob@ims.example", "hello");
  passes(10ms);
  phone.registers("sip:bob@ims.example");
  passes(10ms);
  ASSERT_EQ(charging.ccrs.size(), 2U);
  charging.answers(1, {.result = 2001, .granted = 1});
  passes(10ms);
  ASSERT_EQ(phone.all("INVITE").size(), 1U);
  EXPECT_THAT(std::string(*phone.all("INVITE")[0].value(sip::Name::to)), testing::HasSubstr("alice"));
}

TEST_F(FaultyServer, M37ForgetsWhatARejectionLeftUndelivered) {
  phone.on_request = [&](sip::Message const& request) {
    if (request.method() == "INVITE") phone.answers(request, 486);
    return request.method() == "INVITE";
  };
  starts_with(Fault::M37_rejection_deletes_messages);
  pushes();
  phone.registers(alice, 9);
  passes(1s);
  EXPECT_EQ(phone.all("INVITE").size(), 1U);
}

TEST_F(FaultyServer, M85SendsEverythingAgainForTheSecond200) {
  phone.on_send = [](auto const&) { return 0; };
  starts_with(Fault::M85_second_200_sends_again);
  pushes();
  phone.answers(phone.all("INVITE").back(), 200);
  passes(100ms);
  EXPECT_EQ(phone.sends.size(), 2U);
}

TEST_F(FaultyServer, M158LeavesA200WithoutAckOnceItHasCancelled) {
  config.timers.no_answer = 1s;
  phone.on_request = [&](sip::Message const& request) {
    if (request.method() == "INVITE") phone.answers(request, 180);
    return request.method() == "INVITE" || request.method() == "CANCEL";
  };
  starts_with(Fault::M158_no_ack_after_cancel);
  pushes();
  passes(2s);
  ASSERT_FALSE(phone.all("CANCEL").empty());
  phone.answers(phone.all("INVITE").back(), 200);
  passes(1s);
  EXPECT_TRUE(phone.all("ACK").empty());
}

TEST_F(FaultyServer, M34AndM35InviteWithoutAnAnswerInTime) {
  charging.on_ccr = [](auto const&) { return std::nullopt; };
  starts_with(Fault::M34_open_after_tx);
  pushes();
  passes(11s);
  EXPECT_EQ(phone.all("INVITE").size(), 1U);
}

}  // namespace
}  // namespace tollgate::refserver
