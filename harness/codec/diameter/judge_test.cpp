// One defect in an otherwise perfect message: what the judge makes of it, and where it points.
#include "codec/diameter/judge.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/value.hpp"

namespace tollgate::diameter {
namespace {

using namespace std::string_literals;

Message ccr() {
  auto message = ch2::write_request({.type = ch2::RequestType::initial,
                                     .session_id = "im.example.com;1;2",
                                     .subscriber = "sip:alice@example.com",
                                     .service_context = "token@openmobilealliance.org",
                                     .requested = 1,
                                     .event_timestamp = 3900000000U,
                                     .messages_sent = 1},
                                    {"im.example.com", "example.com", "charging.example.com"});
  message.header.hop_by_hop = 1;
  return message;
}

Avp& at(Message& message, std::string_view name) {
  auto const* const found = find(message.avps, name);
  EXPECT_NE(found, nullptr) << name;
  return message.avps[static_cast<std::size_t>(found - message.avps.data())];
}

void drop(Message& message, std::string_view name) {
  message.avps.erase(message.avps.begin() + (&at(message, name) - message.avps.data()));
}

std::string shown(Judgement const& judgement) {
  std::string out(to_string(judgement.outcome));
  for (auto const& d : judgement.diagnostics)
    out.append("\n  ").append(std::to_string(d.offset)).append(" ").append(d.rule).append(": ").append(d.detail);
  return out;
}

TEST(DiameterJudge, is_content_with_what_we_write) {
  Peer const self{.origin_host = "im.example.com", .origin_realm = "example.com", .supported_vendors = {10415}};
  auto const cer = capabilities_request(self), dwr = watchdog_request(self), dpr = disconnect_request(self, 0);
  auto const cca = ch2::write_answer({.result = 2001, .granted = 1}, ccr(), "ocs.example.com", "example.com");
  auto const busy = ch2::write_answer({.result = 3004}, ccr(), "ocs.example.com", "example.com");
  for (auto const& message : {ccr(), cer, dwr, dpr, cca, busy, capabilities_answer(cer, self, 2001), short_answer(dwr, self, 2001),
                              short_answer(dpr, self, 2001), short_answer(ccr(), self, 3002, true)}) {
    auto const judgement = judge(message.write());
    EXPECT_TRUE(judgement.diagnostics.empty()) << command_name(message.header) << ' ' << shown(judgement);
    EXPECT_EQ(judgement.answer, std::nullopt);
  }
}

struct Defect {
  char const* what;
  void (*change)(Message&);
  std::string_view rule;
  std::string_view clause;
  Outcome outcome;
  std::optional<std::uint32_t> answer;
};

Avp failed(std::vector<Avp> const& avps) {
  return make_grouped("Failed-AVP", avps);
}

Avp application_ids(std::vector<Avp> avps) {
  avps.insert(avps.begin(), make("Vendor-Id", 10415U));
  return make_grouped("Vendor-Specific-Application-Id", avps);
}

Avp final_unit(std::uint32_t action, std::vector<Avp> avps = {}) {
  avps.insert(avps.begin(), make("Final-Unit-Action", action));
  return make_grouped("Final-Unit-Indication", avps);
}

Avp redirect_server() {
  return make_grouped("Redirect-Server", {make("Redirect-Address-Type", 2U), make("Redirect-Server-Address", "http://a"s)});
}

Message answer(std::uint32_t result) {
  return ch2::write_answer({.result = result}, ccr(), "ocs.example.com", "example.com");
}

void expect_found(Message message, Defect const& defect) {
  defect.change(message);
  auto const octets = message.write();
  auto const judgement = judge(octets);
  EXPECT_EQ(judgement.outcome, defect.outcome) << defect.what << ' ' << shown(judgement);
  EXPECT_EQ(judgement.answer, defect.answer) << defect.what << ' ' << shown(judgement);
  ASSERT_EQ(judgement.diagnostics.size(), 1U) << defect.what << ' ' << shown(judgement);
  auto const& found = judgement.diagnostics.front();
  EXPECT_EQ(found.rule, defect.rule) << defect.what;
  EXPECT_EQ(found.clause, defect.clause) << defect.what;
  EXPECT_LE(found.offset + found.size, octets.size()) << defect.what;
}

TEST(DiameterJudge, finds_one_defect_in_a_request) {
  Defect const all[] = {
      {"R and E", [](auto& m) { m.header.flags |= flag_error; }, "Command Flags", "RFC 6733 3", Outcome::reject, 3008},
      {"not proxiable", [](auto& m) { m.header.flags = flag_request; }, "Command Flags", "RFC 6733 3.2", Outcome::reject, 3008},
      {"reserved bits", [](auto& m) { m.header.flags |= 1; }, "Command Flags", "RFC 6733 3, 7.1.5", Outcome::reject, 5013},
      {"no Destination-Realm", [](auto& m) { drop(m, "Destination-Realm"); }, "Destination-Realm", "RFC 8506 3.1", Outcome::reject, 5005},
      {"two Origin-Hosts", [](auto& m) { m.avps.push_back(at(m, "Origin-Host")); }, "Origin-Host", "RFC 8506 3.1", Outcome::reject, 5009},
      {"Session-Id second", [](auto& m) { std::swap(m.avps[0], m.avps[1]); }, "Session-Id", "RFC 6733 3.2", Outcome::either, 5005},
      {"M clear", [](auto& m) { at(m, "CC-Request-Number").flags = 0; }, "CC-Request-Number", "RFC 8506 8.2", Outcome::either, 3009},
      {"M set", [](auto& m) { m.avps.push_back(make("Product-Name", "x"s)), m.avps.back().flags = flag_mandatory; }, "Product-Name",
       "RFC 6733 5.3.7", Outcome::either, 3009},
      {"P set", [](auto& m) { at(m, "Origin-Host").flags |= flag_protected; }, "Origin-Host", "RFC 6733 4.1", Outcome::accept,
       std::nullopt},
      {"vendor 0", [](auto& m) { m.avps.push_back({.code = 1, .flags = 0xc0, .data = "x"}); }, "User-Name", "RFC 6733 4.1.1",
       Outcome::either, 3009},
      {"unknown, M", [](auto& m) { m.avps.push_back({.code = 9999, .flags = 0xc0, .vendor = 7}); }, "AVP Code", "RFC 6733 4.1",
       Outcome::reject, 5001},
      {"another application", [](auto& m) { at(m, "Auth-Application-Id").data = "\0\0\0\5"s; }, "Auth-Application-Id", "RFC 6733 3",
       Outcome::either, 3007},
      {"long Unsigned32", [](auto& m) { at(m, "CC-Request-Number").data += "\0\0\0\0"s; }, "CC-Request-Number", "RFC 6733 4.2",
       Outcome::reject, 5014},
      {"control in identity", [](auto& m) { at(m, "Origin-Host").data = "a b"; }, "Origin-Host", "RFC 6733 4.3.1", Outcome::reject, 5004},
      {"NUL in text", [](auto& m) { at(m, "Session-Id").data = "a\0b"s; }, "Session-Id", "RFC 6733 4.3.1", Outcome::reject, 5004},
      {"member missing", [](auto& m) { at(m, "Subscription-Id") = make_grouped("Subscription-Id", {make("Subscription-Id-Data", "x"s)}); },
       "Subscription-Id-Type", "RFC 8506 8.46", Outcome::reject, 5005},
      {"member too many",
       [](auto& m) {
         m.avps.push_back(make_grouped("Subscription-Id",
                                       {make("Subscription-Id-Type", 2U), make("Subscription-Id-Data", "x"s), make("User-Name", "x"s)}));
       },
       "User-Name", "RFC 8506 8.46", Outcome::reject, 5008},
      {"vendors' value", [](auto& m) { m.avps.push_back(make("Role-Of-Node", 9U)); }, "Role-Of-Node", "TS 32.299 7.2", Outcome::either,
       5004},
      {"an event that says not what", [](auto& m) { at(m, "CC-Request-Type") = make("CC-Request-Type", 4U); }, "Requested-Action",
       "RFC 8506 8.3", Outcome::reject, 5005},
      {"an application of neither kind", [](auto& m) { m.avps.push_back(application_ids({})); }, "Auth-Application-Id", "RFC 6733 6.11",
       Outcome::reject, 5005},
      {"an application of both kinds",
       [](auto& m) { m.avps.push_back(application_ids({make("Auth-Application-Id", 4U), make("Acct-Application-Id", 4U)})); },
       "Acct-Application-Id", "RFC 6733 6.11", Outcome::either, 5009},
      {"a Session-Id of nobody", [](auto& m) { at(m, "Session-Id").data = ";1;2"; }, "Session-Id", "RFC 6733 8.8", Outcome::reject, 5004},
      {"an empty Session-Id", [](auto& m) { at(m, "Session-Id").data = ""; }, "Session-Id", "RFC 6733 8.8", Outcome::reject, 5004},
      {"an Origin-Host of dots", [](auto& m) { at(m, "Origin-Host").data = ".."; }, "Origin-Host", "RFC 6733 4.3.1", Outcome::reject, 5004},
      {"in a group that may be ignored",
       [](auto& m) { m.avps.push_back(make_grouped("Service-Parameter-Info", {make("Service-Parameter-Type", 1U)})); },
       "Service-Parameter-Value", "RFC 8506 8.43", Outcome::either, 5005},
  };
  for (auto const& defect : all) expect_found(ccr(), defect);
}

TEST(DiameterJudge, finds_one_defect_in_an_answer_and_answers_nothing) {
  Defect const all[] = {
      {"T", [](auto& m) { m.header.flags |= flag_retransmitted; }, "Command Flags", "RFC 6733 3", Outcome::either, {}},
      {"reserved bits", [](auto& m) { m.header.flags |= 8; }, "Command Flags", "RFC 6733 3, 7.1.5", Outcome::either, {}},
      {"no Result-Code", [](auto& m) { drop(m, "Result-Code"); }, "Result-Code", "RFC 8506 3.2", Outcome::reject, {}},
      {"3xxx without E",
       [](auto& m) { at(m, "Result-Code") = make("Result-Code", 3004U); },
       "Result-Code",
       "RFC 6733 7.2",
       Outcome::either,
       {}},
      {"E with 2001", [](auto& m) { m.header.flags |= flag_error; }, "Result-Code", "RFC 6733 7.2", Outcome::either, {}},
      {"5001 without its AVP",
       [](auto& m) { at(m, "Result-Code") = make("Result-Code", 5001U); },
       "Failed-AVP",
       "RFC 6733 7.1.5",
       Outcome::either,
       {}},
      {"an empty Failed-AVP", [](auto& m) { m.avps.push_back(failed({})); }, "AVP", "RFC 6733 7.5", Outcome::reject, {}},
      {"nowhere to redirect to", [](auto& m) { m.avps.push_back(final_unit(1)); }, "Redirect-Server", "RFC 8506 8.34", Outcome::reject, {}},
      {"terminate and redirect",
       [](auto& m) { m.avps.push_back(final_unit(0, {redirect_server()})); },
       "Final-Unit-Indication",
       "RFC 8506 8.34",
       Outcome::either,
       {}},
      {"request of an answer's AVPs", [](auto& m) { m.header.command = 999; }, "Command Code", "RFC 6733 7.1.3", Outcome::reject, {}},
  };
  auto const cca = ch2::write_answer({.result = 2001}, ccr(), "ocs.example.com", "example.com");
  for (auto const& defect : all) expect_found(cca, defect);
}

TEST(DiameterJudge, is_content_where_a_condition_is_met) {
  auto event = ccr(), vendors = ccr();
  at(event, "CC-Request-Type") = make("CC-Request-Type", 4U);
  event.avps.push_back(make("Requested-Action", 0U));
  vendors.avps.push_back(application_ids({make("Acct-Application-Id", 4U)}));
  auto unsupported = answer(5001), redirected = answer(2001), terminated = answer(2001);
  unsupported.avps.push_back(failed({{.code = 9999, .flags = 0x40}}));
  redirected.avps.push_back(final_unit(1, {redirect_server()}));
  terminated.avps.push_back(final_unit(0));
  for (auto const& message : {event, vendors, unsupported, redirected, terminated})
    EXPECT_TRUE(judge(message.write()).diagnostics.empty()) << shown(judge(message.write()));
}

/// RFC 6733 7.1.3: 3001 and 3007 answer what their sender does not know, 3008 what had wrong bits.
TEST(DiameterJudge, takes_protocol_errors_of_any_command_and_application) {
  Peer const self{.origin_host = "im.example.com", .origin_realm = "example.com"};
  auto unknown = watchdog_request(self), foreign = ccr(), proxied = capabilities_request(self);
  unknown.header.command = 8388600;
  foreign.header.application = 99;
  proxied.header.flags |= flag_proxiable;
  auto const expect_accepted = [](Message const& message) {
    auto const judgement = judge(message.write());
    EXPECT_EQ(judgement.outcome, Outcome::accept) << shown(judgement);
    EXPECT_TRUE(judgement.diagnostics.empty()) << shown(judgement);
  };
  expect_accepted(short_answer(unknown, self, 3001, true));
  expect_accepted(short_answer(foreign, self, 3007, true));
  expect_accepted(short_answer(proxied, self, 3008, true));
  auto bare = short_answer(unknown, self, 3001, true);
  drop(bare, "Origin-Host");
  EXPECT_EQ(judge(bare.write()).outcome, Outcome::reject);
  EXPECT_EQ(judge(short_answer(unknown, self, 3001, false).write()).outcome, Outcome::reject);
}

/// RFC 6733 2.4, 9.3: base accounting, or the application that is accounted for.
TEST(DiameterJudge, takes_accounting_of_base_accounting_and_of_a_service) {
  Message acr;
  acr.header = {.flags = flag_request | flag_proxiable, .command = 271, .application = 3, .hop_by_hop = 1};
  acr.avps = {make("Session-Id", "im.example.com;1;2"s),
              make("Origin-Host", "im.example.com"s),
              make("Origin-Realm", "example.com"s),
              make("Destination-Realm", "charging.example"s),
              make("Accounting-Record-Type", 1U),
              make("Accounting-Record-Number", 0U),
              make("Acct-Application-Id", 3U)};
  EXPECT_TRUE(judge(acr.write()).diagnostics.empty()) << shown(judge(acr.write()));
  acr.header.application = 4;
  at(acr, "Acct-Application-Id") = make("Acct-Application-Id", 4U);
  EXPECT_TRUE(judge(acr.write()).diagnostics.empty()) << shown(judge(acr.write()));
  acr.header.application = 99;
  at(acr, "Acct-Application-Id") = make("Acct-Application-Id", 99U);
  EXPECT_EQ(judge(acr.write()).answer, 3007U);
}

TEST(DiameterJudge, believes_failed_avp_what_its_sender_found_wrong) {
  auto cca = ch2::write_answer({.result = 5004}, ccr(), "ocs.example.com", "example.com");
  cca.avps.push_back(make_grouped(
      "Failed-AVP",
      {make("CC-Request-Type", 77U), make("CC-Request-Type", "x"s), make_grouped("Subscription-Id", {}), {.code = 9999, .flags = 0x40}}));
  EXPECT_EQ(judge(cca.write()).outcome, Outcome::accept) << shown(judge(cca.write()));
  at(cca, "Failed-AVP").data.resize(7);
  EXPECT_EQ(judge(cca.write()).outcome, Outcome::reject);
}

TEST(DiameterJudge, keeps_to_depth_and_number) {
  auto message = ccr();
  Avp group = make("Subscription-Id-Extension", ""s);
  for (int depth = 0; depth < 5000; ++depth) group = make("Multiple-Services-Credit-Control", write_avps({group}));
  message.avps.push_back(group);
  auto const judgement = judge(message.write());
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.answer, 5004U);
  EXPECT_EQ(judgement.diagnostics.front().rule, "Multiple-Services-Credit-Control");
  EXPECT_EQ(judge(ccr().write(), Dictionary::standard(), {.avps = 5}).diagnostics.front().detail, "too many AVPs");
}

TEST(DiameterJudge, says_what_follows_the_message) {
  auto const judgement = judge(ccr().write() + "x");
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.diagnostics.front().detail, "octets after the message");
}

