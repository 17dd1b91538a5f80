#include "runner/scenario/scenario.hpp"

#include <gmock/gmock.h>
#include <span>

#include "runner/scenario/labels.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;

std::string scenario(std::string const& steps, std::string const& purpose = "<purpose>p</purpose>") {
  return "<scenario id=\"T-01\" clause=\"c\" strength=\"shall\" kind=\"live\">\n" + purpose + "\n" + steps + "\n</scenario>\n";
}

TEST(ScenarioReader, ReadsEveryVerb) {
  auto const read = read_scenario("t.xml", scenario(R"(
    <deposit to="alice">hello</deposit>
    <send by="alice" message="REGISTER" expires="0"/>
    <unordered><expect by="alice" message="200 REGISTER"/><expect by="ocs" message="reserve_units" as="r" requested="2"/></unordered>
    <silence by="alice" message="INVITE" during="0.9*msrp_transaction" since="r"/>
    <answer by="ocs" to="r" result="4012" granted="0"/>
    <expect by="alice" message="INVITE" as="i"/>
    <answer by="alice" to="i" status="183" setup="passive"/>
    <answer by="alice" to="i" status="200"/>
    <probe by="alice"/>
    <close by="alice"/>)"));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->info.id, "T-01");
  EXPECT_EQ(read->info.purpose, "p");
  ASSERT_EQ(read->flows.size(), 1U);
  auto const& steps = read->flows.front().steps;
  ASSERT_EQ(steps.size(), 10U);
  EXPECT_EQ(steps[1].line, 5);
  auto const& answer = std::get<step::Answer>(steps[4].what);
  EXPECT_EQ(answer.code, 4012);
  EXPECT_EQ(answer.granted, 0U);
  EXPECT_EQ(std::get<step::Answer>(steps[6].what).setup, "passive");
  EXPECT_EQ(read->where, "t.xml:1:1");
}

struct Row {
  std::string text;
  char const* where;
  char const* what;
};
std::string const expect = R"(<send by="alice" message="OPTIONS"/><expect by="alice" message="INVITE" as="i"/>)";

void expect_refused(std::span<Row const> rows) {
  for (auto const& row : rows) {
    auto const read = read_scenario("t.xml", row.text);
    ASSERT_FALSE(read) << row.text;
    EXPECT_THAT(read.error().where, HasSubstr(row.where)) << row.text << "\n" << read.error().text();
    EXPECT_THAT(read.error().what, HasSubstr(row.what)) << row.text;
  }
}

TEST(ScenarioReader, RefusesWithFileLineAndColumn) {
  Row const rows[] = {
      {scenario(""), "t.xml:1:1", "expects nothing"},
      {scenario(expect, ""), "t.xml:1:1", "needs a <purpose>"},
      {scenario("<if/>" + expect), "t.xml:3:1", "<if> is no step"},
      {scenario(R"(<expect by="alice" messag="INVITE"/>)"), "t.xml:3:20", "no attribute 'messag'"},
      {scenario(R"(<expect message="INVITE"/>)"), "t.xml:3:1", "needs the attribute 'by'"},
      {scenario(R"(<expect by="ocs" message="close" within="soon"/>)"), "t.xml:3:34", "no duration"},
      {scenario(R"(<expect by="ocs" message="close" units="-1"/>)"), "t.xml:3:34", "not a number"},
      {scenario(R"(<silence by="ocs" message="close" during="live-quiet"/>)"), "t.xml:3:35", "no time at all"},
      {scenario(R"(<silence by="alice" message="INVITE"/>)"), "t.xml:3:10", "can hear nothing"},
      {scenario(R"(<silence by="ocs" message="INVITE"/>)"), "t.xml:3:19", "is called 'INVITE'"},
      {scenario(R"(<silence by="ocs" message="DWR"/>)"), "t.xml:3:19", "alone=\"yes\""},
      {scenario(R"(<given state="reserving"/><count by="ocs" message="DWA" is="1"/>)"), "t.xml:3:43", "not counted"},
      {scenario(R"(<given state="reserving"/><send by="ocs" message="DWR" in="reserve"/>)" + expect), "t.xml:3:56",
       "belongs to no credit session"},
      {scenario(R"(<given state="invited"/><send by="ocs" message="RAR" in="invite"/>)" + expect), "t.xml:3:54", "no CCR"},
      {scenario(R"(<given state="reserving"/><send by="ocs" message="RAR"/>)" + expect), "t.xml:3:27", "about a credit session"},
      {scenario(R"(<send by="ocs" message="DPR"/>)" + expect), "t.xml:3:16", "alone=\"yes\""},
      {scenario(R"(<scripts by="ocs" message="CER"/>)" + expect), "t.xml:3:19", "alone=\"yes\""},
      {scenario(R"(<given state="reserving"/><answer by="ocs" to="reserve" result="2001" segment="1"/>)" + expect), "t.xml:3:71",
       "alone=\"yes\""},
      {scenario("<restart/>" + expect), "t.xml:3:1", "alone=\"yes\""},
      {scenario("<measure/>" + expect), "t.xml:3:1", "alone=\"yes\""},
      {scenario(R"(<given state="reserving" clients="0"/>)" + expect), "t.xml:3:26", "1 to 100 clients"},
      {scenario(R"(<count by="*" message="INVITE" is="0"/>)"), "t.xml:3:8", "no client has done anything"},
      {scenario(R"(<given state="invited"/><check of="invite" field="sip.Call-ID" bits="8"/>)"), "t.xml:3:64", "needs 'each'"},
      {scenario(R"(<send by="alice" message="OPTIONS" segment="0"/>)" + expect), "t.xml:3:36", "an octet or more"},
      {scenario(R"(<send by="alice" message="OPTIONS"><set field="cpim.To">x</set></send>)" + expect), "t.xml:3:36", "can be read only"},
      {scenario(R"(<client name="scscf" for="alice"/>)" + expect), "t.xml:3:22", "has done nothing before"},
      {scenario(R"(<given state="invited"/><expect by="alice" message="CANCEL" as="c"/><answer by="alice" to="c" status="200"/>)"),
       "t.xml:3:88", "<scripts message=\"CANCEL\">"},
      {scenario(R"(<send by="alice" message="OPTIONS" as="o"/><expect by="alice" message="200" copy-of="o"/>)"), "t.xml:3:77",
       "sent by us"},
      {"<scenario id=\"X-1\" clause=\"c\" strength=\"shall\" kind=\"live\" needs=\"wings\"/>", "t.xml:1:60", "no claim 'wings'"},
      {scenario(expect, "<purpose>p</purpose><example a=\"1\" needs=\"tls\"/>"), "t.xml:1:1", "say it of the scenario"},
      {scenario(R"(<send by="alice" message="OPTIONS"/><silence by="alice" message="INVTIE"/>)"), "t.xml:3:57", "is called 'INVTIE'"},
      {scenario(R"(<send by="ocs" message="OPTIONS"/>)"), "t.xml:3:16", "ocs sends DWR"},
      {scenario(R"(<given state="sending"/><close by="ocs"/>)" + expect), "t.xml:3:32", "all cases share"},
      {scenario(R"(<silence by="ocs" message="DWX"/>)"), "t.xml:3:19", "is called 'DWX'"},
      {scenario(R"(<send by="alice" message="REGISTER" credentials="bad"/>)" + expect), "t.xml:3:37", "none, wrong, good"},
      {scenario(R"(<send by="alice" message="SEND" credentials="good"/>)" + expect), "t.xml:3:33", "out of a dialog"},
      {scenario(R"(<send by="alice" message="REGISTER" proof="wrong"/>)" + expect), "t.xml:3:37", "no attribute 'proof'"},
      {scenario(R"(<given state="sending"/><silence by="alice" message="BYE" until="SENT"/>)"), "t.xml:3:59", "is called 'SENT'"},
      {scenario(R"(<given state="sending"/><check by="alice" each="SENT" field="msrp.data" times="1"/>)"), "t.xml:3:43",
       "is called 'SENT'"},
      {scenario(R"(<deposit to="a">x<b/></deposit>)" + expect), "t.xml:3:1", "text and nothing else"},
      {scenario(expect, "<purpose>p</purpose><purpose>q</purpose>"), "t.xml:2:21", "one <purpose>"},
      {scenario("loose text" + expect), "t.xml:1:1", "not text"},
      {scenario(expect + "<purpose>q</purpose>", ""), "t.xml:1:1", "needs a <purpose>"},
      {scenario(expect, "<purpose>p</purpose><ambiguity>a</ambiguity><ambiguity>b</ambiguity>"), "t.xml:2:45", "one <ambiguity>"},
      {scenario(expect, "<purpose lang=\"en\">p</purpose>"), "t.xml:2:10", "no attribute 'lang'"},
      {scenario(expect, "<purpose>p <b>q</b></purpose>"), "t.xml:2:1", "text and nothing else"},
      {scenario(R"(<send by="alice" by="bob" message="OPTIONS"/>)" + expect), "t.xml:3:18", "'by' stands twice"},
      {scenario(R"(<send by="alice" message="OPTIONS" expires="0"/>)" + expect), "t.xml:3:36", "'expires' is for REGISTER"},
      {scenario(R"(<send by="alice" message="OPTIONS">x</send>)" + expect), "t.xml:3:1", "holds elements, not text"},
      {scenario(R"(<send by="alice" message="OPTIONS"/><expect by="alice" message="200" carries="x"/>)"), "t.xml:3:70",
       "'carries' is for SEND; 200 has none"},
      {scenario(R"(<expect by="ocs" message="reserve_units" units="1"/>)"), "t.xml:3:42", "'units' is for debit_units and close"},
      {scenario(expect + R"(<expect by="alice" message="BYE" requested="1"/>)"), "t.xml:3:114", "'requested' is for reserve_units"},
      {scenario(expect + R"(<answer by="alice" to="i" status="200"/><answer by="alice" to="i" status="486"/>)"), "t.xml:3:140",
       "final answer in line 3"},
      {scenario(expect + R"(<expect by="alice" message="200 OPTIONS" as="o"/><answer by="alice" to="o" status="200"/>)"), "t.xml:3:149",
       "only requests are answered"},
      {scenario(expect + R"(<expect by="alice" message="ACK" as="o"/><answer by="alice" to="o" status="200"/>)"), "t.xml:3:141",
       "is an ACK"},
      {scenario(expect + R"(<answer by="alice" to="i" status="486" setup="active"/>)"), "t.xml:3:120", "goes with the SDP answer"},
  };
  expect_refused(rows);
}

TEST(ScenarioReader, RefusesNamesFieldsAndValuesThatMeanNothing) {
  Row const rows[] = {
      {scenario(expect + R"(<answer by="alice" to="i" status="200" granted="1"/>)"), "t.xml:3:120", "no 'granted'"},
      {scenario(expect + R"(<close by="alice"/>)"), "t.xml:3:88", "no MSRP connection"},
      {scenario(R"(<send by="a b" message="OPTIONS"/>)" + expect), "t.xml:3:7", "is no name"},
      {scenario(R"(<expect by="ocs" message="close" as=""/>)"), "t.xml:3:34", "needs the attribute 'as'"},
      {"<scenario id=\"../x-1\" clause=\"c\" strength=\"shall\" kind=\"live\"/>", "t.xml:1:11", "is no id"},
      {"<scenario id=\"X-1\" clause=\"c\" strength=\"MUST\" kind=\"live\"/>", "t.xml:1:31", "strength is one of"},
      {"<scenario id=\"X-1\" clause=\"c\" strength=\"shall\" kind=\"live\" bundles=\"CR-X\"/>", "t.xml:1:60", "no bundle 'CR-X'"},
      {scenario(R"(<answer by="alice" to="x" status="200"/>)" + expect), "t.xml:3:20", "no message was received or sent as 'x'"},
      {scenario(expect + "\n" + expect), "t.xml:4:73", "names an earlier message"},
      {scenario(expect + R"(<answer by="ocs" to="i" result="2001"/>)"), "t.xml:3:98", "'i' was received by alice"},
      {scenario(expect + R"(<answer by="alice" to="i"/>)"), "t.xml:3:81", "needs the attribute 'status'"},
      {scenario(expect + R"(<answer by="alice" to="i" status="700"/>)"), "t.xml:3:107", "100 to 699"},
      {scenario(R"(<send by="alice" message="BYE NOW"/>)" + expect), "t.xml:3:18", "is no method"},
      {scenario(expect + R"(<answer by="alice" to="i" status="200"/><answer by="alice" to="i" status="200"/>)"), "t.xml:3:140",
       "final answer in line 3"},
      {scenario(R"(<given state="invited"/><check of="invite" field="sip.r-uri" is="{alice.contacts}"/>)"), "t.xml:3:25", "names nothing"},
      {scenario(R"(<given state="invited"/><check of="invite" field="sap.r-uri" is="x"/>)"), "t.xml:3:44", "is no field"},
      {scenario(R"(<given state="invited"/><check of="invite" field="sip.To sap.r-uri" is="x"/>)"), "t.xml:3:44", "is no field"},
      {scenario(R"(<given state="sending"/><check by="alice" each="SEND" since="send1" field="msrp.data" times="1"/>)"), "t.xml:3:55",
       "'since' is for a 'series'"},
      {scenario(R"(<given state="invited"/><check of="invite" field="sip.r-uri" matches="("/>)"), "t.xml:3:62", "no regular expression"},
      {scenario(R"(<given state="invited"/><check of="offer" field="sip.r-uri" is="x"/>)"), "t.xml:3:32",
       "no message was received or sent as 'offer'"},
      {scenario(R"(<given state="near"/>)" + expect), "t.xml:3:8", "state is one of"},
      {scenario(expect + R"(<answer by="alice" to="i" status="200"><set field="sip.Contact.uri">x</set></answer>)"), "t.xml:3:120",
       "as a whole"},
      {scenario(expect + R"(<answer by="alice" to="i" status="200"><put field="sip.Contact">x</put></answer>)"), "t.xml:3:120",
       "holds set, add, remove and octets"},
      {scenario(R"(<expect by="ocs" message="close" carries="x"/>)"), "t.xml:3:34", "'carries' is for SEND"},
      {scenario(R"(<expect by="ocs" message="close" by="ocs"/>)"), "t.xml:3:34", "stands twice"},
      {scenario(R"(<count by="ocs" message="close"/>)"), "t.xml:3:1", "needs 'is'"},
      {scenario(R"(<silence by="ocs" message="close" profile="D-NEVER"/>)"), "t.xml:3:35", "no axis value"},
      {scenario(expect, "<purpose>p</purpose><example a=\"1\"/><example b=\"1\"/>"), "t.xml:2:", "names the same values"},
      {scenario("<unordered/>" + expect), "t.xml:3:1", "empty"},
      {scenario("<deposit to=\"alice\"></deposit>" + expect), "t.xml:3:1", "needs the text"},
      {scenario("<deposit to=\"alice\" empty=\"yes\">x</deposit>" + expect), "t.xml:3:21", "has no text"},
      {"<scenario>\n<a></b></scenario>", "t.xml:2:", "mismatch"},
      {"<other/>", "t.xml:1:1", "not <scenario>"},
      {"", "t.xml:1:1", ""},
  };
  expect_refused(rows);
}

/// What no message has would be missed by every server, or by none.
TEST(ScenarioReader, RefusesFieldsThatNoMessageOrNoMessageOfThatNameHas) {
  auto const with = [](std::string const& field) {
    return scenario(R"(<given state="invited"/><check of="invite" field=")" + field + R"(" matches=".+"/>)");
  };
  Row const rows[] = {
      {with("sip.CSeq.foo"), "t.xml:3:44", "CSeq has no part 'foo'; there are seq method"},
      {with("sip.r-uri.usr"), "t.xml:3:44", "no part 'usr'"},
      {with("sip.Via.brnch"), "t.xml:3:44", "no part 'brnch'"},
      {with("sip.Method.x"), "t.xml:3:44", "read as a whole"},
      {with("sip.frob"), "t.xml:3:44", "no header field of SIP is called 'frob'"},
      {with("sdp.m.prt"), "t.xml:3:44", "m has no part 'prt'"},
      {with("sdp.c.adress"), "t.xml:3:44", "no part 'adress'"},
      {with("sdp.pth"), "t.xml:3:44", "no line or attribute 'pth'"},
      {with("msrp.To-Path"), "t.xml:3:44", "'msrp.To-Path' is no field of INVITE"},
      {with("cpim.DateTime"), "t.xml:3:44", "is no field of INVITE"},
      {with("diameter.Session-Id"), "t.xml:3:44", "'diameter.Session-Id' is no field of INVITE"},
      {scenario(R"(<given state="sending"/><check of="send1" field="cpim.Datetime" is="x"/>)"), "t.xml:3:43", "no header of CPIM"},
      {scenario(R"(<given state="sending"/><check of="send1" field="msrp.Byte-Range.begin" is="1"/>)"), "t.xml:3:43", "start end total"},
      {scenario(R"(<given state="sending"/><check of="send1" field="sip.To" is="1"/>)"), "t.xml:3:43", "is no field of SEND"},
      {scenario(R"(<given state="invited"/><check by="ocs" each="reserve_units" field="sip.To" times="1"/>)"), "t.xml:3:62",
       "is no field of reserve_units"},
      {scenario(R"(<given state="invited"/><check of="invite" field="sip.To" is-not="{invite:msrp.data}"/>)"), "t.xml:3:25",
       "is no field of INVITE"},
  };
  expect_refused(rows);
  for (auto const* field : {"sip.Contact.;x", "sip.r-uri.;anything", "sip.X-Own", "sdp.X-own", "sip.To.tag", "sdp.o.sess-id"}) {
    auto const read = read_scenario("t.xml", with(field));
    EXPECT_TRUE(read) << field << read.error().text();
  }
}

TEST(ScenarioReader, RefusesWhatIsTwiceOrTooMuch) {
  Row const rows[] = {
      {scenario(expect, "<purpose>p</purpose><not-built>a</not-built><not-built>b</not-built>"), "t.xml:2:45", "one <not-built>"},
      {scenario(R"(<send by="alice" message="REGISTER"><add field="sip.X">{4194305*u}</add></send>)" + expect), "t.xml:3:37",
       "'4194305*' makes 4194305 octets, more than 4194304"},
      {scenario(R"(<client name="alice" user="{n}{4194305*u}"/>)" + expect), "t.xml:3:1", "more than 4194304"},
  };
  expect_refused(rows);
}

TEST(ScenarioReader, KnowsTheNamesOfEachOfSeveralClients) {
  auto const read = read_scenario("t.xml", scenario(R"(
    <given state="invited" clients="3"/>
    <distinct of="invite alice2.invite alice3.invite" field="sip.Call-ID"/>
    <check by="*" each="INVITE" field="sip.Call-ID" distinct="3" bits="8"/>
    <answer by="alice3" to="alice3.invite" status="486"/>
    <check of="invite" field="sip.Call-ID" is-not="{other-case:alice2.invite:sip.Call-ID}"/>)"));
  ASSERT_TRUE(read) << read.error().text();
  auto const& given = std::get<step::Given>(read->flows.front().steps.front().what);
  EXPECT_EQ(given.clients, 3U);
}

TEST(ScenarioReader, KnowsOtherSpellings) {
  EXPECT_EQ(split_spelling("other-case:alice.path"), std::pair(Spelling::other_case, std::string_view("alice.path")));
  EXPECT_EQ(split_spelling("escaped:invite:sdp.path.host").first, Spelling::escaped);
  EXPECT_EQ(split_spelling("invite:sdp.path.host"), std::pair(Spelling::as_it_is, std::string_view("invite:sdp.path.host")));
  auto const read = read_scenario("t.xml", scenario(R"(
    <given state="invited"/>
    <check of="invite" field="sip.Call-ID" is-not="{either-case:invite:sdp.path.host}{escaped:alice.host}{ocs.peer}"/>)"));
  EXPECT_TRUE(read) << read.error().text();
}

TEST(ScenarioReader, FillsTheValuesOfEachExampleIn) {
  auto const read = read_scenario(
      "t.xml", scenario(R"(
    <given state="sending"/>
    <answer by="alice" to="send1" status="{code}"><set field="msrp.X-Comment">{word} {code}</set></answer>
    <expect by="ocs" message="debit_units" within="{wait}"/>)",
                        R"(<purpose>p</purpose><example code="413" word="a" wait="1s"/><example code="200" word="b" wait="live"/>)"));
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->flows.size(), 2U);
  EXPECT_EQ(read->flows[0].label, "code=413 wait=1s word=a");
  auto const& answer = std::get<step::Answer>(read->flows[1].steps[1].what);
  EXPECT_EQ(answer.code, 200);
  EXPECT_EQ(answer.changes.edits.front().value, "b 200");
}

}  // namespace
}  // namespace tollgate
