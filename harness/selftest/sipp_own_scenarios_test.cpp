// `tollgate run --client sipp --sipp-register FILE --sipp-session FILE`: SIPp plays scenarios of the user's own.
#include <gmock/gmock.h>

#include "selftest/crossed_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string const sipp = "tollgate run --client sipp --timeout-scale 0.3 ";

/// Of a REGISTER that says who wrote it.
std::string registers(std::string const& authentication) {
  return R"(  <send><![CDATA[
REGISTER [uri] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <[aor]>;tag=[call_number]
To: [to]
Call-ID: [call_id]
CSeq: [cseq] REGISTER
Contact: <sip:me@[local_ip]:[local_port];transport=[transport]>;+g.oma.sip-im
User-Agent: acme-login 7
)" + authentication +
         R"(Expires: [expires]
Content-Length: 0

]]></send>
)";
}
std::string scenario(std::string const& steps) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"ours\">\n" + steps + "</scenario>\n";
}
std::string const logs_in = scenario(registers("") + "  <recv response=\"200\"/>\n");
std::string const logs_in_with_digest = scenario(registers("") + "  <recv response=\"401\" auth=\"true\"/>\n" +
                                                 registers("[authentication]\n") + "  <recv response=\"200\"/>\n");

/// The XML of README.md that follows that line.
std::string readme_example(std::string const& line) {
  auto const text = read_file(TOLLGATE_SOURCE_DIR "/README.md");
  constexpr std::string_view open = "```xml\n";
  auto const begin = text.find(open, text.find(line)) + open.size();
  return text.substr(begin, text.find("```", begin) - begin);
}

