// Diameter messages: what parse accepts is written back octet for octet; what it refuses names octet, rule and clause.
#include "codec/diameter/message.hpp"

#include <gtest/gtest.h>

namespace tollgate::diameter {
namespace {

using namespace std::string_literals;

/// A DWR whose AVPs are `avps`; Message Length fits.
Octets message_with(Octets const& avps, Octets const& flags = "\x80"s) {
  auto const length = write_unsigned32(static_cast<std::uint32_t>(20 + avps.size())).substr(1);
  return "\1"s + length + flags + "\0\1\x18"s + "\0\0\0\0"s + "\1\2\3\4"s + "\5\6\7\x8"s + avps;
}

auto const origin_host =
    "\0\0\1\x08\x40\0\0\x0a"
    "ab\0\0"s;
auto const vendor_avp = "\0\0\x03\x69\xc0\0\0\x0c\0\0\x28\xaf"s;

TEST(DiameterMessage, reads_header_and_avps) {
  auto const message = Message::parse(message_with(origin_host + vendor_avp));
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_TRUE(message->header.is_request());
  EXPECT_EQ(message->header.command, 280U);
  EXPECT_EQ(message->header.hop_by_hop, 0x01020304U);
  EXPECT_EQ(message->header.end_to_end, 0x05060708U);
  ASSERT_EQ(message->avps.size(), 2U);
  EXPECT_EQ(message->avps[0].data, "ab");
  EXPECT_EQ(message->avps[0].padding, "\0\0"s);
  EXPECT_EQ(message->find(873, 10415), &message->avps[1]);
  EXPECT_EQ(message->find(873), nullptr);
  EXPECT_EQ(message->find(264), &message->avps[0]);
}

TEST(DiameterMessage, writes_back_what_it_read) {
  Octets const accepted[] = {
      message_with(""),
      message_with(origin_host, "\x8f"s),  // reserved header flags
      message_with("\0\0\1\x08\x5f\0\0\x0a"
                   "ab\0\0"s),  // reserved AVP flags
      message_with("\0\0\1\x08\x40\0\0\x0a"
                   "abXY"s),                                          // padding that is not zero
      message_with("\0\0\x03\x69\x40\0\0\x0c\0\0\x28\xaf"s),          // a 3GPP code without V: data is 4 octets
      message_with("\0\0\0\1\x80\0\0\x0c\0\0\0\0"s),                  // Vendor-ID 0
      message_with(origin_host + vendor_avp + origin_host, "\xf0"s),  // all flags
      message_with("\0\0\0\1\0\0\0\x08"s),                            // no data
  };
  for (auto const& octets : accepted) {
    auto const message = Message::parse(octets);
    ASSERT_TRUE(message) << printable(octets) << describe(message.error());
    EXPECT_EQ(message->write(), octets);
  }
}

TEST(DiameterMessage, refuses_with_octet_rule_and_clause) {
  auto const good = message_with(origin_host);
  auto const changed = [&](std::size_t at, char octet) {
    auto octets = good;
    octets[at] = octet;
    return octets;
  };
  struct {
    char const* what;
    Octets octets;
    std::size_t offset;
    std::string_view rule, clause;
  } const refused[] = {
      {"nothing", "", 0, "Diameter Header", "RFC 6733 3"},
      {"version", changed(0, 2), 0, "Version", "RFC 6733 3"},
      {"length below 20", changed(3, 16), 1, "Message Length", "RFC 6733 3"},
      {"length no multiple of 4", changed(3, 30), 1, "Message Length", "RFC 6733 3"},
      {"length above", changed(3, 36), 1, "Message Length", "RFC 6733 3"},
      {"length below the octets", changed(3, 28), 1, "Message Length", "RFC 6733 3"},
      {"half a header", good.substr(0, 10), 1, "Message Length", "RFC 6733 3"},
      {"AVP length 0", changed(27, 0), 25, "AVP Length", "RFC 6733 4.1"},
      {"AVP length 7", changed(27, 7), 25, "AVP Length", "RFC 6733 4.1"},
      {"AVP length below 12 with V", changed(24, '\xc0'), 25, "AVP Length", "RFC 6733 4.1.1"},
      {"AVP overruns", changed(27, 13), 25, "AVP Length", "RFC 6733 7.1.5"},
      {"second AVP cut", message_with(origin_host + "\0\0\0\1"s), 32, "AVP Header", "RFC 6733 4.1"},
  };
  for (auto const& c : refused) {
    auto const message = Message::parse(c.octets);
    ASSERT_FALSE(message) << c.what;
    EXPECT_EQ(message.error().what, What::invalid) << c.what;
    EXPECT_EQ(message.error().offset, c.offset) << c.what;
    EXPECT_EQ(message.error().rule, c.rule) << c.what;
    EXPECT_EQ(message.error().clause, c.clause) << c.what;
  }
}

TEST(DiameterMessage, refuses_members_of_a_group_without_padding) {
  auto const avps = parse_avps(origin_host + origin_host.substr(0, 10));
  ASSERT_FALSE(avps);
  EXPECT_EQ(avps.error().offset, 22U);
  EXPECT_EQ(avps.error().rule, "AVP padding");
}

TEST(DiameterMessage, keeps_to_limits) {
  auto const octets = message_with(origin_host + vendor_avp);
  auto const large = Message::parse(octets, {.octets = 40, .avps = 2});
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().what, What::limit);
  auto const many = Message::parse(octets, {.octets = 44, .avps = 1});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().what, What::limit);
  EXPECT_EQ(many.error().offset, 32U);
  EXPECT_TRUE(Message::parse(octets, {.octets = 44, .avps = 2}));
}

