#include "fuzz/finding/stand_alone/stand_alone.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.hpp"
#include "codec/sip/digest_response.hpp"

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// A server for one dialog. Its tag is another one each time; who sends OVERFLOW with that tag ends it as AddressSanitizer would.
constexpr char const* toy_server = R"(use strict; use warnings; use IO::Socket::IP;
my ($charging, $way) = @ARGV;
my ($host, $port) = $charging =~ /^(.*):(\d+)$/;
my $ce = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port) or die;
if ($way eq 'greedy') {
  syswrite $ce, pack('N N N N N', 1 << 24 | 20, 0x80 << 24 | 257, 0, 7, 9);
  sysread $ce, my $answer, 4096;
  if ($answer =~ /OVERFLOW/ && substr($answer, 12, 8) eq pack('N N', 7, 9)) {
    print "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address\n    #0 0x1 in take_to(char*) /src/toy.c:1:1\n";
    exit 1;
  }
}
my $sip = IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => 0, Proto => 'udp', Type => SOCK_DGRAM) or die;
$| = 1;
print 'READY 127.0.0.1:', $sip->sockport, "\n";
my $tag = sprintf 'tag%07d', rand 1e7;
my ($breaks, $lazy) = (0, 0);
$SIG{TERM} = sub { print "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address\n    #0 0x1 in take_to(char*) /src/toy.c:1:1\n"; exit 1 }
  if $way eq 'at its end';
while (defined(my $from = $sip->recv(my $octets, 65536))) {
  if ($octets =~ /OVERFLOW/ && $octets =~ /tag=\Q$tag\E/ && $way ne 'well' && $way ne 'at its end') {
    sleep 60 if $way eq 'deaf';
    $lazy = 1, next if $way eq 'lazy';
    $breaks = 1;
    next if $way eq 'late';
  }
  if ($breaks && $way ne 'late') {
    my $kind = $way eq 'otherwise' ? 'negative-size-param' : 'heap-buffer-overflow on address';
    print "==1==ERROR: AddressSanitizer: $kind\n    #0 0x1 in take_to(char*) /src/toy.c:1:1\n";
    exit 1;
  }
  next if $lazy && $octets !~ /^OPTIONS/;
  my $head = join '', $octets =~ /^((?:Via|From|Call-ID|CSeq): .*\r\n)/mg;
  $sip->send("SIP/2.0 200 OK\r\n${head}To: <sip:a\@h>;tag=$tag\r\nContent-Length: 0\r\n\r\n", 0, $from);
  next if !$breaks;
  select undef, undef, undef, 0.1;  # it has read the question before what breaks it, and says so once it is asked again
  print "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address\n    #0 0x1 in take_to(char*) /src/toy.c:1:1\n";
  exit 1;
}
)";

Octets sip(std::string const& start, std::string const& cseq, std::string const& to, std::string const& more = "") {
  constexpr char const* form =
      "{}\r\nVia: SIP/2.0/UDP 127.0.0.1:40001;branch=z9hG4bK-{}\r\nFrom: <sip:a@h>;tag=fromtag\r\nTo: {}\r\nCall-ID: call-1\r\n"
      "CSeq: {}\r\n{}Content-Length: 0\r\n\r\n";
  return fmt::format(fmt::runtime(form), start, cseq.front(), to, cseq, more);
}