/// What README shows runs as it stands there, beside a REGISTER of the user's own.
TEST(SippOwnScenarios, RunAsReadmeShowsThem) {
  auto const folder = fresh_folder();
  auto const session = write_file(folder / "mine.xml", readme_example("--sipp-session mine.xml"));
  auto const login = write_file(folder / "login.xml", logs_in);
  auto const out = folder / "out";
  auto const ended = shell(sipp + "ORD --sipp-session " + session + " --sipp-register " + login + " --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("14 run: 14 pass"));
  auto const sip = crossed(out / "tests/ORD-12.jsonl", trace::Channel::sip);
  EXPECT_THAT(sip.octets, AllOf(HasSubstr("User-Agent: acme-phone 3\r\n"), HasSubstr("User-Agent: acme-login 7\r\n")));
  EXPECT_THAT(sip.octets, HasSubstr("Contact: <sip:me@127.0.0.1:")) << "with the tap's address";
  EXPECT_THAT(sip.octets, testing::Not(HasSubstr("transport=TCP"))) << "which is how SIPp speaks with the tap";
  auto const trace = read_file(out / "tests/ORD-12.jsonl");
  EXPECT_THAT(trace, AllOf(HasSubstr("SIPp accept.xml: exit 0"), HasSubstr("SIPp own_register.xml: exit 0")));
}

/// Its contact is the client's, whatever user it names, and over TLS where it does not say so.
TEST(SippOwnScenarios, AreCalledAtTheContactThatTheyWrite) {
  auto const folder = fresh_folder();
  auto const session = write_file(folder / "mine.xml", readme_example("--sipp-session mine.xml"));
  auto const login = write_file(folder / "login.xml", logs_in);
  auto const own = " --sipp-session " + session + " --sipp-register " + login + " --out " + (folder / "out").string();
  for (auto const* selection : {"REG INV-01 INV-05 INV-08 BYE-01 ", "ORD-12 INV-08 BYE-01 --sip tls ", "ORD-12 BYE-01 --sip tcp --ip 6 "}) {
    auto const ended = shell(sipp + selection + own);
    EXPECT_EQ(ended.exit, 0) << selection << ended.output;
    EXPECT_THAT(ended.output, testing::ContainsRegex("[0-9]+ run: [0-9]+ pass"));
  }
}

/// What no case has asked for goes out too.
TEST(SippOwnScenarios, MayRingFirst) {
  auto text = readme_example("--sipp-session mine.xml");
  std::string const ok = "SIP/2.0 200 OK", send = "  <send><![CDATA[\n";
  auto const begin = text.find(send), end = text.find("Content-Type:");
  auto ringing = text.substr(begin, end - begin) + "Content-Length: 0\n\n]]></send>\n";
  ringing.replace(ringing.find(ok), ok.size(), "SIP/2.0 180 Ringing");
  text.insert(begin, ringing);
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  auto const ended = shell(sipp + "ORD-01 --sipp-session " + write_file(folder / "ring.xml", text) + " --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(read_file(out / "tests/ORD-01.jsonl"), AllOf(HasSubstr("180 INVITE"), HasSubstr("SIPp accept.xml: exit 0")));
}

/// The server offers SHA-256 before MD5, which is all that SIPp knows.
TEST(SippOwnScenarios, ProveWhoTheyAre) {
  for (auto const* transport : {"udp:", "tls:"}) {
    auto const folder = fresh_folder();
    auto const sip = free_address(), tls = free_address();
    auto const file =
        write_file(folder / "auth.toml", "[sut]\nsip = \"" + (transport + (transport == std::string("udp:") ? sip : tls)) +
                                             "\"\nlaunch = [\"" + bin + "/imserver\", \"--sip\", \"" + sip + "\", \"--sip-tls\", \"" + tls +
                                             "\", \"--ce\", \"{charging}\", \"--auth\", \"secret\"]\n[users]\npassword = \"secret\"\n");
    auto const login = write_file(folder / "login.xml", logs_in_with_digest);
    auto const out = folder / "out";
    auto const ended =
        shell("tollgate run ORD-12 REG-05 --client sipp --sipp-register " + login + " --sut " + file + " --out " + out.string());
    EXPECT_EQ(ended.exit, 0) << ended.output;
    EXPECT_THAT(read_file(out / "tests/ORD-12.jsonl"), AllOf(HasSubstr("401 REGISTER"), HasSubstr("SIPp own_register.xml: exit 0")));
    EXPECT_THAT(crossed(out / "tests/ORD-12.jsonl", trace::Channel::sip).octets, HasSubstr("Authorization: Digest username="));
  }
}

/// A user's scenario hides no fault of the server.
TEST(SippOwnScenarios, CatchAFault) {
  auto const folder = fresh_folder();
  auto const session = write_file(folder / "mine.xml", readme_example("--sipp-session mine.xml"));
  auto const ended = shell(sipp + "ORD-03 --fault M01 --sipp-session " + session + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("unexpected INVITE"));
}

/// What it writes otherwise than the case has it, or never, is no verdict of the server, good or bad.
TEST(SippOwnScenarios, AreBlamedForWhatTheyWrite) {
  auto const good = readme_example("--sipp-session mine.xml");
  auto const bye = good.find("BYE");
  auto const with = [&](std::string const& from, std::string const& to, std::size_t after = 0) {
    auto text = good;
    return text.replace(text.find(from, after), from.size(), to);
  };
  auto rejects = with("200 OK", "486 Busy Here");
  rejects = rejects.substr(0, rejects.find("[content]")) + "]]></send>\n  <recv request=\"ACK\"/>\n</scenario>\n";
  struct {
    std::string text, says, ends;
  } const all[] = {
      {with("[content]]]>", "[content]\n]]>"), "one of MSRP (", "accept.xml: exit 0"},
      {with("200 OK", "486 Busy Here", bye), "SIPp wrote 486, the case has 200", "accept.xml: exit 0"},
      {with("\"ACK\"", "\"INFO\""), "SIPp wrote nothing", "accept.xml: "},
      {rejects, "SIPp wrote 486, the case has 200", "accept.xml: "},
      {with("[content]", ""), "SIPp wrote 200 without a body, the case has one", "accept.xml: "},
      {with("[content]", "v=0\no=- 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 [local_ip]\nt=0 0\nm=audio 6000 RTP/AVP 0\n"),
       "SIPp wrote 200 with description 'v=0", "accept.xml: "},
      {with("Content-Length: [len]", "Content-Length: 5"), "SIPp wrote 200 with description 'v=0", "accept.xml: "},
      {with("[local_ip]:[local_port]", "me@[local_ip]"), "SIPp wrote 200 with Contact '127.", "accept.xml: "},
      {with("User-Agent: acme-phone 3", "bad header line"), "bad header line", "accept.xml: "},
      {with("[last_CSeq:]\n", ""), "SIPp wrote what is no SIP message", "accept.xml: "},
      {with("Content-Length: [len]\n", ""), "SIPp wrote what is no SIP message", "accept.xml: "},
  };
  for (auto const& [text, says, ends] : all) {
    auto const folder = fresh_folder();
    auto const session = write_file(folder / "mine.xml", text);
    auto const ended = shell(sipp + "ORD-01 --sipp-session " + session + " --out " + (folder / "out").string());
    EXPECT_EQ(ended.exit, 3) << says << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("ORD-01  Twelve-step")) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr(says));
    EXPECT_THAT(read_file(folder / "out/tests/ORD-01.jsonl"), HasSubstr("SIPp " + ends)) << "how it ended";
  }
}

