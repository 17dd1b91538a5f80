// The published schema and the reader beside each other: what one of them refuses, the other refuses too, but for what no
// schema can say, which is listed here.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

#include "base/xml_schema_test.hpp"
#include "runner/scenario/scenario.hpp"

namespace tollgate {
namespace {

std::filesystem::path tree() {
  return std::filesystem::path(TOLLGATE_SOURCE_DIR) / "scenarios";
}

bool schema_accepts(std::string const& text) {
  return checked_by_xmllint(text, "scenarios/scenario.xsd").empty();
}

std::string const send = R"(<send by="alice" message="REGISTER"/>)";
std::string const invited = send + R"(<expect by="alice" message="INVITE" as="i"/>)";

std::string with(std::string const& steps, std::string const& head = R"(id="T-01" clause="c" strength="shall" kind="live")",
                 std::string const& about = "<purpose>p</purpose>") {
  return "<scenario " + head + ">" + about + steps + "</scenario>\n";
}

TEST(ScenarioFiles, LoadAndAreValid) {
  int files = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(tree() / "deferred_push")) {
    if (entry.path().extension() != ".xml") continue;
    ++files;
    std::ifstream in(entry.path());
    std::string const text(std::istreambuf_iterator<char>(in), {});
    auto const read = read_scenario(entry.path().string(), text);
    EXPECT_TRUE(read) << read.error().text();
    EXPECT_TRUE(schema_accepts(text)) << entry.path();
  }
  EXPECT_GE(files, 9);
}

TEST(ScenarioSchema, AndTheReaderAccept) {
  std::string const good[] = {
      with(invited),
      "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- before -->" + with(invited) + "<!-- after -->\n",
      with(invited, R"(id="MINE-01b" clause="&lt;c&gt; &#167;1" strength="rfc-must" kind="invariant" bundles="CR-ALL TWELVE-STEP")"),
      with(
          invited,
          R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="scenario.xsd" id="T-01" clause="c" strength="shall" kind="live")"),
      with(invited, R"(id='T-01' clause='say "c"' strength='shall' kind='live')", "<purpose>p &amp; q</purpose><ambiguity>a</ambiguity>"),
      with(R"(<deposit to="alice"><![CDATA[a < b]]></deposit>)" + invited),
      with(R"(<deposit to="alice" empty="yes" optional="yes"/>)" + invited),
      with(R"(<client name="alice" connects="yes" accepts-msrp="always"/>)" + invited),
      with(invited + R"(<answer by="alice" to="i" status="180"/><answer by="alice" to="i" status="183" setup="active"/>
           <answer by="alice" to="i" status="200"/><expect by="alice" message="SEND" carries="" within="1.5*live-epsilon" since="i"/><close by="alice"/>)"),
      with(
          R"(<given state="sending" messages="2"/><answer by="alice" to="send1" status="{code}" as="sent"><set field="msrp.From-Path">{alice.path}</set>
           <octets find="MSRP" put=""/></answer><answer by="alice" to="send1" status="413" again="yes"/><repeat by="alice" of="sent" times="2"/>
           <check by="alice" each="SEND" field="msrp.Message-ID" distinct="2"/><expect by="ocs" message="debit_units|close" for="alice" profile="D-FIRST"/>)",
          R"(id="T-01" clause="c" strength="shall" kind="live" detects="M38" runs="2" heavy="yes")",
          R"(<purpose>p</purpose><example code="400"/><example code="999"/>)"),
      with(
          R"(<client name="alice" connects="early" chunks="yes" window="small" stalls-after="3000" accepts-msrp="never"/><given state="in-session"/>
           <send by="alice" message="SEND" segment="1"/><resume by="alice"/><silence by="ocs" message="debit_units" unless-closed="alice"/>)",
          R"(id="T-01" clause="c" strength="shall" kind="live" needs="sip_tcp tls")"),
      with(
          R"(<scripts by="ocs" message="CER"/><close by="ocs"/><expect by="ocs" message="CER" as="cer"/><answer by="ocs" to="cer" result="5010"/>
           <given state="reserving"/><send by="ocs" message="RAR" in="reserve"/><expect by="ocs" message="RAA|9999999"/><restart/>)",
          R"(id="T-01" clause="c" strength="shall" kind="live" alone="yes")"),
      with(
          send +
          R"(<unordered><!-- any order --><expect by="alice" message="200"/><expect by="ocs" message="*"/></unordered><probe by="ocsar"/>)"),
  };
  for (auto const& text : good) {
    auto const read = read_scenario("t.xml", text);
    EXPECT_TRUE(read) << text << read.error().text();
    EXPECT_TRUE(schema_accepts(text)) << text;
  }
}

