#include "fuzz/finding/finding_folder.hpp"

#include <gmock/gmock.h>

#include "fuzz/finding/folder_test.hpp"

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;

using Folder = FolderTest;

FindingFacts facts() {
  FindingFacts out{.problem = {.kind = "crash", .bucket = "heap-overflow f", .says = "heap-overflow in f", .report = "==1==ERROR"},
                   .reproduced = 5,
                   .times = 5,
                   .server = {.name = "acme-im 7.1", .launch = {"./acme-im"}}};
  out.repro.problem = {.kind = "crash", .bucket = "heap-overflow f", .says = "heap-overflow in f"};
  out.repro.rounds = 20;
  out.repro.side_by_side = 64;
  out.repro.flows = {{.base = "push", .changes = {*parse_change("sip 1 drop")}, .number = 3}};
  Played played;
  played.result.trace.record({.channel = trace::Channel::sip,
                              .direction = trace::Direction::sent,
                              .actor = "alice",
                              .transport = trace::Transport::udp,
                              .local = "127.0.0.1:40000",
                              .remote = "127.0.0.1:5060",
                              .octets = Octets("REGISTER\r\n\0", 11)});
  out.seen.played.push_back(std::move(played));
  out.seen.output = "READY\n";
  return out;
}

TEST_F(Folder, HoldsWhatSomebodyNeedsWhoHasNothingElse) {
  write_finding(root, facts());
  EXPECT_THAT(names(), IsSupersetOf({"README.md", "repro.toml", "repro.sh", "player.pl", "steps.txt", "messages", "trace.jsonl",
                                     "capture.pcapng", "ladder.svg", "ladder.txt", "server.log", "report.txt"}));
  EXPECT_THAT(
      text("README.md"),
      HasSubstr("heap-overflow in f\nSeen on acme-im 7.1, 5 of 5 times on a fresh server, after 1 flow in which we send 1 message."));
  EXPECT_THAT(text("README.md"), HasSubstr("push: sip 1 drop"));
  EXPECT_EQ(text("messages/001-alice-sip.raw"), Octets("REGISTER\r\n\0", 11)) << "octet by octet";
  EXPECT_THAT(text("messages/001-alice-sip.txt"), HasSubstr("REGISTER\\r\\n\\x00"));
  EXPECT_EQ(text("server.log"), "$ ./acme-im\nREADY\n");
  auto const repro = read_repro("repro.toml", text("repro.toml"));
  ASSERT_TRUE(repro) << repro.error().text();
  EXPECT_EQ(repro->flows, facts().repro.flows);
  EXPECT_EQ(repro->rounds, 20U);
  EXPECT_EQ(repro->side_by_side, 64U);
  EXPECT_EQ(repro->reproduced, 5U);
  EXPECT_EQ(repro->times, 5U);
}

}  // namespace
}  // namespace tollgate::fuzz
