#include "trace/capture/pcapng.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <gmock/gmock.h>

#include "trace/capture/socket_address.hpp"
#include "trace/twelve_steps_test.hpp"

namespace tollgate::trace {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// What a command writes to its standard output; a command that fails says so.
std::string output_of(std::string const& command) {
  std::string output;
  auto* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return "cannot be run";
  std::array<char, 4096> some{};
  while (auto const size = fread(some.data(), 1, some.size(), pipe)) output.append(some.data(), size);
  return pclose(pipe) == 0 ? output : output + "FAILED: " + command;
}

/// What Wireshark's command line says of the file. Nothing stands in its way: no setting of a user, no name service.
std::string tshark(Octets const& file, std::string const& arguments) {
  auto const path = testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name() + ".pcapng";
  std::ofstream(path, std::ios::binary) << file;
  return output_of("tshark -n -r " + path + " " + arguments);
}

bool has_tshark() {
  return output_of("command -v tshark").starts_with('/');
}

std::size_t messages_in(Trace const& trace) {
  return static_cast<std::size_t>(std::ranges::count_if(trace.events(), [](Event const& event) { return event.kind == Kind::message; }));
}

/// Packets that Wireshark finds fault with.
constexpr std::string_view faulty =
    " -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -o ip.check_checksum:TRUE -Y '_ws.malformed || "
    "tcp.analysis.flags || ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0'";

TEST(Pcapng, IsOneCommentedPacketAMessageThatWiresharkDissectsByItself) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  Trace const trace = twelve_steps();
  auto const file = pcapng(trace, {.comment = "ORD-03", .remarks = {{10, "witness: came too early"}}});
  auto const text = tshark(file,
                           "-Y 'sip || msrp || diameter' -T fields -E separator=' ' -e frame.time_epoch -e frame.comment -e sip.Method "
                           "-e msrp.method -e diameter.cmd.code");
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), messages_in(trace));
  EXPECT_THAT(text, HasSubstr("1.001206000 #3 REGISTER from alice REGISTER  \n"));
  EXPECT_THAT(text, HasSubstr("#5 reserve_units to ocs   272\n"));
  EXPECT_THAT(text, HasSubstr("witness: came too early INVITE"));
  EXPECT_THAT(text, HasSubstr("#11 INVITE to alice, repeats #10 INVITE"));
  EXPECT_THAT(text, HasSubstr("#14 SEND to alice  SEND "));
  EXPECT_THAT(tshark(file, "-Y '_ws.malformed'"), IsEmpty());
  auto const others = tshark(file, "-Y '!sip && !msrp && !diameter' -T fields -E separator=' ' -e _ws.col.Protocol -e frame.comment");
  EXPECT_THAT(others, HasSubstr("tollgate declared: nothing\n"));
  EXPECT_THAT(others, HasSubstr("tollgate withheld: the answer to #5"));
}

TEST(Pcapng, InTheInternetFormHasRightChecksumsAndStreamsWithoutGaps) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  auto const file = pcapng(twelve_steps(), {.form = CaptureForm::internet});
  std::string const decode = "-d tcp.port==40003,diameter ";
  EXPECT_THAT(tshark(file, decode + std::string(faulty)), IsEmpty());
  auto const text = tshark(file, decode +
                                     "-T fields -E separator=' ' -e tcp.stream -e tcp.flags -e diameter.cmd.code "
                                     "-e msrp.messageid -Y tcp");
  EXPECT_THAT(text, HasSubstr("0 0x0002  \n0 0x0012  \n0 0x0010  \n0 0x0018 272 \n")) << "SYN, SYN ACK, ACK, CCR";
  EXPECT_THAT(text, HasSubstr("1 0x0010  \n1 0x0018  m1\n"));
  EXPECT_THAT(text, HasSubstr("1 0x0011  \n1 0x0010  \n")) << "FIN ACK, ACK";
}

TEST(Pcapng, CarriesIpv6AndMessagesLargerThanAPacket) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  Trace trace;
  Event event{.channel = Channel::msrp, .local = "[::1]:40000", .remote = "[::1]:40001"};
  event.octets =
      "MSRP big1 SEND\r\nTo-Path: msrp://[::1]:40000/a;tcp\r\nFrom-Path: msrp://[::1]:40001/b;tcp\r\n"
      "Message-ID: m\r\nContent-Type: text/plain\r\n\r\n" +
      std::string(150'000, 'x') + "\r\n-------big1$\r\n";
  trace.record(event);
  event.transport = Transport::udp;
  trace.record(event);
  for (auto const form : {CaptureForm::dissected, CaptureForm::internet}) {
    auto const file = pcapng(trace, {.form = form});
    EXPECT_THAT(tshark(file, std::string(faulty)), IsEmpty());
    EXPECT_THAT(tshark(file, "-Y msrp -T fields -e msrp.messageid"), HasSubstr("m\n"));
  }
}

/// A stream may have line ends before a start line (RFC 3261 7.5); a datagram was one packet and stays one.
TEST(Pcapng, LineEndsBeforeAStartLineHideNoMessageOfAStream) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  Trace trace;
  for (auto const transport : {Transport::tcp, Transport::udp})
    trace.record({.channel = Channel::sip,
                  .actor = "alice",
                  .transport = transport,
                  .octets = "\r\n\r\nOPTIONS sip:a@example SIP/2.0\r\nCall-ID: " + std::string(to_string(transport)) +
                            "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"});
  auto const text = tshark(pcapng(trace), "-T fields -E separator=' ' -e frame.number -e sip.Method -e _ws.col.Protocol");
  EXPECT_THAT(text, HasSubstr("\n2  tollgate\n3 OPTIONS SIP\n4 "));
  EXPECT_EQ(std::ranges::count(text, '\n'), 4) << "the header, two packets of the stream, one of the datagram: " << text;
}

TEST(Pcapng, HoldsAnythingWithoutAddressesOrMeaning) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed";
  Trace trace;
  for (auto const channel : {Channel::sip, Channel::msrp, Channel::ch2})
    for (auto const* remote : {"", "host:1", "[::1]:5", "10.0.0.1:99999"})
      trace.record({.channel = channel, .local = "127.0.0.1:7", .remote = remote, .octets = std::string("\0\xff\x01", 3)});
  trace.record({.channel = Channel::ch2, .octets = {}});
  for (auto const form : {CaptureForm::dissected, CaptureForm::internet})
    EXPECT_THAT(tshark(pcapng(trace, {.form = form}), "-T fields -e frame.comment"), HasSubstr("#13 (not readable)"));
}

TEST(SocketAddress, ReadsBothFamiliesAndRefusesTheRest) {
  EXPECT_EQ(SocketAddress::parse("127.0.0.1:5060")->ip, std::string("\x7f\0\0\x01", 4));
  EXPECT_EQ(SocketAddress::parse("[::1]:9")->ip, std::string(15, '\0') + '\x01');
  for (auto const* text : {"", ":", "a:1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:5", "[]:5", "[127.0.0.1]:5"})
    EXPECT_FALSE(SocketAddress::parse(text)) << text;
}

}  // namespace
}  // namespace tollgate::trace
