// CH-2 over HTTP/XML: the same purposes, verdicts and caught faults as over Diameter.
#include <gmock/gmock.h>

#include "selftest/crossed_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;

/// The octets of CH-2 in a trace of a run.
std::string charging_in(std::filesystem::path const& file) {
  return crossed(file, trace::Channel::ch2).octets;
}

TEST(HttpBinding, PassesTheSuiteInSimulatedTime) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell("tollgate run --sim --binding http --seed 1 --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("needs diameter"));
  auto const trace = charging_in(out / "tests/ORD-12.jsonl");
  EXPECT_THAT(trace, HasSubstr("POST /ch2 HTTP/1.1"));
  EXPECT_THAT(trace, HasSubstr("<OperationType>reserve</OperationType>"));
  EXPECT_THAT(trace, HasSubstr("<OperationType>debit</OperationType>"));
}

/// The SUT file says it, over real sockets.
TEST(HttpBinding, IsWhatTheSutFileSays) {
  auto const folder = fresh_folder();
  auto const sip = free_address();
  auto const file =
      write_file(folder / "http.toml", "[sut]\nsip = \"udp:" + sip + "\"\nlaunch = [\"" + bin + "/imserver\", \"--sip\", \"" + sip +
                                           "\", \"--ce\", \"{charging}\", \"--binding\", \"http\"]\n"
                                           "[charging]\nbinding = \"http\"\nlisten = \"" +
                                           free_address() + "\"\n");
  auto const ended = shell("tollgate run ORD-01 ORD-03 ORD-08 DBT-02 NC-01 RSV-01 --sut " + file + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(charging_in(folder / "out/tests/ORD-03.jsonl"), HasSubstr("POST /ch2"));
}

/// HTTPS, over IPv6 as well: every message of CH-2 goes inside TLS.
TEST(HttpBinding, IsSpokenInsideTls) {
  for (auto const* flags : {"--charging tls", "--charging tls --sip tls --ip 6"}) {
    auto const out = fresh_folder() / "out";
    auto const ended =
        shell(std::string("tollgate run ORD-01 ORD-03 ORD-12 DBT-02 NC-01 --binding http ") + flags + " --out " + out.string());
    EXPECT_EQ(ended.exit, 0) << ended.output;
    auto const ch2 = crossed(out / "tests/ORD-12.jsonl", trace::Channel::ch2);
    EXPECT_THAT(ch2.over, testing::ElementsAre(trace::Transport::tls));
    EXPECT_THAT(ch2.octets, HasSubstr("POST /ch2 HTTP/1.1"));
  }
}

/// A server that POSTs without TLS where the SUT file asks for it is told so.
TEST(HttpBinding, WithoutTheTlsThatTheSutFileAsksForFails) {
  auto const folder = fresh_folder();
  auto const sip = free_address();
  auto const file =
      write_file(folder / "https.toml", "[sut]\nsip = \"udp:" + sip + "\"\nlaunch = [\"" + bin + "/imserver\", \"--sip\", \"" + sip +
                                            "\", \"--ce\", \"{charging}\", \"--binding\", \"http\"]\n" +
                                            "[charging]\nbinding = \"http\"\nlisten = \"tls:" + free_address() + "\"\n");
  auto const ended = shell("tollgate run ORD-01 --sut " + file + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("no TLS handshake: "));
  EXPECT_THAT(ended.output, HasSubstr("what came is \"POST /ch2 HTTP/1.1"));
}

/// One that speaks Diameter at an HTTP server gets nothing, and is told so.
TEST(HttpBinding, AServerOfTheOtherBindingFails) {
  auto const folder = fresh_folder();
  auto const sip = free_address();
  auto const file = write_file(folder / "http.toml",
                               "[sut]\nsip = \"udp:" + sip + "\"\nlaunch = [\"" + bin + "/imserver\", \"--sip\", \"" + sip +
                                   "\", \"--ce\", \"{charging}\"]\n[charging]\nbinding = \"http\"\nlisten = \"" + free_address() + "\"\n");
  auto const ended = shell("tollgate run ORD-01 --sut " + file + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("missing reserve_units"));
  EXPECT_THAT(read_file(folder / "out/peers.jsonl"), HasSubstr("RFC 9110 9.1"));
}

TEST(HttpBinding, FaultsAreCaughtForTheSameReasons) {
  auto const ended = shell("tollgate matrix --binding http --faults M01,M02,M05,M13,M26,M38,M49,M106,M64");
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("9 faults, 9 caught for the stated reason"));
}

TEST(HttpBinding, IsDissectedByWireshark) {
  auto const out = fresh_folder() / "out";
  ASSERT_EQ(shell("tollgate run ORD-01 --sim --binding http --out " + out.string()).exit, 0);
  auto const read =
      shell("tshark -n -r " + (out / "tests/ORD-01.pcapng").string() + " -Y http -T fields -e http.request.method -e http.response.code");
  EXPECT_THAT(read.output, HasSubstr("POST"));
  EXPECT_THAT(read.output, HasSubstr("200"));
  auto const malformed = shell("tshark -n -r " + (out / "tests/ORD-01.pcapng").string() + " -Y _ws.malformed");
  EXPECT_THAT(malformed.output, testing::Not(HasSubstr("Malformed")));
}

}  // namespace
}  // namespace tollgate::selftest