/// A server takes it for the one before.
TEST(SippOwnScenarios, AreBlamedForARequestThatIsNoOneOfItsOwn) {
  auto const with = [](std::string const& key, std::string const& value) {
    auto text = logs_in;
    return text.replace(text.find(key), key.size(), value);
  };
  struct {
    std::string text, says;
  } const all[] = {{with("[cseq]", "1"), "SIPp wrote REGISTER with CSeq 1 behind CSeq 1 of the same Call-ID"},
                   {with("[branch]", "z9hG4bKconst"), "SIPp wrote REGISTER with the branch z9hG4bKconst of an earlier request"}};
  for (auto const& [text, says] : all) {
    auto const folder = fresh_folder();
    auto const ended =
        shell(sipp + "REG-09 --sipp-register " + write_file(folder / "login.xml", text) + " --out " + (folder / "out").string());
    EXPECT_EQ(ended.exit, 3) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr(says));
  }
}

/// A second REGISTER while the push is under way, or what is no message: nothing that comes of it is the server's.
TEST(SippOwnScenarios, AreBlamedForWhatNoCaseHasAskedFor) {
  auto again = registers("");
  again.replace(again.find("[cseq]"), std::string_view("[cseq]").size(), "5");
  struct {
    std::string text, says;
  } const all[] = {
      {scenario(registers("") + "  <recv response=\"200\"/>\n  <pause milliseconds=\"200\"/>\n" + again + "  <recv response=\"200\"/>\n"),
       "SIPp wrote REGISTER, which no case has asked for"},
      {scenario(registers("") + "  <recv response=\"200\"/>\n  <send><![CDATA[\nBADMETHOD garbage\n\n]]></send>\n"), "BADMETHOD garbage"},
  };
  for (auto const& [text, says] : all) {
    auto const folder = fresh_folder();
    auto const login = write_file(folder / "login.xml", text);
    auto const ended = shell(sipp + "ORD-01 --sipp-register " + login + " --out " + (folder / "out").string());
    EXPECT_EQ(ended.exit, 3) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr(says));
    EXPECT_THAT(read_file(folder / "out/tests/ORD-01.jsonl"), HasSubstr(says));
  }
}

/// Before the first case, with the place or with what SIPp says.
TEST(SippOwnScenarios, AreRefusedWhereSippCannotPlayThem) {
  auto const good = readme_example("--sipp-session mine.xml");
  auto const with = [&](std::string const& from, std::string const& to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  auto says_options = logs_in;
  says_options.replace(says_options.find("REGISTER"), std::string_view("REGISTER").size(), "OPTIONS");
  struct {
    std::string flag, text, says;
  } const all[] = {
      {"--sipp-session", good.substr(good.find("<scenario")), "own.xml:1:1: SIPp takes a scenario only with <?xml"},
      {"--sipp-session", with("<recv request=\"INVITE\"/>", "<recv request=\"INVITE\">"), "own.xml:29:3: "},
      {"--sipp-session", with("<recv request=\"ACK\"/>", "<receive request=\"ACK\"/>"), "own.xml: SIPp says: Unknown element 'receive'"},
      {"--sipp-session", with("[last_To:]", "[last_To:][uri]"), "own.xml: SIPp says: Unsupported keyword 'uri'"},
      {"--sipp-session", logs_in, "own.xml:3:3: the first message of a scenario for INVITE is <recv request=\"INVITE\">"},
      {"--sipp-session", with("INVITE", "OPTIONS"), "own.xml:3:3: the first message of a scenario for INVITE is <recv request"},
      {"--sipp-register", good, "own.xml:3:3: the first message of a scenario for REGISTER is <send> of REGISTER"},
      {"--sipp-register", says_options, "own.xml:3:3: the first message of a scenario for REGISTER is <send> of REGISTER"},
      {"--sipp-register", "<?xml version=\"1.0\"?>\n<scenes/>\n", "own.xml:2:1: the root element of SIPp's scenarios is <scenario>"},
      {"--sipp-register", scenario(""), "own.xml:2:1: the first message"},
      {"--sipp-register", "<?xml version=\"1.0\"?>\n", "own.xml:"},
  };
  for (auto const& [flag, text, says] : all) {
    auto const folder = fresh_folder();
    auto const ended = shell(sipp + "ORD-01 " + flag + " " + write_file(folder / "own.xml", text) + " --out " + (folder / "out").string());
    EXPECT_EQ(ended.exit, 65) << says << ended.output;
    EXPECT_THAT(ended.output, HasSubstr(says));
    EXPECT_FALSE(std::filesystem::exists(folder / "out/results.json")) << says;
  }
}

}  // namespace
}  // namespace tollgate::selftest
