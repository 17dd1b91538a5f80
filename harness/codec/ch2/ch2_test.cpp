// CH-2 over Diameter: what is written reads back as the same operation, and both levels of units are understood.
#include "codec/ch2/ch2.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::ch2 {
namespace {

using diameter::make;
using diameter::make_grouped;
using diameter::make_unsigned64;
using diameter::Message;
using testing::ElementsAre;

Identity const ims = {.origin_host = "im.ims.example", .origin_realm = "ims.example", .destination_realm = "ims.example"};

Request reserve() {
  return {.operation = Operation::reserve_units,
          .type = RequestType::initial,
          .session_id = "im.ims.example;1;2",
          .subscriber = "sip:alice@ims.example",
          .service_context = "token@openmobilealliance.org",
          .requested = 2};
}

std::vector<std::string> names(Message const& message) {
  std::vector<std::string> names;
  for (auto const& avp : message.avps) {
    names.push_back(diameter::Dictionary::standard().avp(avp.code, avp.vendor)->name);
  }
  return names;
}

/// Written, sent as octets, and read.
Parsed<Request> through_the_wire(Request const& request) {
  auto const message = Message::parse(write_request(request, ims).write());
  if (!message) return std::unexpected(message.error());
  return read_request(*message);
}

TEST(Ch2, writes_what_rfc_8506_demands_in_its_order) {
  auto request = reserve();
  request.event_timestamp = 0xE0000000;
  request.messages_sent = 2;
  auto const ccr = write_request(request, ims);
  EXPECT_EQ(ccr.header.flags, diameter::flag_request | diameter::flag_proxiable);
  EXPECT_EQ(ccr.header.command, 272U);
  EXPECT_EQ(ccr.header.application, 4U);
  EXPECT_THAT(names(ccr), ElementsAre("Session-Id", "Origin-Host", "Origin-Realm", "Destination-Realm", "Auth-Application-Id",
                                      "Service-Context-Id", "CC-Request-Type", "CC-Request-Number", "Event-Timestamp", "Subscription-Id",
                                      "Requested-Service-Unit", "Service-Information"));
}

TEST(Ch2, reads_back_what_it_writes) {
  for (auto const units_at : {UnitsAt::command, UnitsAt::mscc}) {
    auto request = reserve();
    request.units_at = units_at;
    request.type = RequestType::update;
    request.number = 3;
    request.used = 5;
    request.event_timestamp = 77;
    request.messages_sent = 6;
    request.messages_delivered = 5;
    auto const read = through_the_wire(request);
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(read->operation, Operation::debit_units);
    EXPECT_EQ(read->type, RequestType::update);
    EXPECT_EQ(read->number, 3U);
    EXPECT_EQ(read->session_id, "im.ims.example;1;2");
    EXPECT_EQ(read->subscriber, "sip:alice@ims.example");
    EXPECT_EQ(read->service_context, "token@openmobilealliance.org");
    EXPECT_EQ(read->requested, 2U);
    EXPECT_EQ(read->used, 5U);
    EXPECT_EQ(read->units_at, units_at);
    EXPECT_EQ(read->event_timestamp, 77U);
    EXPECT_EQ(read->messages_sent, 6U);
    EXPECT_EQ(read->messages_delivered, 5U);
  }
}

TEST(Ch2, tells_operations_apart) {
  using Units = std::optional<std::uint64_t>;
  struct {
    RequestType type;
    Units requested, used;
    std::optional<std::uint32_t> action;
    Operation operation;
    Units used_read;
  } const cases[] = {
      {RequestType::initial, 1, {}, {}, Operation::reserve_units, {}},
      {RequestType::initial, {}, {}, {}, Operation::reserve_units, {}},
      {RequestType::update, 1, {}, {}, Operation::reserve_units, {}},
      {RequestType::update, 1, 0, {}, Operation::reserve_units, 0},
      {RequestType::update, 1, 1, {}, Operation::debit_units, 1},
      {RequestType::update, {}, {}, {}, Operation::other, {}},
      {RequestType::termination, {}, 1, {}, Operation::debit_units, 1},
      {RequestType::termination, {}, 0, {}, Operation::debit_units, 0},
      {RequestType::update, {}, 0, {}, Operation::debit_units, 0},
      {RequestType::termination, {}, {}, {}, Operation::close, {}},
      {RequestType::event, 4, {}, 0, Operation::debit_units, 4},
      {RequestType::event, {}, 4, 0, Operation::debit_units, 4},
      {RequestType::event, 4, {}, 1, Operation::other, {}},
      {RequestType::event, {}, {}, 2, Operation::other, {}},
  };
  for (auto const units_at : {UnitsAt::command, UnitsAt::mscc}) {
    for (auto const& c : cases) {
      auto request = reserve();
      request.units_at = units_at;
      request.type = c.type;
      request.requested = c.requested;
      request.used = c.used;
      request.requested_action = c.action;
      auto const read = through_the_wire(request);
      ASSERT_TRUE(read) << describe(read.error());
      EXPECT_EQ(to_string(read->operation), to_string(c.operation)) << &c - cases;
      EXPECT_EQ(read->used, c.used_read) << &c - cases;
    }
  }
}

TEST(Ch2, ends_sessions_with_a_cause_and_announces_multiple_services) {
  auto request = reserve();
  request.units_at = UnitsAt::mscc;
  EXPECT_THAT(names(write_request(request, ims)), testing::Contains("Multiple-Services-Indicator"));
  request.type = RequestType::termination;
  auto const ccr = write_request(request, ims);
  auto const* const cause = find(ccr.avps, "Termination-Cause");
  ASSERT_NE(cause, nullptr);
  EXPECT_EQ(diameter::unsigned32(*cause), 1U);
  EXPECT_EQ(find(ccr.avps, "Multiple-Services-Indicator"), nullptr);
}

TEST(Ch2, sums_used_units_of_both_levels) {
  auto const used = [](std::uint64_t messages) {
    return make_grouped("Used-Service-Unit", {make_unsigned64("CC-Service-Specific-Units", messages)});
  };
  auto request = reserve();
  request.type = RequestType::termination;
  request.requested.reset();
  auto ccr = write_request(request, ims);
  ccr.avps.push_back(used(1));
  ccr.avps.push_back(used(2));
  ccr.avps.push_back(make_grouped("Multiple-Services-Credit-Control", {used(4), used(8)}));
  ccr.avps.push_back(make_grouped("Multiple-Services-Credit-Control", {used(16)}));
  auto const read = read_request(ccr);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->used, 31U);