class StandAlone : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root);
    std::ofstream(root / "toy.pl") << toy_server;
  }
  void TearDown() override { std::filesystem::remove_all(root); }

  /// What was recorded: a dialog whose second request breaks the server.
  [[nodiscard]] static Played recorded() {
    Played out;
    auto const note = [&out](trace::Direction direction, Octets octets) {
      out.result.trace.record({.direction = direction,
                               .actor = "alice",
                               .transport = trace::Transport::udp,
                               .local = "127.0.0.1:40001",
                               .remote = "127.0.0.1:5060",
                               .octets = std::move(octets)});
    };
    note(trace::Direction::sent, sip("REGISTER sip:h SIP/2.0", "1 REGISTER", "<sip:a@h>"));
    note(trace::Direction::received, sip("SIP/2.0 200 OK", "1 REGISTER", "<sip:a@h>;tag=tag0000000"));
    note(trace::Direction::sent, sip("BYE sip:h SIP/2.0", "2 BYE", "<sip:a@h>;tag=tag0000000", "Subject: OVERFLOW\r\n"));
    return out;
  }

  void write(std::string const& way, std::span<Played const> played, Octets const& capabilities) const {
    std::string const report =
        "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address\n    #0 0x1 in take_to(char*) /src/toy.c:1:1\n";
    auto const problem =
        way == "deaf" ? hang("") : Problem{.kind = "crash", .bucket = "heap-buffer-overflow take_to", .says = "", .report = report};
    SutFile server{.launch = {"perl", (root / "toy.pl").string(), "{charging}", way}, .ready = "READY", .says_address = true};
    write_stand_alone(root, problem, server, {.flows = played, .capabilities = capabilities});
  }
  void write(std::string const& way) const {
    auto const played = recorded();
    write(way, std::span(&played, 1), "");
  }

  struct Outcome {
    int exit = -1;
    std::string output;
  };
  [[nodiscard]] Outcome runs(std::string const& arguments, std::string const& environment = "") const {
    return shell(fmt::format("PATH=/usr/bin:/bin {} {} {} 2>&1", environment, (root / "repro.sh").string(), arguments));
  }
  [[nodiscard]] static Outcome shell(std::string const& command) {
    Outcome out;
    auto* const pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (auto const got = std::fread(buffer.data(), 1, buffer.size(), pipe)) out.output.append(buffer.data(), got);
    out.exit = WEXITSTATUS(::pclose(pipe));
    return out;
  }

  std::filesystem::path root = std::filesystem::path(testing::TempDir()) / ("stand-alone-" + std::to_string(::getpid()));
};

TEST_F(StandAlone, ReproducesWithTheTagOfThisTime) {
  write("crash");
  auto const outcome = runs("--times 2");
  EXPECT_THAT(outcome.output, HasSubstr("reproduced: the server ended: exit 1"));
  EXPECT_THAT(outcome.output, HasSubstr("reproduced 2/2"));
  EXPECT_EQ(outcome.exit, 1);
}

/// Of two sockets a server reads either first.
TEST_F(StandAlone, ReproducesWhereTheServerAnswersBeforeItReadsWhatBreaksIt) {
  write("late");
  auto const outcome = runs("");
  EXPECT_THAT(outcome.output, HasSubstr("reproduced 1/1"));
  EXPECT_EQ(outcome.exit, 1);
}

/// What lies beside a buffer decides what a sanitizer calls its overflow.
TEST_F(StandAlone, KnowsTheReportByItsFunction) {
  write("otherwise");
  auto const outcome = runs("");
  EXPECT_THAT(outcome.output, HasSubstr("reproduced 1/1"));
}

TEST_F(StandAlone, SaysThatAMendedServerBearsIt) {
  write("well");
  auto const outcome = runs("");
  EXPECT_THAT(outcome.output, HasSubstr("not reproduced: the server answers"));
  EXPECT_EQ(outcome.exit, 0);
}

TEST_F(StandAlone, SeesThatAServerNoLongerAnswers) {
  write("deaf");
  auto const outcome = runs("");
  EXPECT_THAT(outcome.output, HasSubstr("reproduced: the server no longer answers"));
  EXPECT_EQ(outcome.exit, 1);
}

/// It answers OPTIONS, and does nothing else any more.
TEST_F(StandAlone, SeesThatWhatPassedPassesNoMore) {
  auto const played = recorded();
  auto unchanged = recorded();
  for (auto const& [way, exit] : {std::pair("lazy", 1), std::pair("well", 0)}) {
    write(way);
    SutFile const server{.launch = {"perl", (root / "toy.pl").string(), "{charging}", way}, .ready = "READY", .says_address = true};
    write_stand_alone(root, {.kind = "hang", .bucket = "hang unchanged push"}, server,
                      {.flows = std::span(&played, 1), .unchanged = &unchanged});
    auto const outcome = runs("--times 2");
    EXPECT_EQ(outcome.exit, exit) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr(exit == 1 ? "reproduced: the unchanged flow passes no more, though the server answers"
                                                    : "not reproduced: the unchanged flow passes"));
  }
}

TEST_F(StandAlone, EndsTheServerForWhatShowsThere) {
  auto const played = recorded();
  for (auto const& [way, exit] : {std::pair("at its end", 1), std::pair("well", 0)}) {
    SutFile const server{.launch = {"perl", (root / "toy.pl").string(), "{charging}", way}, .ready = "READY", .says_address = true};
    write_stand_alone(root, {.kind = "crash", .bucket = "exit 1", .at_end = true}, server, {.flows = std::span(&played, 1)});
    EXPECT_EQ(runs("").exit, exit) << way;
  }
}