TEST(DiameterValue, is_of_the_type_of_its_avp) {
  struct {
    std::string_view name;
    Octets data;
    std::uint32_t answer;  ///< 0 for a good value
  } const all[] = {
      {"Host-IP-Address", "\0\1\x7f\0\0\1"s, 0},
      {"Host-IP-Address", "\0\2"s + Octets(16, '\0'), 0},
      {"Host-IP-Address", "\0\x8"s + "12345", 0},
      {"Host-IP-Address", "\0\1\x7f\0\0"s, 5014},
      {"Host-IP-Address", "\0"s, 5014},
      {"Host-IP-Address", "\0\0abcd"s, 5004},
      {"Host-IP-Address",
       "\xff\xff"
       "abcd"s,
       5004},
      {"Origin-Host", "im.example.com.", 0},
      {"Origin-Host", "im..com", 5004},
      {"Origin-Host", ".", 5004},
      {"Origin-Host", Octets(64, 'a'), 5004},
      {"Session-Id", "im;1", 0},
      {"Session-Id", "", 5004},
      {"Event-Timestamp", "\0\0\0"s, 5014},
      {"Redirect-Host", "aaa://a.example.com:3868;transport=tcp", 0},
      {"Redirect-Host", "aaas://a", 0},
      {"Redirect-Host", "AAA://a:1813;Transport=udp;protocol=RADIUS", 0},
      {"Redirect-Host", "aaa://a;protocol=tacacs+", 0},
      {"Redirect-Host", "aaa://a;transport=udp", 5004},
      {"Redirect-Host", "aaa://a;transport=tls", 5004},
      {"Redirect-Host", "aaa://a;transport=tcpx", 5004},
      {"Redirect-Host", "aaa://a;protocol=sip", 5004},
      {"Redirect-Host", "aaa://a;protocol=diameter;transport=tcp", 5004},
      {"Redirect-Host", "aaa://a:", 5004},
      {"Redirect-Host", "aaa://a:65536", 5004},
      {"Redirect-Host", "aaa://a:38x", 5004},
      {"Redirect-Host", "http://a", 5004},
      {"Redirect-Host", "aaa://;transport=tcp", 5004},
      {"CC-Request-Type", "\0\0\0\5"s, 5004},
      {"CC-Request-Type", "\0\0\1"s, 5014},
      {"CC-Total-Octets", "\x7f\xff\xff\xff\xff\xff\xff\xff"s, 0},
      {"CC-Total-Octets", "\x80\0\0\0\0\0\0\0"s, 5004},
      {"CC-Sub-Session-Id", "\x80\0\0\0\0\0\0\0"s, 0},
      {"Value-Digits", "\xff\xff\xff\xff\xff\xff\xff\xff"s, 0},
      {"User-Name", "\xe2\x82\xac", 0},
      {"User-Name", "\xe2\x82", 5004},
      {"Proxy-State", "\xff", 0},
  };
  for (auto const& c : all) {
    auto const error = check_value(*Dictionary::standard().avp(c.name), c.data);
    EXPECT_EQ(error ? error->answer : 0U, c.answer) << c.name << ' ' << printable(c.data);
  }
}

}  // namespace
}  // namespace tollgate::diameter
