// The MSRP session and the dialog of a push, as the telephone sees them.
#include "codec/msrp/views.hpp"
#include "refserver/server_bed_test.hpp"

namespace tollgate::refserver {
namespace {

using ch2::RequestType;
using sip::Name;

class SessionTest : public ServerBed {
 protected:
  [[nodiscard]] std::vector<std::string> flags() const {
    std::vector<std::string> all;
    for (auto const& send : phone.sends) all.emplace_back(1, send.flag());
    return all;
  }
  [[nodiscard]] std::size_t messages_sent() const {
    std::set<std::string> ids;
    for (auto const& send : phone.sends) ids.emplace(send.value("Message-ID").value_or(""));
    return ids.size();
  }
  void deposits(std::string const& text, std::string const& type = "text/plain") {
    auto message = phone.request("MESSAGE", alice, std::string("<") + alice + ">", "dep-" + text.substr(0, 9), 1);
    message.set_body(text, type);
    phone.send(std::move(message));
    passes(10ms);
  }
  void takes_unwrapped() {
    phone.change_answer = [](sdp::MsrpMedia& media) {
      media.accept_types = {"text/plain", "text/html"};
      media.accept_wrapped_types.clear();
    };
  }
};

/// RFC 4975 5.4, 7.1.1: the connecting end speaks at once; what it says so is no message.
TEST_F(SessionTest, OpensTheConnectionThatItMakesWithAnEmptySend) {
  phone.setup = sdp::Setup::passive;
  std::vector<bool> with_body;
  phone.on_any_send = [&](msrp::Message const& send) { with_body.push_back(send.has_body()); };
  starts();
  pushes(2);
  EXPECT_THAT(with_body, testing::ElementsAre(false, true, true));
  EXPECT_EQ(charging.ccrs.at(1).used, 2U);
}

/// What cannot become a SEND that keeps to its grammar is not taken.
TEST_F(SessionTest, StoresNothingThatItCouldNotSendOn) {
  starts();
  for (auto const& [text, type] :
       {std::pair("hello", "text"), std::pair("hello", "text/plain;=x"), std::pair("From: <sip:a@b>", "message/cpim")}) {
    deposits(text, type);
    EXPECT_EQ(phone.status_of("MESSAGE"), 400) << type;
  }
  deposits("From: <sip:a@b>\r\nTo: <sip:c@d>\r\n\r\nContent-Type: text/plain\r\n\r\nhi", "message/cpim");
  EXPECT_EQ(phone.status_of("MESSAGE"), 202);
}

TEST_F(SessionTest, SendsTheNextChunkWhenTheLastOneIsAnswered) {
  config.chunk_octets = 100;
  phone.on_send = [&](auto const&) { return phone.sends.size() < 2 ? 200 : 0; };
  starts();
  deposits(std::string(450, 'x'));
  deposits("short");
  pushes(0);
  EXPECT_THAT(flags(), testing::ElementsAre("+", "+"));
  EXPECT_EQ(charging.ccrs.size(), 1U) << "no outcome yet";
}

/// RFC 4975 7.3.2, 10.5.
TEST_F(SessionTest, A413EndsItsMessageAndNoOther) {
  config.chunk_octets = 100;
  phone.on_send = [&](auto const&) { return phone.sends.size() == 1 ? 413 : 200; };
  starts();
  deposits(std::string(450, 'x'));
  deposits("short");
  pushes(0);
  EXPECT_EQ(messages_sent(), 2U);
  EXPECT_EQ(flags().at(0), "+");
  EXPECT_EQ(phone.sends.at(1).value("Byte-Range")->substr(0, 2), "1-");
  EXPECT_EQ(charging.ccrs.at(1).used, 2U);
}

TEST_F(SessionTest, A413ToAChunkOfTheOnlyMessageIsDebited) {
  config.chunk_octets = 100;
  phone.on_send = [](auto const&) { return 413; };
  starts();
  deposits(std::string(450, 'x'));
  pushes(0);
  EXPECT_THAT(flags(), testing::ElementsAre("+"));
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs[1].used, 1U);
}

/// RFC 4975 10.6: what waits of that type stays in the store and is not charged.
TEST_F(SessionTest, A415HoldsBackWhatWaitsOfThatType) {
  config.chunk_octets = 10;
  takes_unwrapped();
  phone.on_send = [&](auto const&) { return phone.sends.size() == 1 ? 415 : 200; };
  starts();
  deposits("more than one chunk");
  deposits("plain too");
  deposits("<p>html</p>", "text/html");
  pushes(0);
  ASSERT_EQ(messages_sent(), 2U);
  EXPECT_EQ(phone.sends.at(1).value("Content-Type"), "text/html");
  EXPECT_EQ(charging.ccrs.at(1).used, 2U);
  pushes(0);
  EXPECT_EQ(phone.sends.back().body(), "plain too");
  EXPECT_EQ(charging.ccrs.back().used, 1U);
}

/// RFC 4975 10.8.
TEST_F(SessionTest, A481EndsTheSessionAndKeepsWhatWasNotDelivered) {
  phone.on_send = [&](auto const&) { return phone.sends.size() == 1 ? 481 : 0; };
  starts();
  pushes(3);
  EXPECT_EQ(phone.all("BYE").size(), 1U);
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs[1].type, RequestType::termination);
  pushes(0);
  ASSERT_EQ(charging.ccrs.size(), 3U);
  EXPECT_EQ(charging.ccrs[2].requested, 3U);
}

