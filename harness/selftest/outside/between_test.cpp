// The suite through programs of another make: freeDiameter as the relay agent before the Charging Enabler, kamailio as the proxy
// before the server. What is about one hop is not applicable, and says so.
#include "selftest/outside/between_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class InBetween : public testing::Test {
 protected:
  void SetUp() override {
    if (auto const why = no_network(); !why.empty()) GTEST_SKIP() << "this user may make no network: " << why;
  }
  Between run;
};
using ThroughFreeDiameter = InBetween;
using ThroughKamailio = InBetween;

constexpr char const* relay = "relay = true\n";
/// AVP 282, M, 22 octets (RFC 6733 6.7.1).
std::string const route_record = std::string("\0\0\x01\x1a\x40\0\0\x16", 8) + "im.ims.example";

TEST_F(ThroughFreeDiameter, TheSuitePasses) {
  auto const file = run.sut_file("sip = \"udp:10.77.0.1:5060\"", "10.77.0.2:3868", relay);
  auto const ended =
      run.run("freediameter", file, selection("ORD-01 ORD-02 ORD-03 ORD-05 ORD-12 RSV DBT-01 DBT-02 DBT-07 DBT-12 NC-05 DI-02 DI-07"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, ContainsRegex("PASS .*ORD-03"));
  EXPECT_THAT(ended.output, ContainsRegex("N/A .*DI-02.*which is with a relay agent"));
  EXPECT_THAT(run.octets("ORD-12", trace::Channel::ch2), HasSubstr(route_record)) << "the relay agent says from whom it has the CCR";
  auto const log = read_file(run.folder / "between.log");
  EXPECT_THAT(log, ContainsRegex("STATE_OPEN.*ocs.ims.example"));
  EXPECT_THAT(log, ContainsRegex("STATE_OPEN.*im.ims.example"));
}

/// A relay agent hides no fault of what it relays.
TEST_F(ThroughFreeDiameter, AFaultFails) {
  auto const file = run.sut_file("sip = \"udp:10.77.0.1:5060\"", "10.77.0.2:3868\", \"--fault\", \"M01", relay);
  // A relay that has one of its two connections only refuses the reserve request itself (3002), and then nothing comes: once more.
  auto ended = run.run("freediameter", file, "ORD-03 --timeout-scale 2");
  for (int i = 0; i < 2 && ended.output.contains("missing reserve_units"); ++i)
    ended = run.run("freediameter", file, "ORD-03 --timeout-scale 2");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("unexpected INVITE"));
}

TEST_F(ThroughKamailio, TheSuitePasses) {
  auto const file = run.sut_file("sip = \"udp:10.77.0.2:5060\"\nproxy = true", "{charging}", "");
  auto const ended =
      run.run("proxy", file, selection("ORD-01 ORD-02 ORD-03 ORD-05 ORD-12 REG INV BYE DBT-02 MS-03 RB-02 RB-02b --filter=-INV-11:BYE-04"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, ContainsRegex("PASS .*ORD-03"));
  for (auto const* id : {"INV-10", "RB-02 ", "RB-02b"})  // the proxy reads the malformed ones of RB-02 before the server does
    EXPECT_THAT(ended.output, ContainsRegex(std::string("N/A .*") + id + ".*a proxy is between"));
  EXPECT_THAT(run.octets("ORD-12", trace::Channel::sip), HasSubstr("Record-Route: <sip:10.77.0.2;lr>"));
  EXPECT_THAT(run.file("ORD-12"), Not(HasSubstr("\"10.77.0.1:5060\""))) << "nothing goes past the proxy";
}

/// Without the path of the binding the INVITE goes past the proxy, and its dialog has no route.
TEST_F(ThroughKamailio, APathThatIsIgnoredShows) {
  auto const file = run.sut_file("sip = \"udp:10.77.0.2:5060\"\nproxy = true", "{charging}\", \"--fault\", \"M193", "");
  EXPECT_EQ(run.run("proxy", file, "ORD-12").exit, 0);
  EXPECT_THAT(run.octets("ORD-12", trace::Channel::sip), Not(HasSubstr("Record-Route")));
}

}  // namespace
}  // namespace tollgate::selftest