/// The server ends before there is anything else to send.
TEST_F(StandAlone, ReproducesWhatTheAnswerToACerBrings) {
  for (auto const& [word, exit] : {std::pair("OVERFLOW", 1), std::pair("overflow", 0)}) {
    write("greedy", {}, Octets("\x01\0\0\x20\0\0\x01\x01hop-by-hop..", 20) + word);
    EXPECT_EQ(runs("").exit, exit) << word;
  }
}

TEST_F(StandAlone, CannotTellOfAServerThatIsNotThere) {
  write("crash");
  std::filesystem::remove(root / "toy.pl");
  auto const outcome = runs("");
  EXPECT_THAT(outcome.output, StartsWith("cannot tell: the server did not say READY"));
  EXPECT_EQ(outcome.exit, 125);
}

TEST_F(StandAlone, SaysEachStepInALine) {
  write("crash");
  std::ifstream in(root / "steps.txt");
  std::string const steps(std::istreambuf_iterator<char>(in), {});
  EXPECT_THAT(steps, HasSubstr("shows heap-buffer-overflow take_to\n"));
  EXPECT_THAT(steps, HasSubstr(" sends 1.alice sip udp 127.0.0.1:40001 127.0.0.1:5060 001-alice-sip.raw - 0\n"));
  EXPECT_THAT(steps, HasSubstr(" receives 1.alice sip udp 127.0.0.1:40001 127.0.0.1:5060 002-to-alice-sip.raw - 0\n"));
}

/// The toy ends with 1; a finding that ended in another way is another.
TEST_F(StandAlone, KnowsABareEndByHowItWas) {
  auto const played = recorded();
  for (auto const& [how, exit] : {std::pair("exit 1", 1), std::pair("signal 11 (Segmentation fault)", 0)}) {
    write("crash", std::span(&played, 1), "");
    SutFile const server{.launch = {"perl", (root / "toy.pl").string(), "{charging}", "crash"}, .ready = "READY", .says_address = true};
    write_stand_alone(root, {.kind = "crash", .bucket = how, .says = "", .report = {}}, server, {.flows = std::span(&played, 1)});
    EXPECT_EQ(runs("").exit, exit) << how;
  }
}

TEST_F(StandAlone, EndsAConnectionWhereWeDid) {
  auto played = recorded();
  for (auto const* const how : {"closed by us", "reset by us"})
    played.result.trace.record({.kind = trace::Kind::closed,
                                .channel = trace::Channel::msrp,
                                .direction = trace::Direction::sent,
                                .actor = "alice",
                                .transport = trace::Transport::tcp,
                                .local = "127.0.0.1:40002",
                                .remote = "127.0.0.1:2855",
                                .note = how});
  write("crash", std::span(&played, 1), "");
  std::ifstream in(root / "steps.txt");
  std::string const steps(std::istreambuf_iterator<char>(in), {});
  for (auto const* const does : {" closes", " resets"})
    EXPECT_THAT(steps, HasSubstr(std::string(does) + " 1.alice msrp tcp 127.0.0.1:40002 127.0.0.1:2855 - - 0\n"));
}

TEST_F(StandAlone, RefusesWhatIsNoNumberAndNoAddress) {
  write("crash");
  for (auto const* const wrong : {"--times x", "--times", "--times 0", "--charging 7", "--charging", "localhost"}) {
    auto const outcome = runs(wrong);
    EXPECT_EQ(outcome.exit, 125) << wrong << ": 1 would mean that it was reproduced";
    EXPECT_THAT(outcome.output, StartsWith("cannot tell: ")) << wrong;
  }
}

