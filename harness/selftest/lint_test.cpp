// tollgate lint as a user calls it: what is no message, and what is nothing to judge.
#include <gmock/gmock.h>

#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string const options =
    "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:c@d>;tag=1\r\n"
    "To: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

TEST(Lint, CrlfsThatKeepAStreamAliveAreNoDeviation) {
  auto const folder = fresh_folder();
  for (auto const* const tail : {"\r\n", "\r\n\r\n", "\r\n\r\n\r\n"}) {
    auto const busy = shell("tollgate lint --stream '" + write_file(folder / "busy", options + tail) + "'");
    EXPECT_EQ(busy.exit, 0) << busy.output;
    EXPECT_THAT(busy.output, HasSubstr("1 message, 0 to be rejected"));
    auto const idle = shell("tollgate lint --stream '" + write_file(folder / "idle", tail) + "'");
    EXPECT_EQ(idle.exit, 0) << idle.output;
    EXPECT_THAT(idle.output, HasSubstr("0 messages, 0 to be rejected"));
  }
}

TEST(Lint, NothingToJudgeIs4) {
  auto const empty_folder = fresh_folder();
  auto const empty_file = write_file(fresh_folder() / "empty", "");
  for (auto const& path : {empty_folder.string(), empty_file}) {
    auto const ended = shell("tollgate lint '" + path + "'");
    EXPECT_EQ(ended.exit, 4) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("nothing to judge"));
    EXPECT_THAT(ended.last_line(), StartsWith("exit 4"));
  }
}

TEST(Lint, ASessionDescriptionIsJudgedInItsMessage) {
  auto text = options;
  text.replace(text.find("Content-Length: 0"), 17, "Content-Type: application/sdp\r\nContent-Length: 5") += "v=1\r\n";
  auto const ended = shell("tollgate lint '" + write_file(fresh_folder() / "sdp", text) + "'");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("reject, answered 400"));
  EXPECT_THAT(ended.output, HasSubstr("proto-version"));
}

std::string without(std::string text, std::string_view what) {
  return text.erase(text.find(what), what.size());
}

/// The octets of a deviation are shown; where something is absent, what stands in its place.
TEST(Lint, ShowsTheOctetsOrThatTheyAreAbsent) {
  auto const absent = shell("tollgate lint '" + write_file(fresh_folder() / "absent", without(options, "Call-ID: 1\r\n")) + "'");
  EXPECT_THAT(absent.output, HasSubstr("Call-ID"));
  EXPECT_THAT(absent.output, HasSubstr("(absent at the end)"));
  auto const cut =
      shell("tollgate lint --protocol msrp '" + write_file(fresh_folder() / "cut", "MSRP abcd SEND\r\n\r\nx\r\n-------abcd$\r\n") + "'");
  EXPECT_THAT(cut.output, HasSubstr("To-Path"));
  EXPECT_THAT(cut.output, HasSubstr("(absent before \""));
  auto wrong = options;
  wrong.replace(wrong.find("CSeq: 1"), 7, "CSeq: x");
  EXPECT_THAT(shell("tollgate lint '" + write_file(fresh_folder() / "wrong", wrong) + "'").output, HasSubstr("          \"x\"\n"));
}

TEST(Lint, TakesTheProtocolFromTheUserThenTheEndingThenTheOctets) {
  auto const folder = fresh_folder();
  auto const named = write_file(folder / "x", "no message");
  EXPECT_THAT(shell("tollgate lint '" + named + "'").output, HasSubstr("x: sip at 0: reject"));
  EXPECT_THAT(shell("tollgate lint --protocol cpim '" + named + "'").output, HasSubstr("x: cpim at 0: reject"));
  auto const ending = write_file(folder / "y.msrp", options);
  EXPECT_THAT(shell("tollgate lint '" + ending + "'").output, HasSubstr("y.msrp: msrp at 0: reject"));
  EXPECT_THAT(shell("tollgate lint --protocol sip '" + ending + "'").output, HasSubstr("y.msrp: sip at 0: accept"));
  auto const unknown = shell("tollgate lint --protocol sdpp '" + named + "'");
  EXPECT_EQ(unknown.exit, 64) << unknown.output;
}