/// Refused by both.
std::string const bad[] = {
      // the scenario itself
    "",
    "x",
    "<other/>",
    "<scenario/>",
    with(""),
    with(invited, ""),
    with(invited) + with(invited),
    with(invited) + "text",
    "<!DOCTYPE scenario><other/>",
    with(invited, R"(id="T-01" clause="c" strength="must" kind="live")"),
    with(invited, R"(id="T-01" clause="c" strength="shall" kind="fast")"),
    with(invited, R"(id="t-01" clause="c" strength="shall" kind="live")"),
    with(invited, R"(id="T01" clause="c" strength="shall" kind="live")"),
    with(invited, R"(id="T-01bc" clause="c" strength="shall" kind="live")"),
    with(invited, R"(id="T-" clause="c" strength="shall" kind="live")"),
    with(invited, R"(id="T-01" clause="" strength="shall" kind="live")"),
    with(invited, R"(id="T-01" clause=" " strength="shall" kind="live")"),
    with(invited, R"(id="T-01" strength="shall" kind="live")"),
    with(invited, R"(id="T-01" clause="c" strength="shall" kind="live" level="x")"),
    with(invited, R"(id="T-01" clause="c" strength="shall" kind="live" bundles="CR-NONE")"),
    with(invited, R"(xmlns="urn:x" id="T-01" clause="c" strength="shall" kind="live")"),
    with(invited, R"(id="T-01" id="T-02" clause="c" strength="shall" kind="live")"),
    with(invited, R"(id="T-01"clause="c" strength="shall" kind="live")"),
    with(invited, R"(id="T-01" clause="a<b" strength="shall" kind="live")"),
    with(invited, R"(id="T-01" clause="&section;" strength="shall" kind="live")"),
    with(invited, R"(id="T-01" clause="a & b" strength="shall" kind="live")"),
      // what stands before the steps
    with(invited, R"(id="T-01" clause="c" strength="shall" kind="live")", ""),
    with(invited, R"(id="T-01" clause="c" strength="shall" kind="live")", "<purpose> </purpose>"),
    with(invited, R"(id="T-01" clause="c" strength="shall" kind="live")", "<ambiguity>a</ambiguity><purpose>p</purpose>"),
    with("<purpose>q</purpose>" + invited),
    with(invited + "<purpose>q</purpose>"),
    with(invited + "<ambiguity>q</ambiguity>"),
    with("text" + invited),
    with("<ambiguity/>" + invited),
    with(invited, R"(id="T-01" clause="c" strength="shall" kind="live")", "<purpose><b>p</b></purpose>"),
      // steps
    with("<if/>" + invited),
    with("<deposit>x</deposit>" + invited),
    with(R"(<deposit to="alice" by="bob">x</deposit>)" + invited),
    with(R"(<deposit to="alice">x<b/></deposit>)" + invited),
    with(R"(<deposit to="ocs">x</deposit>)" + invited),
    with(R"(<send by="alice"/>)" + invited),
    with(R"(<send message="REGISTER"/>)" + invited),
    with(R"(<send by="" message="REGISTER"/>)" + invited),
    with(R"(<send by="1" message="REGISTER"/>)" + invited),
    with(R"(<send by="alice" message="REGISTER" expires="soon"/>)" + invited),
    with(R"(<send by="alice" message="REGISTER" expires="-1"/>)" + invited),
    with(R"(<send by="alice" message="REGISTER" expires="4294967296"/>)" + invited),
    with(R"(<send by="alice" message="REGISTER">x</send>)" + invited),
    with(send + R"(<expect by="alice"/>)"),
    with(send + R"(<expect by="alice" message="INVTIE"/>)"),
    with(send + R"(<expect by="alice" message="99"/>)"),
    with(send + R"(<expect by="alice" message="999"/>)"),
    with(send + R"(<expect by="alice" message="200 *"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" as="1"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" as=""/>)"),
    with(send + R"(<expect by="alice" message="INVITE" as="a b"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" within="soon"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" within="2 s"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" within="1e3s"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" within="1e1*live"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" within="1.2.3s"/>)"),
    with(send + R"(<expect by="alice" message="INVITE" within=""/>)"),
    with(send + R"(<expect by="alice" message="INVITE" within="2 * live"/>)"),
    with(send + R"(<expect by="ocs" message="debit_units" units="many"/>)"),
    with(send + R"(<expect by="ocs" message="debit_units" units="-1"/>)"),
    with(send + R"(<expect by="alice" message="INVITE"><b/></expect>)"),
    with(send + R"(<expect by="alice" message="INVITE">x</expect>)"),
    with(send + R"(<unordered/>)"),
    with(send + R"(<unordered by="alice"><expect by="alice" message="200"/></unordered>)"),
    with(send + R"(<unordered>x<expect by="alice" message="200"/></unordered>)"),
    with(send + R"(<unordered><silence by="alice" message="BYE"/></unordered>)"),
    with(send + R"(<silence by="alice"/>)"),
    with(send + R"(<silence by="alice" message="INVITE" during="3"/>)"),
    with(send + R"(<silence by="alice" message="BYE" as="b"/>)"),
    with(invited + R"(<answer by="alice" status="200"/>)"),
    with(invited + R"(<answer to="i" status="200"/>)"),
    with(invited + R"(<answer by="alice" to="i" status="99"/>)"),
    with(invited + R"(<answer by="alice" to="i" status="OK"/>)"),
    with(invited + R"(<answer by="alice" to="i" status="200" setup="actpass"/>)"),
    with(send + R"(<expect by="ocs" message="reserve_units" as="r"/><answer by="ocs" to="r" result="999"/>)"),
    with(send + R"(<expect by="ocs" message="reserve_units" as="r"/><answer by="ocs" to="r" result="10000"/>)"),
    with(invited + "<probe/>"),
    with(invited + R"(<probe by="alice" within="2s"/>)"),
    with(invited + R"(<probe by="ocs"/>)"),
    with(invited + R"(<close by="alice">x</close>)"),
      // XML
    with(invited + "<!-- a -- b -->"),
    with(invited + R"(<probe by="alice">)"),
    with("<b>" + invited),
    std::string("\xff") + with(invited),
    with(invited + "\x01"),
    with(invited + "&nbsp;"),
};

