// SIP over TCP and TLS, CH-2 over TLS, and both over IPv6: the same purposes and verdicts as over UDP and TCP. What does not come
// to speak TLS is found out, and harms nothing else.
#include <gmock/gmock.h>

#include "base/text.hpp"
#include "selftest/crossed_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Way {
  char const* name;
  char const* flags;
  trace::Transport sip;
  trace::Transport ch2;
  char const* host;
};
void PrintTo(Way const& way, std::ostream* out) {
  *out << way.flags;
}

class Transports : public testing::TestWithParam<Way> {
 protected:
  /// ORD-12 went that way, and the messages say so.
  static void expect_it_went_that_way(std::filesystem::path const& out) {
    auto const& way = GetParam();
    auto const sip = crossed(out / "tests/ORD-12.jsonl", trace::Channel::sip);
    auto const ch2 = crossed(out / "tests/ORD-12.jsonl", trace::Channel::ch2);
    EXPECT_THAT(sip.over, testing::ElementsAre(way.sip));
    EXPECT_THAT(ch2.over, testing::ElementsAre(way.ch2));
    EXPECT_THAT(sip.hosts, testing::ElementsAre(way.host));
    EXPECT_THAT(ch2.hosts, testing::ElementsAre(way.host));
    if (way.sip == trace::Transport::udp) return;
    bool const tls = way.sip == trace::Transport::tls;
    EXPECT_THAT(sip.octets, HasSubstr(tls ? "Via: SIP/2.0/TLS " : "Via: SIP/2.0/TCP "));
    EXPECT_THAT(sip.octets, HasSubstr(tls ? ";transport=tls>" : ";transport=tcp>"));
    EXPECT_THAT(sip.octets, Not(HasSubstr("SIP/2.0/UDP")));
  }
};

/// The whole suite; those who judge themselves under AddressSanitizer leave it to the release.
TEST_P(Transports, PassTheSuiteInSimulatedTime) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell(std::string("tollgate run --sim --seed 1 ") + GetParam().flags + " --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  expect_it_went_that_way(out);
}

TEST_P(Transports, PassOnSockets) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell(
      std::string(
          "tollgate run ORD-01 ORD-02 ORD-03 ORD-12 REG-01 INV-05 INV-05b SDP-01 DBT-02 MS-22 BYE-01 BYE-05 RX-02 NC-01 RB-14 --seed 1 ") +
      GetParam().flags + " --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  for (auto const line : split(ended.output, '\n'))  // what its reading leaves open is BYE and the answer to the debit (G-LOOSE)
    if (line.contains("is not ordered")) EXPECT_THAT(std::string(line), HasSubstr("9 -> 11"));
  EXPECT_THAT(ended.output, AllOf(HasSubstr("INV-05b"), Not(HasSubstr("sip_tls"))));
  expect_it_went_that_way(out);
}

INSTANTIATE_TEST_SUITE_P(All, Transports,
                         testing::Values(Way{"Tcp", "--sip tcp", trace::Transport::tcp, trace::Transport::tcp, "127.0.0.1"},
                                         Way{"Tls", "--sip tls --charging tls", trace::Transport::tls, trace::Transport::tls, "127.0.0.1"},
                                         Way{"Ipv6", "--ip 6", trace::Transport::udp, trace::Transport::tcp, "::1"},
                                         Way{"TlsOverIpv6", "--sip tls --charging tls --ip 6", trace::Transport::tls, trace::Transport::tls,
                                             "::1"}),
                         [](auto const& way) { return std::string(way.param.name); });

/// A SUT file, whose server is `imserver` at addresses of its own.
struct Files {
  std::filesystem::path folder = fresh_folder();
  std::string sip = free_address(), sip_tls = free_address(), charging = free_address();
  std::string out = (folder / "out").string();

