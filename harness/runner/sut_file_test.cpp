#include "runner/sut_file.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

#include "runner/axes.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SutFile, MayNameAnMsrpRelay) {
  auto const sut = read_sut_file("sut.toml", "[sut]\nsip = \"udp:127.0.0.1:5060\"\n[client]\nmsrp_relay = \"msrp://127.0.0.9:2855;tcp\"\n");
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_EQ(sut->ixit.msrp_relay, "msrp://127.0.0.9:2855;tcp");
  EXPECT_FALSE(sut->claims.contains(claim_msrp_peer));
  EXPECT_TRUE(read_sut_file("sut.toml", "[sut]\nsip = \"udp:[::1]:5060\"\n[client]\nmsrp_relay = \"msrp://[::1]:2855;tcp\"\n"));
  for (auto const* wrong : {"", "127.0.0.9:2855", "msrps://127.0.0.9:2855;tcp", "msrp://127.0.0.9:2855/session;tcp",
                            "msrp://relay.example;tcp", "msrp://[::g]:2855;tcp"}) {
    auto const refused =
        read_sut_file("sut.toml", "[sut]\nsip = \"udp:127.0.0.1:5060\"\n[client]\nmsrp_relay = \"" + std::string(wrong) + "\"\n");
    ASSERT_FALSE(refused) << wrong;
    EXPECT_THAT(refused.error().text(), HasSubstr("sut.toml:4:14: client.msrp_relay is "));
  }
}

/// The document shows every key; the file that it shows is read, and is what the reader takes where a key is left out.
TEST(SutFile, IsWhatItsDocumentShows) {
  std::ifstream file(TOLLGATE_SOURCE_DIR "/SUT_FILE.md");
  std::string const text(std::istreambuf_iterator<char>(file), {});
  std::string const fence = "```toml\n";
  auto const from = text.find(fence) + fence.size();
  auto const shown = text.substr(from, text.find("```", from) - from);
  auto const sut = read_sut_file("SUT_FILE.md", shown);
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_EQ(sut->name, "acme-im 7.1");
  for (auto const& axis : axes())
    for (auto const& [word, value] : axis.words)
      if (axis.declared != nullptr) EXPECT_THAT(shown, HasSubstr(word)) << axis.key;
  for (auto const claim : known_claims())
    if (claim != "launch" && claim != claim_sip_tls) EXPECT_THAT(shown, HasSubstr(std::string(claim) + " "));
  Ixit const defaults;
  EXPECT_EQ(sut->ixit.msrp_transaction, defaults.msrp_transaction);
  EXPECT_EQ(sut->ixit.diameter_tx, defaults.diameter_tx);
  EXPECT_EQ(sut->ixit.diameter_watchdog, defaults.diameter_watchdog);
  EXPECT_EQ(sut->ixit.sip_t1, defaults.sip_t1);
  EXPECT_EQ(sut->ixit.nonce, defaults.nonce);
  EXPECT_EQ(sut->ixit.live, defaults.live);
  EXPECT_EQ(sut->ixit.quiet, defaults.quiet);
  EXPECT_EQ(sut->ixit.quiet_long, defaults.quiet_long);
  EXPECT_EQ(sut->ixit.soak, defaults.soak);
  EXPECT_EQ(sut->ixit.schedules, defaults.schedules);
  EXPECT_EQ(sut->ixit.user_count, defaults.user_count);
}

/// Whoever forbids it is not asked to bear it.
TEST(SutFile, ThatForbidsARestartClaimsNone) {
  std::string const launched = "[sut]\nsip = \"udp:127.0.0.1:5060\"\nlaunch = [\"./x\"]\n";
  EXPECT_TRUE(read_sut_file("sut.toml", launched)->claims.contains("launch"));
  EXPECT_FALSE(read_sut_file("sut.toml", launched + "restart = \"never\"\n")->claims.contains("launch"));
}