TEST_F(StandAlone, HasNoSecretOfTheServer) {
  SutFile const server{.launch = {"perl", (root / "toy.pl").string(), "{charging}", "crash", "--password", "hunter2"},
                       .ready = "READY",
                       .says_address = true,
                       .env = {{"ACME_URL", "db://hunter2"}, {"ASAN_OPTIONS", "abort_on_error=1"}}};
  auto const played = recorded();
  write_stand_alone(root, {.kind = "crash", .bucket = "exit 1", .says = "", .report = {}}, server, {.flows = std::span(&played, 1)});
  std::ifstream in(root / "steps.txt");
  std::string const steps(std::istreambuf_iterator<char>(in), {});
  EXPECT_THAT(steps, testing::Not(HasSubstr("hunter2")));
  EXPECT_THAT(steps, HasSubstr("env ASAN_OPTIONS=abort_on_error=1\n"));
  EXPECT_THAT(runs("--help").output, HasSubstr("This one was launched with what now has to stand in: SECRET_5 ACME_URL"));
  auto const without = runs("", "ACME_URL=x");
  EXPECT_EQ(without.exit, 125);
  EXPECT_THAT(without.output, HasSubstr("cannot tell: SECRET_5 has to stand in the environment"));
  EXPECT_THAT(runs("", "ACME_URL=x SECRET_5=y").output, HasSubstr("reproduced 1/1"));
}

struct Asked {
  std::string_view algorithm, qop;
};
class Digest : public StandAlone, public testing::WithParamInterface<Asked> {
 protected:
  /// What a client answers to a challenge with that nonce.
  [[nodiscard]] static std::string request(std::string_view nonce, std::string_view password) {
    auto const [algorithm, qop] = GetParam();
    sip::DigestResponse credentials{.username = "u@h",
                                    .realm = "h",
                                    .nonce = nonce,
                                    .uri = "sip:h",
                                    .response = {},
                                    .algorithm = algorithm,
                                    .qop = qop,
                                    .cnonce = "client",
                                    .opaque = {},
                                    .nonce_count = 1};
    auto const response = sip::digest_response(credentials, password, "REGISTER").value_or("");
    credentials.response = response;
    return "REGISTER sip:h SIP/2.0\r\nAuthorization: " + sip::write_credentials(credentials) + "\r\nContent-Length: 0\r\n\r\n";
  }
  /// That request as it goes out where the server's nonce is another one.
  [[nodiscard]] Outcome renewed(std::string const& octets, std::string const& environment) const {
    std::ofstream(root / "request.raw", std::ios::binary) << octets;
    std::ofstream(root / "renew.pl") << R"(use strict; our %live; require $ARGV[0]; %live = ('nonce-then' => 'nonce-now');
open my $in, '<:raw', $ARGV[1]; local $/; print renew(scalar <$in>, 'sip');)";
    for (auto const& [name, text] : stand_alone_scripts()) std::ofstream(root / name) << text;
    return shell(fmt::format("{} perl {} {} {}", environment, (root / "renew.pl").string(), (root / "live_values.pl").string(),
                             (root / "request.raw").string()));
  }
};

TEST_P(Digest, AnswersTheNonceOfThisTime) {
  EXPECT_EQ(renewed(request("nonce-then", "secret"), "PASSWORD=secret").output, request("nonce-now", "secret"));
}

TEST_P(Digest, StaysWrongWhereItWas) {
  auto const wrong = request("nonce-then", "another");
  auto const now = renewed(wrong, "PASSWORD=secret").output;
  EXPECT_THAT(now, HasSubstr("nonce-now"));
  EXPECT_EQ(now.substr(now.find("response=")), wrong.substr(wrong.find("response=")));
}

INSTANTIATE_TEST_SUITE_P(Algorithms, Digest,
                         testing::Values(Asked{"MD5", "auth"}, Asked{"MD5", ""}, Asked{"MD5-sess", "auth"}, Asked{"SHA-256", "auth"},
                                         Asked{"SHA-256", ""}, Asked{"SHA-256-sess", "auth"}),
                         [](auto const& asked) {
                           auto name = fmt::format("{}{}{}", asked.param.algorithm, asked.param.qop.empty() ? "" : "_", asked.param.qop);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

/// perl-base is essential in Debian; whatever else Perl has may be missing.
TEST(Player, NeedsNothingBesidePerlBase) {
  std::set<std::string> const in_perl_base{"strict",         "warnings",   "constant", "IO::Select",
                                           "IO::Socket::IP", "List::Util", "POSIX",    "Socket"};
  unsigned used = 0;
  for (auto const& [name, text] : stand_alone_scripts()) {
    if (!name.ends_with(".pl")) continue;
    for (auto const line : split(text, '\n')) {
      if (!line.starts_with("use ")) continue;
      auto const module = line.substr(4, line.find_first_of(" ;", 4) - 4);
      EXPECT_TRUE(in_perl_base.contains(std::string(module))) << name << ": " << module;
      ++used;
    }
  }
  EXPECT_GT(used, 8U);
}

}  // namespace
}  // namespace tollgate::fuzz