/// RFC 4975 8.6.
TEST_F(SessionTest, SendsNothingLargerThanThePeerTakes) {
  takes_unwrapped();
  auto const unwrapped = phone.change_answer;
  phone.change_answer = [&](sdp::MsrpMedia& media) {
    unwrapped(media);
    media.max_size = 10;
  };
  starts();
  deposits("more than ten octets");
  deposits("exactly 10");
  pushes(0);
  ASSERT_EQ(phone.sends.size(), 1U);
  EXPECT_EQ(phone.sends[0].body(), "exactly 10");
  EXPECT_EQ(charging.ccrs.at(1).used, 1U);
}

/// D-FIRST: what was sent is known when everything is written, or will not be.
TEST_F(SessionTest, DebitsAtTheFirstOutcomeWhatWasBegunWhenTheUserHangsUp) {
  config.chunk_octets = 300;
  phone.on_send = [&](auto const&) { return phone.sends.size() == 1 ? 200 : 0; };
  starts();
  deposits("short");
  deposits(std::string(450, 'x'));
  deposits("another");
  pushes(0);
  EXPECT_THAT(flags(), testing::ElementsAre("$", "+"));
  EXPECT_EQ(charging.ccrs.size(), 1U);
  auto bye = phone.in_dialog("BYE", 1);
  phone.send(bye);
  passes(100ms);
  EXPECT_EQ(phone.status_of("BYE"), 200);
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs[1].used, 2U);
  EXPECT_EQ(phone.sends.size(), 2U);
  pushes(0);
  EXPECT_EQ(charging.ccrs.back().requested, 2U) << "the short one was delivered";
}

/// RFC 3261 14.2: refused without harm; RFC 3311 5.2: an UPDATE that describes nothing only refreshes.
TEST_F(SessionTest, KnowsItsDialogButKeepsItsSession) {
  phone.on_send = [](auto const&) { return 0; };
  starts();
  pushes();
  auto again = phone.in_dialog("INVITE", 1);
  again.set_body(std::string(phone.all("INVITE").back().body()), "application/sdp");
  phone.send(again);
  passes(10ms);
  EXPECT_EQ(phone.status_of("INVITE"), 488);
  phone.send(phone.in_dialog("UPDATE", 2));
  passes(10ms);
  EXPECT_EQ(phone.status_of("UPDATE"), 200);
  auto foreign = phone.in_dialog("UPDATE", 3);
  foreign.set(Name::call_id, "another");
  phone.send(foreign);
  passes(10ms);
  EXPECT_EQ(phone.status_of("UPDATE"), 481);
  EXPECT_TRUE(phone.all("BYE").empty());
}