TEST(SutFile, ReadsTheContractsExample) {
  auto const sut = read_sut_file("sut.toml", R"([sut]
name      = "acme-im 7.1"
sip       = "tcp:127.0.0.1:5061"
domain    = "acme.example"
launch    = ["./acme-im", "--ce", "{charging}"]
ready     = "READY"
restart   = "per-run"
pid_file  = "/run/acme.pid"
env       = { ASAN_OPTIONS = "abort_on_error=1" }
[charging]
binding   = "diameter"
listen    = "127.0.0.1:3868"
origin_host  = "ocs.acme.example"
[client]
bind      = "127.0.0.2"
[store]
method    = "sip-message"
command   = ["./store.sh", "{user}", "{text}"]
[users]
pattern   = "sip:user{n}@acme.example"
count     = 50
password  = "secret"
[timers]
msrp_transaction = "10s"
live             = "500ms"
[profile]
bundle    = "CR-ALL"
[ics]
tls       = false
)");
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_EQ(sut->name, "acme-im 7.1");
  EXPECT_EQ(sut->ixit.sip_transport, trace::Transport::tcp);
  EXPECT_EQ(sut->ixit.sut_sip, (Address{"127.0.0.1", 5061}));
  EXPECT_EQ(sut->ixit.domain, "acme.example");
  EXPECT_THAT(sut->launch, ElementsAre("./acme-im", "--ce", "{charging}"));
  EXPECT_EQ(sut->env.at("ASAN_OPTIONS"), "abort_on_error=1");
  EXPECT_EQ(sut->pid_file, "/run/acme.pid");
  EXPECT_EQ(sut->charging, (Address{"127.0.0.1", 3868}));
  EXPECT_EQ(sut->ixit.origin_host, "ocs.acme.example");
  EXPECT_EQ(sut->ixit.bind, "127.0.0.2");
  EXPECT_EQ(sut->ixit.user_count, 50U);
  EXPECT_EQ(sut->ixit.password, "secret");
  EXPECT_THAT(sut->store_command, testing::IsEmpty()) << "SIP MESSAGE stores";
  EXPECT_EQ(sut->ixit.msrp_transaction, 10s);
  EXPECT_EQ(sut->ixit.live, 500ms);
  EXPECT_EQ(sut->profile.bundle, "CR-ALL");
}

