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

/// A SUT file for a server of ours over HTTP, with more flags.
std::string http_server(std::filesystem::path const& folder, std::string const& flags = "") {
  auto const sip = free_address();
  return write_file(folder / "http.toml", "[sut]\nsip = \"udp:" + sip + "\"\nlaunch = [\"" + bin + "/imserver\", \"--sip\", \"" + sip +
                                              "\", \"--ce\", \"{charging}\", \"--state\", \"{state}\", \"--binding\", \"http\"" +
                                              (flags.empty() ? "" : ", " + flags) + "]\n[charging]\nbinding = \"http\"\nlisten = \"" +
                                              free_address() + "\"\n");
}

/// The SUT file says it, over real sockets.
TEST(HttpBinding, IsWhatTheSutFileSays) {
  auto const folder = fresh_folder();
  auto const ended =
      shell("tollgate run ORD-01 ORD-03 ORD-08 DBT-02 NC-01 RSV-01 --sut " + http_server(folder) + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(charging_in(folder / "out/tests/ORD-03.jsonl"), HasSubstr("POST /ch2"));
}

/// RFC 9112 9.3, 9.4: a client may have few connections and a request at a time on each, which others' withheld answers keep busy.
TEST(HttpBinding, AClientWithOneConnectionPassesWhatAnotherWouldPass) {
  auto const folder = fresh_folder();
  auto const ended = shell("tollgate run ORD-01 ORD-03 ORD-05 --sut " + http_server(folder, R"("--ch2-connections", "1")") + " --out " +
                           (folder / "out").string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("times, at last by itself, for others may have held it up")) << "or this would prove nothing";
}

/// What others held up when the run was cut short says nothing of the server.
TEST(HttpBinding, ARunThatEndsBeforeWhatWasHeldUpIsPlayedByItselfLeavesItOpen) {
  auto const folder = fresh_folder();
  auto const ended = shell("tollgate run DBT-01 DBT-16 NC-01 NC-02 ORD-03 --deadline 5s --sut " +
                           http_server(folder, R"("--ch2-connections", "1")") + " --out " + (folder / "out").string());
  EXPECT_THAT(ended.output, HasSubstr("may have held it up, and it was not played by itself: ")) << "or this would prove nothing";
  EXPECT_THAT(ended.output, testing::Not(HasSubstr(" FAIL ")));
}

TEST(HttpBinding, AFaultOfSuchAClientIsFoundAllTheSame) {
  auto const folder = fresh_folder();
  auto const ended = shell("tollgate run ORD-01 ORD-03 --sut " + http_server(folder, R"("--ch2-connections", "1", "--fault", "M01")") +
                           " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, testing::ContainsRegex("FAIL \\[[^]]*\\] ORD-03 .*INVITE")) << ended.output;
}

/// RFC 9112 9.6: such a one has no connection that could end with it when we start it again (G5).
TEST(HttpBinding, AClientThatClosesEachTimeIsRestartedLikeAnother) {
  auto const folder = fresh_folder();
  auto const ended =
      shell("tollgate run RSV-06b ORD-01 --sut " + http_server(folder, "\"--ch2-closes\"") + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(charging_in(folder / "out/tests/RSV-06b.jsonl"), HasSubstr("Connection: close"));
  EXPECT_THAT(read_file(folder / "out/tests/RSV-06b.jsonl"), HasSubstr("\"kind\":\"restarted\""));
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

/// Beside a server there are clients that send what no client should: each is a finding of its own, and no case feels it.
TEST(HttpBinding, WhatNobodyShouldSendIsAFindingThatTouchesNoCase) {
  auto const folder = fresh_folder();
  auto const sip = free_address(), charging = free_address();
  auto const port = charging.substr(charging.find(':') + 1);
  // They come when the server can have announced itself; the slow one says no more than its first words, for as long as the run takes.
  auto const script = write_file(folder / "both.sh", "#!/bin/bash\n" + bin + "/imserver --sip " + sip + " --ce " + charging +
                                                         R"( --binding http & server=$!
says() {
  exec 3<>/dev/tcp/127.0.0.1/)" + port + R"(
  printf 'POST /ch2 HTTP/1.1\r\nHost: a\r\nContent-Type: application/xml\r\nContent-Length: %s\r\n\r\n%s' "$1" "$2" >&3
  head -c 12 <&3 >>"$0.answers"; echo >>"$0.answers"
  exec 3>&-
}
says 13 '<EventRequest'
bomb='<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><EventRequest>&b;</EventRequest>'
says ${#bomb} "$bomb"
says 1073741824 'that much never comes'
exec 4<>/dev/tcp/127.0.0.1/)" + port + R"(
printf 'POST /ch2 HT' >&4
wait $server
)");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  auto const file = write_file(folder / "http.toml", "[sut]\nsip = \"udp:" + sip + "\"\nlaunch = [\"" + script +
                                                         "\"]\n[charging]\nbinding = \"http\"\nlisten = \"" + charging + "\"\n");
  auto const ended = shell("tollgate run ORD-01 ORD-03 ORD-12 --sut " + file + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("4 run: 3 pass, 1 fail")) << "the cases, and PEERS";
  EXPECT_THAT(ended.output, testing::ContainsRegex(R"(FAIL \[[^]]*\] PEERS)"));
  EXPECT_THAT(
      ended.output,
      testing::ContainsRegex(
          "are no EventRequest: invalid document at octet [0-9]+: Error parsing start element tag .XML 1.0 2.1.; [23] more did so: #"))
      << "the third is the one that is slow, where the run takes as long";
  EXPECT_EQ(read_file(script + ".answers"), "HTTP/1.1 400\nHTTP/1.1 400\nHTTP/1.1 413\n");
  auto const peers = read_file(folder / "out/peers.jsonl");
  EXPECT_THAT(peers, testing::AllOf(HasSubstr("a document type declaration"), HasSubstr("longer than 64 KiB (RFC 9112 6.2)")));
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
