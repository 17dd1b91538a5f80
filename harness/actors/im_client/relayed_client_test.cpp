// The IM Client whose MSRP goes through a relay (RFC 4976).
#include "actors/im_client/im_client_bed_test.hpp"

namespace tollgate {
namespace {

using sip::Name;
using testing::ElementsAre;
using testing::HasSubstr;

/// A relay that asks who it is, and what the client makes of it (RFC 4976 5.1).
class RelayedClient : public ImClientTest {
 protected:
  RelayedClient() {
    ixit.msrp_relay = "msrp://127.0.0.9:2855;tcp";
    ixit.password = "secret";
    relay->on_accept = [this](std::unique_ptr<Stream> accepted) {
      stream = std::move(accepted);
      stream->on_octets = [this](std::string_view octets) {
        buffer.append(octets);
        while (auto const cut = buffer.next()) take(*msrp::Message::parse(cut->octets));
      };
    };
  }
  void take(msrp::Message const& message) {
    came.push_back(message);
    if (message.method() != "AUTH") return;
    bool const proves = message.value("Authorization").has_value();
    auto response = msrp::Message::response(message.transaction_id(), proves ? final_status : 401, "");
    response.add("To-Path", *message.value("From-Path")).add("From-Path", ixit.msrp_relay);
    if (!proves) response.add("WWW-Authenticate", R"(Digest realm="r", nonce="n", qop="auth")");
    if (proves) response.add("Use-Path", "msrp://127.0.0.9:2855/s1;tcp").add("Expires", "600");
    stream->send(response.write());
  }
  Octets offer(std::string const& setup) {
    return invite(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 7000 TCP/MSRP *\r\na=accept-types:*\r\n"
        "a=setup:" +
        setup + "\r\na=path:msrp://127.0.0.1:7000/sut;tcp\r\n");
  }

  std::unique_ptr<Listener> relay = network.listen({"127.0.0.9", 2855});
  std::unique_ptr<Stream> stream;
  StreamBuffer buffer{[](auto octets) { return msrp::frame(octets); }};
  std::vector<msrp::Message> came;  ///< to the relay
  int final_status = 200;
};

TEST_F(RelayedClient, IsReachedByThePathThatTheRelayGives) {
  sut->send(offer("actpass"), contact_of_client());
  auto const item = received("INVITE");
  ASSERT_EQ(came.size(), 2U);
  auto const proof = msrp::authorization(came[1]);
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->username, "alice");
  EXPECT_EQ(proof->uri, ixit.msrp_relay);
  EXPECT_EQ(proof->response, sip::digest_response(*proof, "secret", "AUTH"));
  alice.answers(item, 200);
  clock.run_for(10ms);
  auto const own = std::string(*came[1].value("From-Path"));
  EXPECT_THAT(heard.back().octets, HasSubstr("a=path:msrp://127.0.0.9:2855/s1;tcp " + own + "\r\n"));
  EXPECT_THAT(heard.back().octets, HasSubstr("c=IN IP4 127.0.0.9\r\n"));
  EXPECT_THAT(heard.back().octets, HasSubstr("m=message 2855 TCP/MSRP *\r\n"));
  EXPECT_THAT(heard.back().octets, HasSubstr("a=setup:passive\r\n")) << "whatever it prefers: the relay takes the connection";
  auto send = msrp::Message::request("abcd1234", "SEND");
  send.add("To-Path", own).add("From-Path", "msrp://127.0.0.9:2855/s1;tcp msrp://127.0.0.1:7000/sut;tcp");
  send.add("Message-ID", "m1").add("Byte-Range", "1-2/2").add("Content-Type", "text/plain").set_body("hi");
  stream->send(send.write());
  alice.answers(received("SEND"), 200);
  clock.run_for(10ms);
  EXPECT_THAT(alice.delivered(), ElementsAre("hi"));
  ASSERT_EQ(came.size(), 3U);
  EXPECT_EQ(came[2].status(), 200);
  EXPECT_EQ(came[2].value("To-Path"), "msrp://127.0.0.9:2855/s1;tcp");
}

TEST_F(RelayedClient, SpeaksThroughTheRelayWhereTheSutWaitsForIt) {
  auto const contact = contact_of_client();
  sut->send(offer("passive"), contact);
  alice.answers(received("INVITE"), 200);
  auto ack = sip::Message::request("ACK", "sip:alice@127.0.0.1");
  ack.add(Name::via, "SIP/2.0/UDP " + sut->local().text() + ";branch=z9hG4bKack").add(Name::from, "<sip:im@ims.example>;tag=s");
  ack.add(Name::to, "<sip:alice@ims.example>;tag=a").add(Name::call_id, "call").add(Name::cseq, "1 ACK");
  sut->send(ack.write(), contact);
  clock.run_for(10ms);
  ASSERT_EQ(came.size(), 3U);
  EXPECT_EQ(came[2].method(), "SEND");
  EXPECT_EQ(came[2].value("To-Path"), "msrp://127.0.0.9:2855/s1;tcp msrp://127.0.0.1:7000/sut;tcp");
}

/// Then nothing can be answered, and the trace says why.
TEST_F(RelayedClient, HearsNoInviteWithoutAPath) {
  final_status = 403;
  sut->send(offer("actpass"), contact_of_client());
  clock.run_for(1s);
  EXPECT_EQ(came.size(), 2U);
  EXPECT_EQ(recorder.handed_over().size(), 1U);
  EXPECT_EQ(recorder.trace().events().back().note, "the MSRP relay msrp://127.0.0.9:2855;tcp gives no path: it answers AUTH with 403");
}

}  // namespace
}  // namespace tollgate