  auto const at = ccr.write().size() + 8 + 8;
  ccr.avps.push_back(used(std::numeric_limits<std::uint64_t>::max()));
  auto const overflow = read_request(ccr);
  ASSERT_FALSE(overflow);
  EXPECT_EQ(overflow.error().offset, at);
  EXPECT_EQ(overflow.error().rule, "CC-Service-Specific-Units");
}

TEST(Ch2, refuses_requests_that_lack_what_the_operation_rests_on) {
  struct {
    std::string_view drop, clause;
  } const cases[] = {{"Session-Id", "RFC 8506 3.1"},
                     {"CC-Request-Type", "RFC 8506 8.3"},
                     {"CC-Request-Number", "RFC 8506 8.2"},
                     {"Requested-Action", "RFC 8506 8.41"}};
  for (auto const& c : cases) {
    auto request = reserve();
    request.type = RequestType::event;
    auto ccr = write_request(request, ims);
    ccr.avps.erase(ccr.avps.begin() + (find(ccr.avps, c.drop) - ccr.avps.data()));
    auto const read = read_request(ccr);
    ASSERT_FALSE(read) << c.drop;
    EXPECT_EQ(read.error().rule, c.drop);
    EXPECT_EQ(read.error().clause, c.clause);
    EXPECT_EQ(read.error().offset, ccr.write().size());
  }
}

TEST(Ch2, refuses_malformed_values_at_their_octet) {
  auto ccr = write_request(reserve(), ims);
  auto const with = [&](diameter::Avp const& avp) {
    auto changed = ccr;
    changed.avps.push_back(avp);
    return read_request(changed);
  };
  auto const size = ccr.write().size();
  auto const number = with(make("Requested-Action", "abcde"));
  ASSERT_FALSE(number);
  EXPECT_EQ(number.error().offset, size + 8);
  auto const group = with(make_grouped("Used-Service-Unit", {make("CC-Service-Specific-Units", 1U)}));
  ASSERT_FALSE(group);
  EXPECT_EQ(group.error().offset, size + 8 + 8);
  auto const cut = with(make("Used-Service-Unit", "\1"));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().offset, size + 8);
  EXPECT_EQ(cut.error().rule, "AVP Header");
  ccr.header.flags = 0;
  EXPECT_EQ(read_request(ccr).error().offset, 4U);
}

TEST(Ch2, prefers_the_sip_uri_of_a_subscriber) {
  auto const id = [](std::uint32_t type, char const* data) {
    return make_grouped("Subscription-Id", {make("Subscription-Id-Type", type), make("Subscription-Id-Data", data)});
  };
  auto request = reserve();
  request.subscriber.clear();
  auto ccr = write_request(request, ims);
  EXPECT_EQ(read_request(ccr)->subscriber, "");
  ccr.avps.push_back(id(0, "4912345"));
  EXPECT_EQ(read_request(ccr)->subscriber, "4912345");
  ccr.avps.push_back(make_grouped("Subscription-Id-Extension", {make("Subscription-Id-SIP-URI", "sip:b@x")}));
  EXPECT_EQ(read_request(ccr)->subscriber, "sip:b@x");
  ccr.avps.push_back(id(2, "sip:a@x"));
  EXPECT_EQ(read_request(ccr)->subscriber, "sip:a@x");
}