TEST(SutFile, RefusesWithThePlaceAndWhatWouldBeRight) {
  struct Row {
    char const* text;
    char const* where;
    char const* what;
  };
  Row const rows[] = {
      {"[sut]\nnmae = \"x\"\n", "sut.toml:2:", "unknown key sut.nmae; known are name"},
      {"[sutt]\n", "sut.toml:1:", "unknown section [sutt]"},
      {"[sut]\nname = 7\n", "sut.toml:2:", "sut.name is a string"},
      {"[sut]\nsip = \"sctp:127.0.0.1:5060\"\n", "sut.toml:2:", "is like \"udp:127.0.0.1:5060\""},
      {"[sut]\nsip = \"udp:127.0.0.1\"\n", "sut.toml:2:", "is like"},
      {"[sut]\nsip = \"tls:127.0.0.1\"\n", "sut.toml:2:", "\"tls:...\""},
      {"[sut]\nsip = \"tls:127.0.0.1:5061\"\nsip_tls = \"127.0.0.1:5061\"\n", "sut.toml:3:", "what sut.sip says already"},
      {"[sut]\nsip = \"udp:127.0.0.1:5060\"\nsip_plain = \"127.0.0.1:5060\"\n", "sut.toml:3:", "what sut.sip says already"},
      {"[sut]\nsip_tls = \"tls:127.0.0.1:5061\"\n", "sut.toml:2:", "sut.sip_tls is like \"127.0.0.1:5060\""},
      {"[sut]\nsip = \"tls:127.0.0.1:5061\"\n[ics]\nsip_tcp = true\n", "sut.toml:4:", "sut.sip_plain says where"},
      {"[sut]\nsip = \"udp:[::1]:5060\"\n[client]\nbind = \"127.0.0.1\"\n", "sut.toml:4:", "one is IPv6"},
      {"[client]\nkey = \"ours.key\"\n", "sut.toml:2:", "which is not there"},
      {"[charging]\nlisten = \"tls:5658\"\n", "sut.toml:2:", "expected host:port"},
      {"[charging]\nlisten = \"3868\"\n", "sut.toml:2:", "expected host:port"},
      {"[charging]\nbinding = \"radius\"\n", "sut.toml:2:", "one of diameter, http"},
      {"[timers]\nlive = \"soon\"\n", "sut.toml:2:", "no duration"},
      {"[timers]\nlive = 2\n", "sut.toml:2:", "a string like \"30s\""},
      {"[users]\npattern = \"sip:user@x\"\n", "sut.toml:2:", "holds {n}"},
      {"[profile]\nbundle = \"NO-SUCH\"\n", "sut.toml:1:", "there are TWELVE-STEP"},
      {"[profile]\ndebit = \"each\"\ncredit = \"ecur\"\n", "sut.toml:1:", "only one TERMINATION_REQUEST"},
      {"[profile]\nunlisted = \"strict\"\n", "sut.toml:1:", "has unlisted settle, not \"strict\""},
      {"[profile]\nnote = \"msrp\"\n", "sut.toml:1:", "has note bye, not \"msrp\""},
      {"[profile]\ndebit = \"soon\"\n", "sut.toml:2:", "one of"},
      {"[ics]\ntls = 1\n", "sut.toml:2:", "true or false"},
      {"[sut]\nproxy = \"10.0.0.1\"\n", "sut.toml:2:", "true or false"},
      {"[charging]\nbinding = \"http\"\nrelay = true\n", "sut.toml:3:", "a relay agent of Diameter"},
      {"", "sut.toml:1:1", "[sut] and under it sip ="},
      {"# nothing yet\n", "sut.toml:1:1", "[sut] and under it sip ="},
      {"[sut]\nlaunch = []\n", "sut.toml:2:", "names no program"},
      {"[sut]\nlaunch = [\"\"]\n", "sut.toml:2:", "names no program"},
      {"[sut]\nlaunch = \"./im\"\n", "sut.toml:2:", "an array of strings"},
      {"[sut]\nready = \"READY\"\n", "sut.toml:2:", "which is not there"},
      {"[sut]\nenv = { A = \"b\" }\n", "sut.toml:2:", "which is not there"},
      {"[sut]\nlaunch = [\"im\"]\nready = \"\"\n", "sut.toml:3:", "sut.ready is empty"},
      {"[sut]\nlaunch = [\"im\"]\nenv = { A = 1 }\n", "sut.toml:3:13", "a table of strings"},
      {"[sut]\ndomain = \"\"\n", "sut.toml:2:", "sut.domain is empty"},
      {"[charging]\norigin_host = \"\"\n", "sut.toml:2:", "is empty"},
      {"[timers]\nlive = \"0s\"\n", "sut.toml:2:8", "from \"40ms\" to \"1h\""},
      {"[timers]\nquiet = \"0ms\"\n", "sut.toml:2:", "from \"40ms\""},
      {"[timers]\nmsrp_transaction = \"10ms\"\n", "sut.toml:2:", "from \"40ms\""},
      {"[timers]\nsip_t1 = \"0s\"\n", "sut.toml:2:", "from \"40ms\""},
      {"[timers]\ndiameter_tx = \"25h\"\n", "sut.toml:2:", "to \"1h\""},
      {"[store]\nmethod = \"command\"\n", "sut.toml:1:", "needs store.command"},
      {"[store]\nmethod = \"command\"\ncommand = [\"./store.sh\", \"{user}\"]\n", "sut.toml:3:", "no argument with {text}"},
      {"[sut\n", "sut.toml:1:", ""},
      {"[sut]\nlaunch = [\"./im\"\n", "sut.toml:2:17", ""},  // the end of the line, not behind its end
  };
  for (auto const& row : rows) {
    auto const sut = read_sut_file("sut.toml", row.text);
    ASSERT_FALSE(sut) << row.text;
    EXPECT_THAT(sut.error().where, HasSubstr(row.where)) << row.text;
    EXPECT_THAT(sut.error().what, HasSubstr(row.what)) << row.text;
  }
}