TEST(ScenarioSchema, AndTheReaderRefuse) {
  for (auto const& text : bad) {
    EXPECT_FALSE(read_scenario("t.xml", text)) << "the reader accepts " << text;
    EXPECT_FALSE(schema_accepts(text)) << "the schema accepts " << text;
  }
}

/// Order, reference and sense: no XML Schema 1.0 says these.
TEST(ScenarioSchema, CannotSayWhatTheReaderSays) {
  std::string const senseless[] = {
      with(R"(<deposit to="alice"/>)" + invited),
      with(R"(<deposit to="alice"> </deposit>)" + invited),
      with(R"(<deposit to="alice" empty="yes">x</deposit>)" + invited),
      with(R"(<send by="alice" message="INVITE"/>)" + invited),
      with(invited + R"(<answer by="alice" to="i" status="700"/>)"),
      "<!DOCTYPE scenario>" + with(invited),
      with(send),
      with(send + R"(<expect by="bob" message="INVITE"/>)"),
      with(send + R"(<expect by="ocs" message="INVITE"/>)"),
      with(send + R"(<expect by="alice" message="INVITE" carries="x"/>)"),
      with(send + R"(<expect by="ocs" message="reserve_units" units="1"/>)"),
      with(send + R"(<expect by="alice" message="INVITE" since="i"/>)"),
      with(invited + R"(<expect by="alice" message="BYE" as="i"/>)"),
      with(invited + R"(<answer by="alice" to="x" status="200"/>)"),
      with(invited + R"(<answer by="ocs" to="i" result="2001"/>)"),
      with(invited + R"(<answer by="alice" to="i"/>)"),
      with(invited + R"(<answer by="alice" to="i" status="200"/><answer by="alice" to="i" status="200"/>)"),
      with(invited + R"(<close by="alice"/>)"),
      with(send + R"(<expect by="alice" message="200" as="o"/><answer by="alice" to="o" status="200"/>)"),
      with(R"(<send by="alice" message="OPTIONS" expires="0"/>)" + invited),
      with(send + R"(<expect by="alice" message="INVITE" within="live-quiet"/>)"),
      with(R"(<send by="ocs" message="REGISTER"/>)" + invited),
      with(invited + R"(<close by="ocs"/>)"),
      with(send + R"(<expect by="ocs" message="CER"/>)"),
      with("<restart/>" + invited),
  };
  for (auto const& text : senseless) {
    EXPECT_FALSE(read_scenario("t.xml", text)) << "the reader accepts " << text;
    EXPECT_TRUE(schema_accepts(text)) << "the schema can say it after all: " << text;
  }
}

}  // namespace
}  // namespace tollgate
