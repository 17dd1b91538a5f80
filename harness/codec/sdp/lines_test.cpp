// o=, c=, t=, b=, m= and the attributes, each line by itself.
#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sdp/attribute_line.hpp"
#include "codec/sdp/attributes.hpp"
#include "codec/sdp/media_line.hpp"
#include "codec/sdp/origin.hpp"
#include "codec/sdp/timing.hpp"

namespace tollgate::sdp {

/// `parse` of a line that stands at octet 100 of its text, its errors counted from the line.
template <class Parse>
static auto in_a_text(Parse parse) {
  return [=](std::string_view line) {
    constexpr std::size_t at = 100;
    auto read = parse(Piece{line, at});
    if (!read) read.error().offset -= at;
    return read;
  };
}

TEST(SdpLines, ReadsOrigin) {
  auto const read = parse_origin({"alice 2890844526 2890842807 IN IP6 2001:db8::1", 2});
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->username, "alice");
  EXPECT_EQ(read->session_id, "2890844526");
  EXPECT_EQ(read->session_version, "2890842807");
  EXPECT_EQ(read->address.type, "IP6");
  EXPECT_EQ(read->address.text, "2001:db8::1");
  constexpr RefusedText all[] = {
      {"", 0, "username"},
      {"- x 1 IN IP4 h", 2, "sess-id"},
      {"- 1 -1 IN IP4 h", 4, "sess-version"},
      {"- 1 1 X: IP4 h", 6, "nettype"},
      {"- 1 1 IN I/P h", 9, "addrtype"},
      {"- 1 1 IN IP4", 12, "origin-field"},
      {"- 1 1 IN IP4 ::1", 13, "unicast-address"},
      {"- 1 1 IN IP4 h x", 15, "origin-field"},
  };
  expect_refused(all, in_a_text(parse_origin));
}

TEST(SdpLines, ReadsConnection) {
  auto const multicast = parse_connection({"IN IP4 233.252.0.1/127/3", 2});
  ASSERT_TRUE(multicast) << describe(multicast.error());
  EXPECT_EQ(multicast->address.text, "233.252.0.1");
  EXPECT_EQ(multicast->ttl, 127U);
  EXPECT_EQ(multicast->count, 3U);
  auto const six = parse_connection({"IN IP6 ff00::db8:0:101/3", 2});
  ASSERT_TRUE(six) << describe(six.error());
  EXPECT_EQ(six->ttl, std::nullopt);
  EXPECT_EQ(six->count, 3U);
  EXPECT_TRUE(parse_connection({"IN IP6 FF02::1", 2}));
  EXPECT_TRUE(parse_connection({"IN IP4 223.255.255.255", 2}));
  auto const other = parse_connection({"ATM NSAP 47.0091/x", 2});
  ASSERT_TRUE(other) << describe(other.error());
  EXPECT_FALSE(other->address.is_ip());
  EXPECT_EQ(other->address.text, "47.0091/x");
  constexpr RefusedText all[] = {
      {"IN IP4 [::1]", 7, "unicast-address"},
      {"IN IP6 [::1]", 7, "unicast-address"},
      {"IN IP4 h/256", 9, "ttl"},
      {"IN IP4 h/1/x", 11, "integer"},
      {"IN IP6 ff00::1/1/2", 17, "integer"},
      {"IN IP4 h x", 9, "connection-field"},
      {"IN IP4 192.0.2.1/127", 16, "connection-address"},
      {"IN IP6 ::1/2", 10, "connection-address"},
      {"IN IP4 224.2.36.42", 18, "ttl"},
      {"IN IP6 FF00::1/0", 15, "integer"},
      {"IN IP4 239.0.0.1/1/0", 19, "integer"},
  };
  expect_refused(all, in_a_text(parse_connection));
}

TEST(SdpLines, ReadsTimingAndBandwidth) {
  EXPECT_EQ(parse_timing({"3034423619 3042462419", 2})->stop, 3042462419U);
  EXPECT_EQ(parse_bandwidth({"X-YZ:128", 2})->type, "X-YZ");
  EXPECT_EQ(parse_bandwidth({"CT:0", 2})->value, 0U);
  constexpr RefusedText times[] = {{"", 0, "start-time"},
                                   {"0", 1, "stop-time"},
                                   {"0 0 0", 4, "time-field"},
                                   {"3042462419 3034423619", 0, "stop-time"},
                                   {"123 0", 0, "start-time"},
                                   {"0 0123456789", 2, "stop-time"},
                                   {"+3034423619 0", 0, "start-time"}};
  expect_refused(times, in_a_text(parse_timing));
  EXPECT_EQ(parse_timing({"99999999999999999999999 0", 2})->start, UINT64_MAX);
  constexpr RefusedText widths[] = {{":1", 0, "bwtype"}, {"AS", 2, "bandwidth-field"}, {"AS:1k", 3, "bandwidth"}};
  expect_refused(widths, in_a_text(parse_bandwidth));
}