TEST(SutFile, LeavesThePortToWhoSaysItsAddress) {
  auto const sut = read_sut_file("sut.toml", "[sut]\nsip = \"udp:127.0.0.1:0\"\nlaunch = [\"./a\"]\nready = \"READY\"\n");
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_TRUE(sut->says_address);
  EXPECT_TRUE(sut->claims.contains("sip_tcp"));
  auto const silent = read_sut_file("sut.toml", "[sut]\nsip = \"udp:127.0.0.1:0\"\n");
  ASSERT_FALSE(silent);
  EXPECT_THAT(silent.error().text(), HasSubstr("Add sut.launch and sut.ready"));
  auto const one = read_sut_file("sut.toml",
                                 "[sut]\nsip = \"udp:127.0.0.1:0\"\nlaunch = [\"./a\"]\nready = \"READY\"\n"
                                 "[charging]\nlisten = \"127.0.0.1:3868\"\n");
  ASSERT_FALSE(one);
  EXPECT_THAT(one.error().text(), HasSubstr("sut.toml:6:10: charging.listen has port 0"));
}

TEST(SutFile, SaysWhatGoesOverTls) {
  auto const sut = read_sut_file("sut.toml", "[sut]\nsip = \"tls:[::1]:5061\"\n[charging]\nlisten = \"tls:[::1]:5658\"\n");
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_EQ(sut->ixit.sip_transport, trace::Transport::tls);
  EXPECT_EQ(sut->ixit.sut_sip_over(trace::Transport::tls), (Address{"::1", 5061}));
  EXPECT_EQ(sut->ixit.ch2_transport, trace::Transport::tls);
  EXPECT_EQ(sut->charging, (Address{"::1", 5658}));
  EXPECT_EQ(sut->ixit.bind, "::1");
  EXPECT_TRUE(sut->claims.contains("sip_tls"));
  EXPECT_FALSE(sut->claims.contains("sip_udp")) << "it does not say where";
  EXPECT_FALSE(sut->claims.contains("sip_tcp"));
}

TEST(SutFile, SaysWhereElseTheSutTakesSip) {
  auto const plain_too = read_sut_file("sut.toml", "[sut]\nsip = \"tls:127.0.0.1:5061\"\nsip_plain = \"127.0.0.1:5060\"\n");
  ASSERT_TRUE(plain_too) << plain_too.error().text();
  EXPECT_EQ(plain_too->ixit.sut_sip_over(trace::Transport::udp), (Address{"127.0.0.1", 5060}));
  EXPECT_TRUE(plain_too->claims.contains("sip_udp") && plain_too->claims.contains("sip_tcp"));
  auto const tls_too = read_sut_file("sut.toml", "[sut]\nsip = \"udp:127.0.0.1:5060\"\nsip_tls = \"127.0.0.1:5061\"\n");
  ASSERT_TRUE(tls_too) << tls_too.error().text();
  EXPECT_EQ(tls_too->ixit.sip_transport, trace::Transport::udp);
  EXPECT_EQ(tls_too->ixit.sut_sip_over(trace::Transport::tls), (Address{"127.0.0.1", 5061}));
  EXPECT_TRUE(tls_too->claims.contains("sip_tls"));
}

TEST(SutFile, AProgramStoresMessages) {
  auto const sut = read_sut_file("sut.toml",
                                 "[sut]\nsip = \"udp:127.0.0.1:5060\"\n[store]\nmethod = \"command\"\n"
                                 "command = [\"./store.sh\", \"{user}\", \"{text}\"]\n");
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_THAT(sut->store_command, testing::ElementsAre("./store.sh", "{user}", "{text}"));
}