  /// `launch` is a command of bash; the file says `sip` and `listen`.
  [[nodiscard]] std::string write(std::string const& launch, std::string const& says_sip, std::string const& says_listen) const {
    return write_file(folder / "sut.toml", "[sut]\nsip = \"" + says_sip + "\"\nlaunch = [\"bash\", \"-c\", '''" + launch +
                                               "''']\nready = \"READY\"\n[charging]\nlisten = \"" + says_listen + "\"\n");
  }
  [[nodiscard]] std::string imserver(std::string const& ce) const {
    return "exec " + bin + "/imserver --sip " + sip + " --sip-tls " + sip_tls + " --ce " + ce;
  }
};

TEST(SecuredTransports, AreWhatTheSutFileSays) {
  Files const files;
  auto const file = files.write(files.imserver("tls:{charging}"), "tls:" + files.sip_tls, "tls:" + files.charging);
  auto const ended = shell("tollgate run ORD-01 ORD-03 ORD-12 INV-05 INV-05b NT-04 --sut " + file + " --out " + files.out);
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("needs sip_udp"));
  EXPECT_THAT(crossed(files.out + "/tests/ORD-12.jsonl", trace::Channel::sip).over, testing::ElementsAre(trace::Transport::tls));
  EXPECT_THAT(crossed(files.out + "/tests/ORD-12.jsonl", trace::Channel::ch2).over, testing::ElementsAre(trace::Transport::tls));
}

TEST(SecuredTransports, AServerThatSpeaksPlainSipIsToldSo) {
  Files const files;
  auto const file = files.write(files.imserver("{charging}"), "tls:" + files.sip, files.charging);
  auto const ended = shell("tollgate run ORD-01 --sut " + file + " --out " + files.out);
  EXPECT_EQ(ended.exit, 69) << ended.output;
  EXPECT_THAT(ended.output, AllOf(HasSubstr("no answer to OPTIONS from tls " + files.sip), HasSubstr("no TLS handshake: ")));
}

TEST(SecuredTransports, AServerThatSpeaksPlainDiameterIsToldSo) {
  Files const files;
  auto const file = files.write(files.imserver("{charging}"), "udp:" + files.sip, "tls:" + files.charging);
  auto const ended = shell("tollgate run ORD-01 --sut " + file + " --out " + files.out);
  EXPECT_EQ(ended.exit, 69) << ended.output;
  EXPECT_THAT(ended.output, AllOf(HasSubstr("no Diameter peer connected"), HasSubstr("no TLS handshake: "), HasSubstr("what came is")));
}

/// The cases are judged as if it were not there; it is a finding of its own.
TEST(SecuredTransports, ABrokenHandshakeBesideAGoodOneIsAFindingThatTouchesNoCase) {
  Files const files;
  auto const colon = files.charging.find(':');
  auto const port = files.charging.substr(colon + 1);
  auto const file =
      files.write("printf 'GET / HTTP/1.0\\r\\n\\r\\n' > /dev/tcp/127.0.0.1/" + port + "; " + files.imserver("tls:{charging}"),
                  "udp:" + files.sip, "tls:" + files.charging);
  auto const ended = shell("tollgate run ORD-01 ORD-03 ORD-12 --sut " + file + " --out " + files.out);
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("no TLS handshake: "));
  EXPECT_THAT(ended.output, HasSubstr("what came is \"GET / HTTP/1.0"));
  EXPECT_THAT(ended.output, testing::ContainsRegex(R"(FAIL \[[^]]*\] PEERS)"));
  EXPECT_THAT(ended.output, Not(testing::ContainsRegex(R"(FAIL \[[^]]*\] ORD-)")));
  EXPECT_THAT(read_file(files.out + "/peers.jsonl"), HasSubstr("\"unsecured\""));
}

