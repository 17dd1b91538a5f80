#include "fields/fields.hpp"

#include <gmock/gmock.h>

#include "codec/diameter/dictionary.hpp"

namespace tollgate::fields {

using testing::ElementsAre;
using testing::IsEmpty;

static constexpr std::string_view invite =
    "INVITE sip:user1@10.0.0.1:5062;transport=tcp SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKa, SIP/2.0/TCP 10.0.0.3;branch=z9hG4bKb\r\n"
    "From: \"Store\" <sip:standfw@ims.example>;tag=f1\r\n"
    "t: <sip:User1@IMS.example>\r\n"
    "Call-ID: c1@h\r\n"
    "CSeq: 17 INVITE\r\n"
    "Contact: <sip:im@10.0.0.2:5060>;+g.oma.sip-im\r\n"
    "X-Mine: a\r\n"
    "Content-Type: application/sdp\r\n"
    "Content-Length: 129\r\n\r\n"
    "v=0\r\no=im 5 6 IN IP4 10.0.0.2\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\n"
    "m=message 7001 TCP/MSRP *\r\na=path:msrp://h:1/s;tcp\r\na=sendonly\r\n";

static std::vector<std::string> sip_field(std::string_view name) {
  auto const message = sip::Message::parse(invite);
  EXPECT_TRUE(message);
  auto const path = parse_path(name);
  EXPECT_TRUE(path) << (path ? "" : path.error());
  return read(*path, *message);
}

TEST(Fields, names_parts_of_sip_headers) {
  EXPECT_THAT(sip_field("sip.Method"), ElementsAre("INVITE"));
  EXPECT_THAT(sip_field("sip.Status-Code"), IsEmpty());
  EXPECT_THAT(sip_field("sip.r-uri.user"), ElementsAre("user1"));
  EXPECT_THAT(sip_field("sip.r-uri.port"), ElementsAre("5062"));
  EXPECT_THAT(sip_field("sip.r-uri.transport"), ElementsAre("tcp"));
  EXPECT_THAT(sip_field("sip.Via.branch"), ElementsAre("z9hG4bKa", "z9hG4bKb"));
  EXPECT_THAT(sip_field("sip.Via.transport"), ElementsAre("UDP", "TCP"));
  EXPECT_THAT(sip_field("sip.From.tag"), ElementsAre("f1"));
  EXPECT_THAT(sip_field("sip.From.display"), ElementsAre("Store"));
  EXPECT_THAT(sip_field("sip.To.tag"), IsEmpty());
  EXPECT_THAT(sip_field("sip.To.aor"), ElementsAre("sip:User1@ims.example"));
  EXPECT_THAT(sip_field("sip.CSeq.seq"), ElementsAre("17"));
  EXPECT_THAT(sip_field("sip.Contact.uri"), ElementsAre("sip:im@10.0.0.2:5060"));
  EXPECT_THAT(sip_field("sip.Contact.+g.oma.sip-im"), ElementsAre(""));
  EXPECT_THAT(sip_field("sip.x-mine"), ElementsAre("a"));
  EXPECT_THAT(sip_field("sip.Route"), IsEmpty());
}

TEST(Fields, reads_the_description_in_a_body) {
  EXPECT_THAT(sip_field("sdp.m.port"), ElementsAre("7001"));
  EXPECT_THAT(sip_field("sdp.m.proto"), ElementsAre("TCP/MSRP"));
  EXPECT_THAT(sip_field("sdp.c.address"), ElementsAre("10.0.0.2"));
  EXPECT_THAT(sip_field("sdp.o.sess-version"), ElementsAre("6"));
  EXPECT_THAT(sip_field("sdp.path"), ElementsAre("msrp://h:1/s;tcp"));
  EXPECT_THAT(sip_field("sdp.path.host"), ElementsAre("h"));
  EXPECT_THAT(sip_field("sdp.path.port"), ElementsAre("1"));
  EXPECT_THAT(sip_field("sdp.path.session-id"), ElementsAre("s"));
  EXPECT_THAT(sip_field("sdp.sendonly"), ElementsAre(""));
  EXPECT_THAT(sip_field("sdp.setup"), IsEmpty());
}

TEST(Fields, edits_sip_and_its_description) {
  auto message = *sip::Message::parse(invite);
  apply({How::set, *parse_path("sip.Contact"), "<sip:other@h>"}, message);
  apply({How::add, *parse_path("sip.Record-Route"), "<sip:p1@h;lr>"}, message);
  apply({How::remove, *parse_path("sdp.sendonly"), ""}, message);
  apply({How::set, *parse_path("sdp.max-size"), "1000"}, message);
  apply({How::set, *parse_path("sdp.m"), "message 0 TCP/MSRP *"}, message);
  EXPECT_THAT(read(*parse_path("sip.Contact"), message), ElementsAre("<sip:other@h>"));
  EXPECT_THAT(read(*parse_path("sip.Record-Route.uri"), message), ElementsAre("sip:p1@h;lr"));
  EXPECT_THAT(read(*parse_path("sdp.sendonly"), message), IsEmpty());
  EXPECT_THAT(read(*parse_path("sdp.max-size"), message), ElementsAre("1000"));
  EXPECT_THAT(read(*parse_path("sdp.m.port"), message), ElementsAre("0"));
  EXPECT_THAT(read(*parse_path("sip.Content-Length"), message), ElementsAre(std::to_string(message.body().size())));
}

TEST(Fields, reads_and_edits_msrp) {
  auto message = *msrp::Message::parse(
      "MSRP tid1 SEND\r\nTo-Path: msrp://h:1/s;tcp\r\nFrom-Path: msrp://g:2/t;tcp\r\nMessage-ID: m1\r\n"
      "Byte-Range: 1-5/5\r\nContent-Type: text/plain\r\n\r\nhello\r\n-------tid1$\r\n");
  EXPECT_THAT(read(*parse_path("msrp.transaction.id"), message), ElementsAre("tid1"));
  EXPECT_THAT(read(*parse_path("msrp.cnt.flg"), message), ElementsAre("$"));
  EXPECT_THAT(read(*parse_path("msrp.Byte-Range.total"), message), ElementsAre("5"));
  EXPECT_THAT(read(*parse_path("msrp.data"), message), ElementsAre("hello"));
  EXPECT_THAT(read(*parse_path("msrp.head"), message).front(), testing::StartsWith("MSRP tid1 SEND\r\nTo-Path: "));
  EXPECT_THAT(read(*parse_path("msrp.to-path"), message), ElementsAre("msrp://h:1/s;tcp"));
  apply({How::remove, *parse_path("msrp.From-Path"), ""}, message);
  apply({How::set, *parse_path("msrp.cnt.flg"), "+"}, message);
  EXPECT_THAT(message.write(), testing::Not(testing::HasSubstr("From-Path")));
  EXPECT_THAT(message.write(), testing::EndsWith("-------tid1+\r\n"));
}

static diameter::Message ccr() {
  diameter::Message message;
  message.header = {.flags = diameter::flag_request, .command = 272, .application = 4, .hop_by_hop = 7, .end_to_end = 9};
  message.avps.push_back(diameter::make("Session-Id", "h;1;2"));
  message.avps.push_back(diameter::make("CC-Request-Type", 3));
  auto const units = diameter::make_unsigned64("CC-Service-Specific-Units", 2);
  message.avps.push_back(
      diameter::make_grouped("Multiple-Services-Credit-Control", {diameter::make_grouped("Used-Service-Unit", {units})}));
  return message;
}

TEST(Fields, reads_a_group_as_its_members_by_their_codes) {
  auto message = ccr();
  auto const type = diameter::make("Subscription-Id-Type", 2), data = diameter::make("Subscription-Id-Data", "sip:u@x");
  message.avps.push_back(diameter::make_grouped("Subscription-Id", {type, data}));
  message.avps.push_back(diameter::make_grouped("Subscription-Id", {data, type}));
  EXPECT_THAT(read(*parse_path("diameter.Subscription-Id"), message), ElementsAre("sip:u@x 2", "sip:u@x 2"));
  EXPECT_THAT(read(*parse_path("diameter.Multiple-Services-Credit-Control"), message), ElementsAre("2"));
}

TEST(Fields, reads_a_cpim_body_and_what_a_chunk_is_bound_to) {
  auto message = *msrp::Message::parse(
      "MSRP tid1 SEND\r\nTo-Path: msrp://h:1/s;tcp\r\nFrom-Path: msrp://g:2/t;tcp\r\nMessage-ID: m1\r\nByte-Range: 3-7/20\r\n"
      "Content-Type: message/cpim\r\n\r\nFrom: <sip:bob@x>\r\n\r\nContent-Type: text/plain\r\n\r\nhi\r\n-------tid1+\r\n");
  EXPECT_THAT(read(*parse_path("cpim.From"), message), ElementsAre("<sip:bob@x>"));
  EXPECT_THAT(read(*parse_path("cpim.Content-Type"), message), ElementsAre("text/plain"));
  EXPECT_THAT(read(*parse_path("cpim.DateTime"), message), IsEmpty());
  EXPECT_THAT(read(*parse_path("cpim.DateTime.seconds"), message), IsEmpty());
  message.set_body("From: <sip:bob@x>\r\nDateTime: 1970-01-02T01:00:03+01:00\r\n\r\nContent-Type: text/plain\r\n\r\nhi");
  EXPECT_THAT(read(*parse_path("cpim.DateTime.seconds"), message), ElementsAre("2209075203"));
  EXPECT_FALSE(check_edit({How::set, *parse_path("cpim.From"), "x"}));
  EXPECT_THAT(read(*parse_path("msrp.Byte-Range.fixed"), message), ElementsAre("5"));
  message.set("Byte-Range", "3-*/20");
  EXPECT_THAT(read(*parse_path("msrp.Byte-Range.fixed"), message), ElementsAre("0"));
  apply({How::set, *parse_path("msrp.transaction.id"), "another"}, message);
  EXPECT_THAT(message.write(), testing::StartsWith("MSRP another SEND\r\n"));
  EXPECT_THAT(message.write(), testing::EndsWith("-------another+\r\n"));
}

TEST(Fields, changes_the_length_of_a_diameter_message_in_its_octets) {
  diameter::Message const message{.header = {.command = 272}, .avps = {}};
  auto const with_length = [&](std::string value) {
    Octets octets = message.write();
    apply({How::set, *parse_path("diameter.length"), std::move(value)}, octets);
    return octets.substr(1, 3);
  };
  EXPECT_THAT(read(*parse_path("diameter.length"), message), ElementsAre("20"));
  EXPECT_EQ(with_length("+4"), std::string("\0\0\x18", 3));
  EXPECT_EQ(with_length("+16777212"), std::string("\0\0\x10", 3));
  EXPECT_EQ(with_length("0"), std::string("\0\0\0", 3));
}

TEST(Fields, finds_avps_at_any_depth_below_their_parents) {
  auto const message = ccr();
  EXPECT_THAT(read(*parse_path("diameter.Session-Id"), message), ElementsAre("h;1;2"));
  EXPECT_THAT(read(*parse_path("diameter.CC-Service-Specific-Units"), message), ElementsAre("2"));
  EXPECT_THAT(read(*parse_path("diameter.Used-Service-Unit/CC-Service-Specific-Units"), message), ElementsAre("2"));
  EXPECT_THAT(read(*parse_path("diameter.Requested-Service-Unit/CC-Service-Specific-Units"), message), IsEmpty());
  EXPECT_THAT(read(*parse_path("diameter.Used-Service-Unit"), message), ElementsAre("2"));
  EXPECT_THAT(read(*parse_path("diameter.flags.T"), message), ElementsAre("0"));
  EXPECT_THAT(read(*parse_path("diameter.hopbyhopid"), message), ElementsAre("7"));
}

TEST(Fields, shows_an_address_as_text) {
  using namespace std::string_literals;
  diameter::Message message;
  message.avps = {diameter::make("Host-IP-Address", "\0\1\x7f\0\0\1"s),
                  diameter::make("Host-IP-Address", "\0\2"s + Octets(15, '\0') + "\1"s), diameter::make("Host-IP-Address", "\0\1\x7f"s)};
  EXPECT_THAT(read(*parse_path("diameter.Host-IP-Address"), message), ElementsAre("127.0.0.1", "::1", "\0\1\x7f"s));
}

TEST(Fields, shows_the_octets_of_a_number_that_is_none) {
  auto message = ccr();
  message.avps[1].data = "3";
  EXPECT_THAT(read(*parse_path("diameter.CC-Request-Type"), message), ElementsAre("0x33"));
}

TEST(Fields, edits_avps_and_the_header) {
  auto message = ccr();
  apply({How::set, *parse_path("diameter.hopbyhopid"), "+1"}, message);
  apply({How::set, *parse_path("diameter.flags.T"), "1"}, message);
  apply({How::set, *parse_path("diameter.CC-Request-Type"), "EVENT_REQUEST"}, message);
  apply({How::set, *parse_path("diameter.Multiple-Services-Credit-Control/Result-Code"), "4012"}, message);
  apply({How::set, *parse_path("diameter.Final-Unit-Indication/Final-Unit-Action"), "0"}, message);
  apply({How::add, *parse_path("diameter.avp(9999,10415,M)"), "x"}, message);
  auto const parsed = diameter::Message::parse(message.write());
  ASSERT_TRUE(parsed);
  EXPECT_THAT(read(*parse_path("diameter.hopbyhopid"), *parsed), ElementsAre("8"));
  EXPECT_THAT(read(*parse_path("diameter.flags.T"), *parsed), ElementsAre("1"));
  EXPECT_THAT(read(*parse_path("diameter.CC-Request-Type"), *parsed), ElementsAre("4"));
  EXPECT_THAT(read(*parse_path("diameter.Multiple-Services-Credit-Control/Result-Code"), *parsed), ElementsAre("4012"));
  EXPECT_THAT(read(*parse_path("diameter.Final-Unit-Action"), *parsed), ElementsAre("0"));
  EXPECT_THAT(read(*parse_path("diameter.avp(9999,10415,M)"), *parsed), ElementsAre("x"));
}

TEST(Fields, refuses_names_and_values_that_mean_nothing) {
  EXPECT_THAT(parse_path("smtp.From").error(), testing::HasSubstr("is no field"));
  EXPECT_THAT(parse_path("sip.").error(), testing::HasSubstr("lacks the name"));
  EXPECT_THAT(parse_path("diameter.No-Such").error(), testing::HasSubstr("no AVP 'No-Such'"));
  EXPECT_THAT(check_edit({How::set, *parse_path("diameter.Result-Code"), "many"}).error(), testing::HasSubstr("no value of"));
  EXPECT_THAT(check_edit({How::set, *parse_path("sip.Contact.uri"), "x"}).error(), testing::HasSubstr("as a whole"));
  EXPECT_TRUE(check_edit({How::set, *parse_path("diameter.Result-Code"), "5031"}));
}

}  // namespace tollgate::fields