TEST(DiameterMessage, pads_what_was_made_by_hand) {
  Message message;
  message.avps = {{.code = 1, .flags = 0, .vendor = 0, .data = "abcde", .padding = {}},
                  {.code = 1, .flags = 0, .vendor = 0, .data = "abcd", .padding = "xx"}};
  auto const octets = message.write();
  EXPECT_EQ(octets.size(), 20U + 16U + 12U);
  EXPECT_TRUE(Message::parse(octets));
}

TEST(DiameterMessage, any_single_octet_changed_is_lossless_or_refused) {
  auto const good = message_with(origin_host + vendor_avp + origin_host);
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      auto octets = good;
      octets[at] = static_cast<char>(value);
      if (auto const message = Message::parse(octets)) {
        EXPECT_EQ(message->write(), octets) << at << ' ' << value;
      } else {
        EXPECT_LE(message.error().offset, octets.size());
      }
    }
  }
}

TEST(DiameterFrame, cuts_a_stream_wherever_it_is_split) {
  auto const first = message_with(origin_host);
  auto const stream = first + message_with(vendor_avp);
  for (std::size_t size = 0; size <= stream.size(); ++size) {
    auto const framed = frame(std::string_view(stream).substr(0, size));
    EXPECT_EQ(framed.state, size < first.size() ? Framed::State::need_more : Framed::State::message) << size;
    EXPECT_EQ(framed.size, size < first.size() ? 0 : first.size());
  }
}

TEST(DiameterFrame, refuses_what_no_octets_can_mend) {
  struct {
    Octets start;
    std::size_t offset;
    What what;
  } const refused[] = {
      {"\2\0\0\x14"s, 0, What::invalid},
      {"\1\0\0\x10"s, 1, What::invalid},
      {"\1\0\0\x15"s, 1, What::invalid},
      {"\1\xff\xff\xfc"s, 1, What::limit},
  };
  for (auto const& c : refused) {
    EXPECT_EQ(frame(c.start.substr(0, 3)).state, Framed::State::need_more);
    auto const framed = frame(c.start);
    ASSERT_EQ(framed.state, Framed::State::invalid) << printable(c.start);
    EXPECT_EQ(framed.error.offset, c.offset);
    EXPECT_EQ(framed.error.what, c.what);
  }
}

TEST(DiameterValue, integers_refuse_another_length) {
  Avp avp{.code = 415, .flags = 0, .vendor = 0, .data = write_unsigned32(0x80000001), .padding = {}};
  EXPECT_EQ(unsigned32(avp), 0x80000001U);
  ASSERT_FALSE(unsigned64(avp));
  EXPECT_EQ(unsigned64(avp).error().offset, 4U);
  avp.data = write_unsigned64(0x8000000000000002);
  EXPECT_EQ(unsigned64(avp), 0x8000000000000002U);
  EXPECT_FALSE(unsigned32(avp));
}

}  // namespace
}  // namespace tollgate::diameter