TEST(Ch2, answers_mirror_the_request) {
  auto ccr = write_request(reserve(), ims);
  ccr.header.hop_by_hop = 11;
  ccr.header.end_to_end = 12;
  auto const cca = write_answer({.result = 2001, .granted = 2}, ccr, "ocs.ims.example", "ims.example");
  EXPECT_EQ(cca.header.flags, diameter::flag_proxiable);
  EXPECT_EQ(cca.header.hop_by_hop, 11U);
  EXPECT_EQ(cca.header.end_to_end, 12U);
  EXPECT_THAT(names(cca), ElementsAre("Session-Id", "Result-Code", "Origin-Host", "Origin-Realm", "Auth-Application-Id", "CC-Request-Type",
                                      "CC-Request-Number", "Granted-Service-Unit"));
  auto const read = read_answer(cca);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->session_id, "im.ims.example;1;2");
  EXPECT_EQ(read->type, RequestType::initial);
  EXPECT_EQ(read->number, 0U);
  EXPECT_EQ(read->granted, 2U);

  auto const other =
      read_answer(write_answer({.result = 2001, .session_id = "x;1", .type = RequestType::update, .number = 9}, ccr, "ocs", "realm"));
  ASSERT_TRUE(other);
  EXPECT_EQ(other->session_id, "x;1");
  EXPECT_EQ(other->type, RequestType::update);
  EXPECT_EQ(other->number, 9U);
}

TEST(Ch2, a_grant_in_units_that_are_no_messages_is_told_and_can_be_blamed) {
  auto const ccr = write_request(reserve(), ims);
  auto cca = write_answer({.result = 2001}, ccr, "ocs", "realm");
  EXPECT_FALSE(read_answer(cca)->other_units);
  cca.avps.push_back(make_grouped("Granted-Service-Unit", {make("CC-Time", 60U)}));
  EXPECT_TRUE(read_answer(cca)->other_units);
  EXPECT_EQ(read_answer(cca)->granted, std::nullopt);
  auto end = reserve();
  end.type = RequestType::termination;
  end.blames_answer = true;
  EXPECT_EQ(diameter::unsigned32(*find(write_request(end, ims).avps, "Termination-Cause")), 3U);  // DIAMETER_BAD_ANSWER
}

TEST(Ch2, answers_name_the_service_that_was_asked_for) {
  auto ccr = write_request(reserve(), ims);
  ccr.avps.push_back(make_grouped("Multiple-Services-Credit-Control", {make("Rating-Group", 42U)}));
  auto const cca = write_answer({.result = 2001, .granted = 1, .service_result = 4012, .units_at = UnitsAt::mscc}, ccr, "ocs", "realm");
  auto const members = diameter::parse_avps(find(cca.avps, "Multiple-Services-Credit-Control")->data);
  ASSERT_TRUE(members);
  EXPECT_EQ(diameter::unsigned32(*find(*members, "Rating-Group")), 42U);
  auto const read = read_answer(cca);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->units_at, UnitsAt::mscc);
  EXPECT_EQ(read->granted, 1U);
  EXPECT_EQ(read->service_result, 4012U);
  EXPECT_FALSE(grants_delivery(*read));
}

TEST(Ch2, protocol_errors_are_short) {
  auto const cca = write_answer({.result = 3004}, write_request(reserve(), ims), "ocs", "realm");
  EXPECT_EQ(cca.header.flags, diameter::flag_proxiable | diameter::flag_error);
  EXPECT_THAT(names(cca), ElementsAre("Session-Id", "Origin-Host", "Origin-Realm", "Result-Code"));
  auto const read = read_answer(cca);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->result, 3004U);
  EXPECT_FALSE(read->type);
  EXPECT_FALSE(read->number);

  auto without_e = cca;
  without_e.header.flags = 0;
  ASSERT_FALSE(read_answer(without_e));
  EXPECT_EQ(read_answer(without_e).error().rule, "CC-Request-Type");
}

TEST(Ch2, grants_delivery) {
  for (auto const result : {2001U, 2002U, 4011U}) EXPECT_TRUE(grants_delivery({.result = result})) << result;
  for (auto const result : {1001U, 3004U, 4010U, 4012U, 5003U, 5030U, 5031U}) {
    EXPECT_FALSE(grants_delivery({.result = result})) << result;
    EXPECT_FALSE(grants_delivery({.result = 2001, .service_result = result})) << result;
  }
  EXPECT_TRUE(grants_delivery({.result = 2001, .service_result = 2001}));
  EXPECT_TRUE(grants_delivery({.result = 2001, .service_result = 4011}));
}

}  // namespace
}  // namespace tollgate::ch2
