// The dictionary's text, and what the program knows by it.
#include "codec/diameter/dictionary.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

namespace tollgate::diameter {
namespace {

TEST(DiameterDictionary, knows_avps_by_code_vendor_and_name) {
  auto const& dictionary = Dictionary::standard();
  struct {
    std::string_view name;
    std::uint32_t code, vendor;
    Type type;
    FlagRule mandatory;
    std::string_view clause;
  } const known[] = {
      {"Session-Id", 263, 0, Type::utf8_string, FlagRule::must, "RFC 6733 8.8"},
      {"Product-Name", 269, 0, Type::utf8_string, FlagRule::must_not, "RFC 6733 5.3.7"},
      {"Host-IP-Address", 257, 0, Type::address, FlagRule::must, "RFC 6733 5.3.5"},
      {"CC-Service-Specific-Units", 417, 0, Type::unsigned64, FlagRule::must, "RFC 8506 8.26"},
      {"CC-Correlation-Id", 411, 0, Type::octet_string, FlagRule::may, "RFC 8506 8.1"},
      {"IM-Information", 2110, 10415, Type::grouped, FlagRule::must, "DDS 8.5.6"},
      {"Application-Server-Id", 2101, 10415, Type::utf8_string, FlagRule::must, "DDS 8.4"},
      {"Cause-Code", 861, 10415, Type::integer32, FlagRule::must, "TS 32.299 7.2"},
  };
  for (auto const& c : known) {
    auto const* const rule = dictionary.avp(c.name);
    ASSERT_NE(rule, nullptr) << c.name;
    EXPECT_EQ(rule, dictionary.avp(c.code, c.vendor)) << c.name;
    EXPECT_EQ(rule->type, c.type) << c.name;
    EXPECT_EQ(rule->mandatory, c.mandatory) << c.name;
    EXPECT_EQ(rule->clause, c.clause);
  }
  EXPECT_EQ(dictionary.avp(2110), nullptr);
  EXPECT_EQ(dictionary.avp("Session-id"), nullptr);
}

TEST(DiameterDictionary, finds_every_avp_that_it_lists) {
  auto const& dictionary = Dictionary::standard();
  ASSERT_GT(dictionary.avps().size(), 130U);
  for (auto const& rule : dictionary.avps()) {
    EXPECT_EQ(dictionary.avp(rule.code, rule.vendor), &rule) << rule.name;
    EXPECT_EQ(dictionary.avp(rule.name), &rule);
    EXPECT_TRUE(rule.type != Type::enumerated || !rule.values.empty()) << rule.name << " has no values";
    EXPECT_TRUE(rule.type != Type::grouped || !rule.members.empty()) << rule.name << " has no members";
  }
}

TEST(DiameterDictionary, has_the_grammars_of_the_commands) {
  auto const* const ccr = Dictionary::standard().command(272, true);
  ASSERT_NE(ccr, nullptr);
  EXPECT_EQ(ccr->name, "Credit-Control-Request");
  EXPECT_EQ(ccr->application, 4U);
  EXPECT_TRUE(ccr->proxiable);
  auto const occurrence = [&](std::string_view name) { return *std::ranges::find(ccr->avps, name, &Occurrence::avp); };
  EXPECT_TRUE(ccr->avps.front().fixed);
  EXPECT_EQ(ccr->avps.front().avp, "Session-Id");
  EXPECT_EQ(occurrence("Origin-Host").least, 1U);
  EXPECT_EQ(occurrence("Destination-Host").least, 0U);
  EXPECT_EQ(occurrence("Destination-Host").most, 1U);
  EXPECT_EQ(occurrence("Used-Service-Unit").most, std::numeric_limits<std::uint32_t>::max());
  auto const* const cer = Dictionary::standard().command(257, true);
  ASSERT_NE(cer, nullptr);
  EXPECT_FALSE(cer->proxiable);
  EXPECT_EQ(cer->avps[2].least, 1U);
  for (auto const* const name : {"CER", "CEA", "DWR", "DWA", "DPR", "DPA", "CCR", "CCA", "RAR", "RAA", "ASR", "ASA"}) {
    EXPECT_EQ(std::ranges::count(Dictionary::standard().commands(), name, &CommandRule::abbreviation), 1) << name;
  }
}

TEST(DiameterDictionary, names_values) {
  auto const& values = Dictionary::standard().avp("Result-Code")->values;
  auto const found = std::ranges::find(values, 4012U, &EnumValue::value);
  ASSERT_NE(found, values.end());
  EXPECT_EQ(found->name, "DIAMETER_CREDIT_LIMIT_REACHED");
}

TEST(DiameterDictionary, reads_its_own_grammar) {
  auto const dictionary = Dictionary::parse(
      "@vendor 9 ;; nine\n@avp\n A 1 Grouped M X1-2.3\n B 2 Unsigned32 no Y\n# not read @\n"
      "@enum B ONE 1 TWO 2\n@grouped A ::= < AVP Header: 1, 9 > < B > 2*3 [ A ] *4 { AVP }\n"
      "@application 7 @command BR B-Request Z BR ::= < Diameter Header: 5, REQ > 1*{ A }");
  ASSERT_TRUE(dictionary) << describe(dictionary.error());
  auto const& members = dictionary->avp(1, 9)->members;
  ASSERT_EQ(members.size(), 3U);
  EXPECT_TRUE(members[0].fixed);
  EXPECT_EQ(members[1].least, 2U);
  EXPECT_EQ(members[1].most, 3U);
  EXPECT_EQ(members[2].least, 0U);
  EXPECT_EQ(members[2].most, 4U);
  EXPECT_EQ(dictionary->avp("A")->clause, "X 1 2.3");
  EXPECT_EQ(dictionary->avp("B")->values.size(), 2U);
  EXPECT_EQ(dictionary->command(5, true)->application, 7U);
  EXPECT_EQ(dictionary->command(5, false), nullptr);
}

TEST(DiameterDictionary, refuses_with_octet_and_rule) {
  struct {
    std::string_view text;
    std::size_t offset;
    std::string_view rule;
  } const refused[] = {
      {"avp", 0, "section"},
      {"@types", 1, "section"},
      {"@vendor x", 8, "@vendor"},
      {"@avp A 1 Text M c", 9, "AVP type"},
      {"@avp A 1 Time X c", 14, "M-rule"},
      {"@avp A 4294967296 Time M c", 7, "AVP code"},
      {"@avp A 1 Time M c A 2 Time M c", 18, "AVP name"},
      {"@avp A 1 Time M c B 1 Time M c", 18, "AVP code"},
      {"@enum A ONE 1", 6, "@enum"},
      {"@avp A 1 Time M c @grouped A ::= < AVP Header: 1 > { A }", 27, "@grouped"},
      {"@avp A 1 Grouped M c @grouped A ::= < AVP Header: 2 > { A }", 30, "AVP Header"},
      {"@avp A 1 Grouped M c @grouped A ::= < AVP Header: 1 > { B }", 56, "member"},
      {"@avp A 1 Grouped M c @grouped A ::= < AVP Header: 1 > { A ]", 58, "member"},
      {"@avp A 1 Grouped M c @grouped A ::= < AVP Header: 1 > 3*2{ A }", 57, "qualifier"},
      {"@command X X-Request c Y ::= < Diameter Header: 1 >", 23, "@command"},
      {"@command X X-Request c X ::= < Diameter Header: 1, FOO >", 51, "command flag"},
      {"@command X X-Request c X ::=", 28, "Header"},
  };
  for (auto const& c : refused) {
    auto const dictionary = Dictionary::parse(c.text);
    ASSERT_FALSE(dictionary) << c.text;
    EXPECT_EQ(dictionary.error().offset, c.offset) << c.text;
    EXPECT_EQ(dictionary.error().rule, c.rule) << c.text;
  }
}

TEST(DiameterDictionary, makes_avps_with_the_flags_of_their_rule) {
  auto const session_id = make("Session-Id", "a;1");
  EXPECT_EQ(session_id.flags, flag_mandatory);
  EXPECT_EQ(session_id.padding.size(), 1U);
  EXPECT_EQ(make("Product-Name", "tollgate").flags, 0);
  auto const im = make_grouped("IM-Information", {make("Total-Number-Of-Messages-Sent", 3U)});
  EXPECT_EQ(im.flags, flag_vendor | flag_mandatory);
  EXPECT_EQ(im.vendor, 10415U);
  auto const members = parse_avps(im.data);
  ASSERT_TRUE(members);
  auto const* const total = find(*members, "Total-Number-Of-Messages-Sent");
  ASSERT_NE(total, nullptr);
  EXPECT_EQ(unsigned32(*total), 3U);
  EXPECT_EQ(find(*members, "Session-Id"), nullptr);
  EXPECT_EQ(unsigned64(make_unsigned64("CC-Total-Octets", 1ULL << 40U)), 1ULL << 40U);
}

TEST(DiameterDictionary, names_commands) {
  EXPECT_EQ(command_name({.flags = flag_request, .command = 272}), "CCR");
  EXPECT_EQ(command_name({.command = 280}), "DWA");
  EXPECT_EQ(command_name({.flags = flag_request, .command = 999}), "command 999 request");
  EXPECT_EQ(command_name({.command = 999}), "command 999 answer");
}

}  // namespace
}  // namespace tollgate::diameter