TEST(SdpLines, ReadsRepetitionsAndZones) {
  for (std::string_view const good : {"7d 1h 0", "604800 3600 0 90000", "1d 1h 0 25h"}) EXPECT_TRUE(parse_repeat({good, 2})) << good;
  for (std::string_view const good : {"3730928400 -1h", "3730928400 -1h 3749680800 0"}) EXPECT_TRUE(parse_zone({good, 2})) << good;
  constexpr RefusedText repeats[] = {{"", 0, "repeat-interval"},       {"0 1h 0", 0, "repeat-interval"}, {"7d", 2, "typed-time"},
                                     {"7d 1h", 5, "typed-time"},       {"7d 1y 0", 3, "typed-time"},     {"7d 1h 0 ", 8, "typed-time"},
                                     {"7D 1h 0", 0, "repeat-interval"}};
  expect_refused(repeats, in_a_text(parse_repeat));
  constexpr RefusedText zones[] = {
      {"3724394400", 10, "typed-time"}, {"123 -1h", 0, "time"}, {"3724394400 --1h", 11, "typed-time"}, {"3724394400 1h x", 14, "time"}};
  expect_refused(zones, in_a_text(parse_zone));
}

TEST(SdpLines, ReadsAttributeLines) {
  EXPECT_EQ(parse_attribute_line({"sendrecv", 2})->value, std::nullopt);
  auto const read = parse_attribute_line({"rtpmap:96 L8/8000", 2});
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->name, "rtpmap");
  EXPECT_EQ(read->value->text, "96 L8/8000");
  EXPECT_EQ(read->value->offset, 9U);
  constexpr RefusedText all[] = {{"", 0, "attribute-name"},
                                 {":x", 0, "attribute-name"},
                                 {"foo bar", 3, "attribute-name"},
                                 {"foo:", 4, "attribute-value"},
                                 {"f=o", 1, "attribute-name"}};
  expect_refused(all, in_a_text(parse_attribute_line));
  auto const check = [](std::string_view text) {
    auto const line = parse_attribute_line({text, 0});
    return line ? check_attribute_value(*line) : Parsed<void>();
  };
  for (std::string_view const good : {"rtpmap:98 L16/11025/2", "rtpmap:0 PCMU/8000", "inactive", "x:sendrecv"})
    EXPECT_TRUE(check(good)) << good;
  constexpr RefusedText values[] = {{"sendrecv:x", 8, "direction"},          {"rtpmap:96", 9, "encoding-name"},
                                    {"rtpmap:x L8/1", 7, "payload-type"},    {"rtpmap:31 LPC", 13, "clock-rate"},
                                    {"rtpmap:31 LPC/x", 13, "clock-rate"},   {"rtpmap", 0, "payload-type"},
                                    {"rtpmap:31 L/8/1/2", 11, "clock-rate"}, {"rtpmap:31 /8", 10, "encoding-name"}};
  expect_refused(values, check);
}

TEST(SdpLines, ReadsMediaLine) {
  auto const read = parse_media_line({"video 49170/2 RTP/AVP 31 32", 2});
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->media, "video");
  EXPECT_EQ(read->port, 49170);
  EXPECT_EQ(read->port_count, 2U);
  EXPECT_EQ(read->protocol, "RTP/AVP");
  EXPECT_EQ(read->formats, "31 32");
  EXPECT_TRUE(is_msrp("TCP/MSRP"));
  EXPECT_FALSE(is_msrp("tcp/msrp"));
  constexpr RefusedText all[] = {
      {"message 9 TCP/MSRP", 18, "media-field"}, {" 9 TCP/MSRP *", 0, "media"}, {"message x TCP/MSRP *", 8, "port"},
      {"message 9/0 TCP/MSRP *", 10, "integer"}, {"message 9  *", 10, "proto"}, {"message 9 TCP/MSRP *  x", 21, "fmt"},
  };
  expect_refused(all, in_a_text(parse_media_line));
}

TEST(SdpLines, ReadsFingerprint) {
  auto const read = parse_fingerprint({"md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF", 14});
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->hash_function, "md5");
  EXPECT_TRUE(parse_fingerprint({"new-hash AB", 14}));
  constexpr RefusedText all[] = {
      {"sha-1", 0, "hash-func"},   {"sha-1 ", 6, "fingerprint"},  {"x A", 3, "fingerprint"},
      {"x AB:", 5, "fingerprint"}, {"x AB-CD", 4, "fingerprint"}, {"SHA-256 AB:CD", 8, "fingerprint"},
  };
  expect_refused(all, in_a_text(parse_fingerprint));
}

TEST(SdpLines, ReadsWordsOfAttributes) {
  EXPECT_EQ(parse_setup({"passive", 8}), Setup::passive);
  EXPECT_EQ(parse_connection_use({"existing", 13}), ConnectionUse::existing);
  EXPECT_EQ(direction_named("recvonly"), Direction::recvonly);
  EXPECT_EQ(direction_named("Recvonly"), std::nullopt);
  EXPECT_EQ(to_string(ConnectionUse::new_connection), "new");
  EXPECT_FALSE(parse_setup({"Passive", 8}));
  EXPECT_FALSE(parse_connection_use({"", 13}));
  EXPECT_FALSE(parse_max_size({"+1", 11}));
  EXPECT_TRUE(parse_format_list({"* text/plain;charset=utf-8", 15}));
}

}  // namespace tollgate::sdp