TEST(SutFile, AProgramEmptiesTheServer) {
  auto const sut = read_sut_file("sut.toml", "[sut]\nsip = \"udp:127.0.0.1:5060\"\n[hooks]\nreset = [\"./reset.sh\", \"all\"]\n");
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_THAT(sut->reset_command, testing::ElementsAre("./reset.sh", "all"));
  auto const none = read_sut_file("sut.toml", "[sut]\nsip = \"udp:127.0.0.1:5060\"\n[hooks]\nreset = []\n");
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().text(), HasSubstr("hooks.reset names no program"));
}

TEST(SutFile, ItsCopyHoldsNoSecret) {
  auto const sut = read_sut_file("sut.toml", "[users]\npattern = \"sip:u{n}@x\"\npassword = \"\" # hunter2\n");
  ASSERT_TRUE(sut) << sut.error().text();
  EXPECT_THAT(sut->without_secrets, testing::Not(HasSubstr("hunter2")));
  EXPECT_THAT(sut->without_secrets, HasSubstr("password = \"***\""));
}

/// However they are written.
TEST(SutFile, KeepsNoSecretForTheArtefacts) {
  for (std::string const text :
       {"[users]\npassword = \"hunter2\"\n", "users = { pattern = \"sip:u{n}@x\", password = 'hunter2' }\n",
        "users.password = \"\"\"\nhunter2\"\"\"\n", "[sut]\nlaunch = [\"./a\"]\n[sut.env]\nTOKEN = \"hunter2\"\n",
        "[sut]\nlaunch = [\"./a\"]\nenv = { A = \"é hunter2\", B = \"hunter2\" }\n",
        "sut.launch = [\"./a\"]\nsut.env.TOKEN = \"hunter2\"\n",
        "[sut]\nlaunch = [\"./a\", \"--password=hunter2\", '--key', \n 'hunter2', # hunter2\n \"--é-token=hunter2\"]\n",
        "[sut]\nlaunch = [\"sh\", \"-c\", \"./a --token hunter2\"] # ***\n",
        "[store]\nmethod = \"command\"\ncommand = [\"./s\", \"{user}\", \"{text}\", \"--token\", \"hunter2\"]\n",
        "[sut]\nlaunch = [\"./a\"]\n[sut.env]\n\"é\" = \"hunter2\" # é\nB = 'hunter2'\n[users]\n\"password\" = \"hunter2\"\n"}) {
    auto const sut = read_sut_file("sut.toml", text);
    ASSERT_TRUE(sut) << text << sut.error().text();
    EXPECT_THAT(sut->without_secrets, testing::Not(HasSubstr("hunter2"))) << text;
    EXPECT_THAT(sut->without_secrets, HasSubstr("\"***\"")) << text;
    EXPECT_TRUE(read_sut_file("sut.toml", sut->without_secrets)) << sut->without_secrets;
  }
}

/// They stand in messages of ours.
TEST(SutFile, RefusesNamesThatWouldMakeOurOwnMessagesWrong) {
  for (auto const& [text, key] :
       {std::pair("[charging]\norigin_host = \"not a host!\"\n", "charging.origin_host"),
        std::pair("[charging]\norigin_realm = \"a@b\"\n", "charging.origin_realm"), std::pair("[sut]\ndomain = \"a b\"\n", "sut.domain"),
        std::pair("[sut]\ndomain = \"ims.example:5060\"\n", "sut.domain"),
        std::pair("[users]\npattern = \"sip:us er{n}@ims.example\"\n", "users.pattern")}) {
    auto const sut = read_sut_file("sut.toml", text);
    ASSERT_FALSE(sut) << text;
    EXPECT_THAT(sut.error().text(), testing::AllOf(HasSubstr("sut.toml:2:"), HasSubstr(key)));
  }
}

}  // namespace
}  // namespace tollgate