/// One finding, which names the port and what came to it: nothing is drawn from the messages that could not be read.
TEST(SecuredTransports, PlainMsrpWhereTlsWasAgreedIsOneFinding) {
  auto const files = Files();
  auto const ended = shell("tollgate run MS-22 MS-22b ORD-01 --fault M231 --sim --out " + files.out);
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, testing::ContainsRegex(R"(FAIL \[[^]]*\] MS-22b .*: G12)"));
  EXPECT_THAT(ended.output,
              testing::ContainsRegex(R"(a connection between [0-9.]+:[0-9]+ and [0-9.]+:[0-9]+ came to nothing: no TLS handshake)"));
  EXPECT_THAT(ended.output, testing::ContainsRegex(R"(FAIL \[[^]]*\] MS-22 .*: G12)"));
  EXPECT_THAT(ended.output, Not(HasSubstr("wrong delivery")));
  EXPECT_THAT(ended.output, Not(testing::ContainsRegex("also +G[0-9]")));
  EXPECT_THAT(read_file(files.out + "/tests/MS-22b.jsonl"), HasSubstr("what came is \\\"MSRP "));
  EXPECT_THAT(ended.output, testing::ContainsRegex(R"(PASS \[[^]]*\] ORD-01)"));
}

/// INV-05b with a server that calls without TLS: the client's port gets plain SIP.
TEST(SecuredTransports, PlainSipAtATlsPortFailsTheCaseThatItCameTo) {
  auto const ended = shell("tollgate run INV-05b ORD-01 --fault M194" + out_folder());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, testing::ContainsRegex(R"(FAIL \[[^]]*\] INV-05b)"));
  EXPECT_THAT(ended.output, HasSubstr("what came is \"INVITE sip:"));
  EXPECT_THAT(ended.output, testing::ContainsRegex(R"(PASS \[[^]]*\] ORD-01)"));
}

TEST(SecuredTransports, FaultsAreCaughtForTheSameReasons) {
  auto const ended = shell("tollgate matrix --sip tls --charging tls --ip 6 --faults M01,M02,M05,M13,M26,M38,M49,M106,M64");
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("9 faults, 9 caught for the stated reason"));
}

TEST(SecuredTransports, AreDissectedByWireshark) {
  auto const out = fresh_folder() / "out";
  ASSERT_EQ(shell("tollgate run ORD-01 --sim --sip tls --charging tls --out " + out.string()).exit, 0);
  auto const capture = (out / "tests/ORD-01.pcapng").string();
  auto const read = shell("tshark -n -r " + capture + " -T fields -e sip.Method -e diameter.cmd.code -e frame.comment 2>/dev/null");
  EXPECT_THAT(read.output, AllOf(HasSubstr("REGISTER"), HasSubstr("INVITE"), HasSubstr("272"), HasSubstr("inside TLS")));
  EXPECT_EQ(shell("tshark -n -r " + capture + " -Y '_ws.malformed || _ws.expert.severity == error' 2>/dev/null").output, "");
}

/// Nobody is asked for a pass phrase on a terminal.
TEST(SecuredTransports, AnEncryptedKeyIsRefused) {
  auto const folder = fresh_folder();
  auto const made = shell("cd " + folder.string() + " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=ours " +
                          "-passout pass:abcd -keyout ours.key -out ours.pem 2>&1");
  ASSERT_EQ(made.exit, 0) << made.output;
  auto const file = write_file(folder / "sut.toml",
                               "[sut]\nsip = \"udp:127.0.0.1:5060\"\n[charging]\nlisten = \"127.0.0.1:3868\"\n"
                               "[client]\ncertificate = \"ours.pem\"\nkey = \"ours.key\"\n");
  auto const ended = shell("cd " + folder.string() + "; tollgate run ORD-01 --sut " + file + out_folder());
  EXPECT_EQ(ended.exit, 65) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("ours.key is encrypted: write the key without a pass phrase"));
}

TEST(SecuredTransports, ACertificateThatIsNotThereIsNamed) {
  auto const file = write_file(fresh_folder() / "sut.toml",
                               "[sut]\nsip = \"udp:127.0.0.1:5060\"\n[charging]\nlisten = \"127.0.0.1:3868\"\n"
                               "[client]\ncertificate = \"missing.pem\"\nkey = \"ours.key\"\n");
  auto const ended = shell("tollgate run ORD-01 --sut " + file + out_folder());
  EXPECT_EQ(ended.exit, 65) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("missing.pem cannot be read: No such file or directory"));
}

}  // namespace
}  // namespace tollgate::selftest