/// Documents of CH-2, alone and in HTTP: each deviation at its octet, with its rule and clause.
TEST(Lint, JudgesDocumentsOfCh2) {
  auto const folder = fresh_folder();
  std::string const good = R"(<?xml version="1.0" encoding="UTF-8"?>
<Response xmlns="urn:tollgate:ch2:1">
  <OriginatorHost>ocs.ims.example</OriginatorHost>
  <OriginatorDomain>ims.example</OriginatorDomain>
  <Result>3004</Result>
</Response>
)";
  auto const accepted = shell("tollgate lint '" + write_file(folder / "good.xml", good) + "'");
  EXPECT_EQ(accepted.exit, 0) << accepted.output;
  EXPECT_THAT(accepted.output, HasSubstr("good.xml: ch2 at 0: accept"));
  auto bad = good;
  bad.replace(bad.find("3004"), 4, "none");
  bad.replace(bad.find("  <OriginatorDomain>"), 0, "  <Money>1</Money>\n");
  auto const rejected = shell("tollgate lint '" + write_file(folder / "bad.xml", bad) + "'");
  EXPECT_EQ(rejected.exit, 1) << rejected.output;
  EXPECT_THAT(rejected.output, HasSubstr("bad.xml: ch2 at 0: reject, answered 400"));
  auto const at = [&](char const* what) { return " " + std::to_string(bad.find(what)) + "  must    "; };
  EXPECT_THAT(rejected.output, testing::ContainsRegex(at("Money") + "element +ch2.xsd +unknown here, or out of its order\n +\"Money\""));
  EXPECT_THAT(rejected.output, testing::ContainsRegex(at("none") + "Result +TS 32.299 table 6.6.2.1 +no such value\n +\"none\""));
  auto const http = [](std::string const& body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  };
  auto const stream = shell("tollgate lint '" + write_file(folder / "http", http(good) + http(bad)) + "'");
  EXPECT_THAT(stream.output, HasSubstr("2 messages, 1 to be rejected"));
  EXPECT_THAT(stream.output, HasSubstr("http: ch2 at " + std::to_string(http(good).size()) + ": reject, answered 400"));
  EXPECT_THAT(stream.output, HasSubstr("\"Money\""));
  auto const bomb =
      shell("tollgate lint --protocol ch2 '" + write_file(folder / "bomb", "<!DOCTYPE a [<!ENTITY a \"aa\">]><a>&a;</a>") + "'");
  EXPECT_THAT(bomb.output, HasSubstr("doctypedecl"));
}

/// What lies beside messages in a folder is no message.
TEST(Lint, PassesOverWhatIsNoMessageInAFolder) {
  auto const folder = fresh_folder();
  write_file(folder / "a.dat", options);
  write_file(folder / "README.md", "INVITE sip:a@b SIP/2.0 is a request line.\n");
  write_file(folder / "manifest.tsv", "file\tclass\n");
  write_file(folder / "notes", "to be done\n");
  write_file(folder / "empty", "");
  auto const ended = shell("tollgate lint '" + folder.string() + "'");
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("2 files passed over"));
  EXPECT_THAT(ended.output, HasSubstr("1 message, 0 to be rejected"));
  EXPECT_THAT(shell("tollgate lint --protocol sip '" + folder.string() + "'").output, HasSubstr("2 messages, 1 to be rejected"));
}

TEST(Lint, JudgesTheSamplesOfItsFolders) {
  struct {
    char const* folder;
    char const* says;
  } const all[] = {{"sip", "62 messages"}, {"msrp", "67 messages"}, {"diameter", "58 messages"}};
  for (auto const& [folder, says] : all) {
    auto const ended = shell("tollgate lint " TOLLGATE_SOURCE_DIR "/harness/codec/" + std::string(folder) + "/testdata");
    EXPECT_THAT(ended.output, HasSubstr(says));
    EXPECT_THAT(ended.output, testing::Not(testing::ContainsRegex("README|manifest|passed over")));
  }
}

/// A folder of the project's samples, and a file of several messages in their order.
std::string sample(std::string const& name) {
  return read_file(TOLLGATE_SOURCE_DIR "/harness/codec/diameter/testdata/" + name);
}

TEST(Lint, JudgesTheMessagesOfAStreamBesideThoseBefore) {
  auto const folder = fresh_folder();
  auto const update = sample("malformed/update_before_initial.bin");
  auto const early = write_file(folder / "early", update);
  EXPECT_EQ(shell("tollgate lint '" + early + "'").exit, 0) << "good by itself";
  EXPECT_THAT(shell("tollgate lint --stream '" + early + "'").output, HasSubstr("before the capabilities were exchanged"));
  auto const stranger = write_file(folder / "stranger", sample("valid/cer.bin") + update);
  EXPECT_THAT(shell("tollgate lint --stream '" + stranger + "'").output, HasSubstr("reject, answered 5002"));
  auto const known = write_file(folder / "known", sample("valid/cer.bin") + sample("valid/ccr_initial_reserve.bin"));
  EXPECT_EQ(shell("tollgate lint --stream '" + known + "'").exit, 0);
}

TEST(Lint, JudgesTheDescriptionsOfADialogBesideThoseBefore) {
  auto const invite = [](std::string const& number, std::string const& direction) {
    std::string const sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=" + direction + "\r\n";
    return "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c;branch=z9hG4bK" + number + "\r\nMax-Forwards: 70\r\nFrom: <sip:c@d>;tag=1\r\n" +
           "To: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: " + number + " INVITE\r\nContact: <sip:c@d>\r\nContent-Type: application/sdp\r\n" +
           "Content-Length: " + std::to_string(sdp.size()) + "\r\n\r\n" + sdp;
  };
  auto const path = write_file(fresh_folder() / "dialog", invite("1", "sendrecv") + invite("2", "inactive"));
  auto const ended = shell("tollgate lint --stream '" + path + "'");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("sess-version"));
  EXPECT_THAT(ended.output, HasSubstr("2 messages, 1 to be rejected"));
}

}  // namespace
}  // namespace tollgate::selftest