/// RFC 4975 9: octets that are no response answer nothing.
TEST_F(SessionTest, IgnoresAResponseWithoutItsPaths) {
  phone.on_send = [](auto const&) { return 0; };
  starts();
  pushes();
  ASSERT_EQ(phone.sends.size(), 1U);
  auto response = msrp::Message::response(phone.sends[0].transaction_id(), 200);
  response.add("To-Path", phone.their_path());
  phone.sends_msrp(response);
  passes(100ms);
  EXPECT_EQ(charging.ccrs.size(), 1U);
  response.add("From-Path", phone.own_path());
  phone.sends_msrp(response);
  passes(100ms);
  EXPECT_EQ(charging.ccrs.size(), 2U);
}

/// RFC 4975 10.2, 10.5: a SEND whose Byte-Range contradicts itself or its body, and one of more than it takes.
TEST_F(SessionTest, RefusesASendWhoseRangeCannotBe) {
  phone.on_send = [](auto const&) { return 0; };
  starts();
  pushes();
  for (auto const& [range, status] : {std::pair("5-1/3", 400), std::pair("1-3/3", 400), std::pair("1-*/2147483648", 413),
                                      std::pair("1-5/5", 200), std::pair("1-*/*", 200)}) {
    auto send = msrp::Message::request("hostile1", "SEND");
    send.add("To-Path", phone.their_path()).add("From-Path", phone.own_path()).add("Message-ID", "hostile1");
    send.add("Byte-Range", range).add("Content-Type", "text/plain").set_body("hello");
    if (status == 413) send.set_flag('+');
    phone.sends_msrp(send);
    passes(10ms);
    ASSERT_FALSE(phone.answered.empty());
    EXPECT_EQ(phone.answered.back().status(), status) << range;
  }
}

/// X-4011-DEBIT: what 4011 leaves free is debited all the same, in a session of its own.
TEST_F(SessionTest, DebitsWhat4011LeavesFreeWhereThatIsItsReading) {
  for (bool const debits : {false, true}) {
    server.reset();
    charging.ccrs.clear();
    config.profile.debits_unlimited = debits;
    charging.on_ccr = [](ch2::Request const& request) { return std::optional(ch2::Answer{.result = request.requested ? 4011U : 2001U}); };
    starts();
    pushes();
    ASSERT_EQ(charging.ccrs.size(), debits ? 2U : 1U);
    if (debits) EXPECT_NE(charging.ccrs[1].session_id, charging.ccrs[0].session_id);
  }
}

/// RFC 3261 19.1.1: headers have no place in a Request-URI.
TEST_F(SessionTest, InvitesAContactWithoutItsHeaders) {
  starts();
  phone.deposits(alice, "text");
  passes(10ms);
  auto request = phone.request("REGISTER", "sip:ims.example", std::string("<") + alice + ">", "r", 1);
  request.add(Name::contact, "<sip:phone@127.0.0.1:6000?Subject=x>").add(Name::expires, "600");
  phone.send(request);
  passes(100ms);
  ASSERT_FALSE(phone.all("INVITE").empty());
  EXPECT_EQ(phone.all("INVITE")[0].request_uri(), "sip:phone@127.0.0.1:6000");
}

/// RFC 3261 8.1.3.4: under the one reservation, and only once.
TEST_F(SessionTest, FollowsOneRedirection) {
  bool accepts = true;
  phone.on_request = [&](sip::Message const& request) {
    bool const is_elsewhere = request.request_uri().contains("elsewhere");
    if (request.method() != "INVITE" || (is_elsewhere && accepts)) return false;
    auto response = sip::response_to(request, 302, "me");
    response.add(Name::contact, "<sip:elsewhere@127.0.0.1:6000>").set_body("", "");
    phone.send(response);
    return true;
  };
  starts();
  pushes();
  EXPECT_EQ(phone.all("INVITE").size(), 2U);
  EXPECT_EQ(phone.sends.size(), 1U);
  EXPECT_EQ(charging.ccrs.size(), 2U);
  accepts = false;
  pushes();
  EXPECT_EQ(phone.all("INVITE").size(), 4U);
  EXPECT_EQ(phone.sends.size(), 1U);
  EXPECT_EQ(charging.ccrs.back().type, RequestType::termination);
}

}  // namespace
}  // namespace tollgate::refserver
