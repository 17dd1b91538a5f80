#include "codec/sdp/msrp_media.hpp"

#include <gmock/gmock.h>

#include "base/text.hpp"

namespace tollgate::sdp {

using testing::ElementsAre;

constexpr std::string_view head = "v=0\r\no=- 1 2 IN IP4 h\r\ns=-\r\n";
constexpr std::string_view path = "a=path:msrp://h:2855/s;tcp\r\n";
constexpr std::string_view types = "a=accept-types:text/plain\r\n";

static Description parsed(std::string const& text) {
  auto description = Description::parse(text);
  EXPECT_TRUE(description) << printable(text) << tollgate::describe(description.error());
  return description ? *description : Description{};
}

static std::string offer(std::string_view media, std::string_view session = "c=IN IP4 192.0.2.1\r\nt=0 0\r\n") {
  return std::string(head).append(session).append(media);
}

TEST(MsrpMedia, ReadsEveryAttribute) {
  auto const read = msrp_media(
      parsed(offer("m=audio 1 RTP/AVP 0\r\na=path:ignored\r\n"
                   "m=message 2855 TCP/TLS/MSRP *\r\nc=IN IP6 2001:db8::1\r\na=accept-types:message/cpim text/* *\r\na=unknown:1\r\n"
                   "a=accept-wrapped-types:text/plain;charset=utf-8\r\na=path:msrps://r:1/a;tcp msrps://h:2/b;tcp\r\n"
                   "a=setup:actpass\r\na=sendonly\r\na=max-size:18446744073709551615\r\n"
                   "m=message 1 TCP/MSRP *\r\n")));
  ASSERT_TRUE(read) << tollgate::describe(read.error());
  EXPECT_EQ(read->address_type, "IP6");
  EXPECT_EQ(read->address, "2001:db8::1");
  EXPECT_EQ(read->port, 2855);
  EXPECT_EQ(read->protocol, "TCP/TLS/MSRP");
  EXPECT_THAT(read->path, ElementsAre("msrps://r:1/a;tcp", "msrps://h:2/b;tcp"));
  EXPECT_EQ(read->setup, Setup::actpass);
  EXPECT_THAT(read->accept_types, ElementsAre("message/cpim", "text/*", "*"));
  EXPECT_THAT(read->accept_wrapped_types, ElementsAre("text/plain;charset=utf-8"));
  EXPECT_EQ(read->max_size, UINT64_MAX);
  EXPECT_EQ(read->direction, Direction::sendonly);
}

TEST(MsrpMedia, TakesFromTheSessionWhatTheMediaLeavesOut) {
  auto const media = std::string("m=message 9 TCP/MSRP *\r\n").append(path).append(types);
  auto const session = "c=IN IP4 192.0.2.1\r\nt=0 0\r\na=setup:passive\r\na=inactive\r\n";
  auto const read = msrp_media(parsed(offer(media, session)));
  ASSERT_TRUE(read) << tollgate::describe(read.error());
  EXPECT_EQ(read->address, "192.0.2.1");
  EXPECT_EQ(read->setup, Setup::passive);
  EXPECT_EQ(read->direction, Direction::inactive);
  auto const own = msrp_media(parsed(offer(media + "a=setup:active\r\na=sendrecv\r\n", session)));
  ASSERT_TRUE(own) << tollgate::describe(own.error());
  EXPECT_EQ(own->setup, Setup::active);
  EXPECT_EQ(own->direction, Direction::sendrecv);
}

TEST(MsrpMedia, ARefusedMediaNeedsNoPath) {
  auto const read = msrp_media(parsed(offer("m=message 0 TCP/MSRP *\r\n")));
  ASSERT_TRUE(read) << tollgate::describe(read.error());
  EXPECT_EQ(read->port, 0);
  EXPECT_TRUE(read->path.empty());
}

namespace {
struct Refused {
  std::string_view media;
  std::string_view at;  ///< what stands where the error is; "" for the end
  std::string_view rule;
};
}  // namespace

/// `media` with a P at the start of a line as the path line and a T as the types line.
static std::string spelled_out(std::string_view media) {
  std::string out;
  for (char const c : media) {
    bool const is_line_start = out.ends_with('\n');
    if (is_line_start && c == 'P')
      out += path;
    else if (is_line_start && c == 'T')
      out += types;
    else
      out += c;
  }
  return out;
}

TEST(MsrpMedia, RefusesTheRest) {
  constexpr Refused all[] = {
      {"", "", "media-field"},
      {"m=audio 1 RTP/AVP 0\r\n", "", "media-field"},
      {"m=message 1 TCP/MSRP\r\nPT", "\r\na=path", "media-field"},
      {"m=message 65536 TCP/MSRP *\r\nPT", "65536", "port"},
      {"m=message 1/2 TCP/MSRP *\r\nPT", "1/2", "port"},
      {"m=message  TCP/MSRP *\r\nPT", " TCP", "port"},
      {"m=message 1 RTP/AVP *\r\nPT", "RTP", "proto"},
      {"m=message 1 TCP/MSRP *\r\nT", "message 1", "path"},
      {"m=message 1 TCP/MSRP *\r\na=path\r\nT", "message 1", "path"},
      {"m=message 1 TCP/MSRP *\r\nP", "message 1", "accept-types"},
      {"m=message 1 TCP/MSRP *\r\nPPT", "path:msrp://h:2855/s;tcp\r\na=accept", "attribute"},
      {"m=message 1 TCP/MSRP *\r\na=path:http://h\r\nT", "http", "msrp-scheme"},
      {"m=message 1 TCP/MSRP *\r\nPa=accept-types:*  text/plain\r\n", " text", "format-entry"},
      {"m=message 1 TCP/MSRP *\r\nPa=accept-types:text\r\n", "text\r", "format-entry"},
      {"m=message 1 TCP/MSRP *\r\nPa=accept-types:text/;a/b\r\n", "text/;", "format-entry"},
      {"m=message 1 TCP/MSRP *\r\nPTa=setup:maybe\r\n", "maybe", "setup"},
      {"m=message 1 TCP/MSRP *\r\nPTa=max-size:-1\r\n", "-1", "max-size"},
      {"m=message 1 TCP/MSRP *\r\nPTa=max-size:18446744073709551616\r\n", "1844", "max-size"},
      {"m=message 1 TCP/MSRP *\r\nPTa=sendonly\r\na=recvonly\r\n", "recvonly", "direction"},
      {"m=message 1 TCP/MSRP *\r\nc=IN I/5 h\r\nPT", "I/5", "addrtype"},
      {"m=message 1 TCP/MSRP *\r\nc=IN IP6 10.0.0.1\r\nPT", "10.0.0.1", "unicast-address"},
      {"m=message 1 TCP/MSRP *\r\nPTa=msrp-cema:1\r\n", ":1", "msrp-cema"},
      {"m=message 1 TCP/MSRP *\r\nc=IN IP4\r\nPT", "\r\na=path", "connection-field"},
  };
  for (auto const& refused : all) {
    auto const media = spelled_out(refused.media);
    auto const text = offer(media);
    auto const read = msrp_media(parsed(text));
    ASSERT_FALSE(read) << printable(text);
    auto const found = std::string_view(text).substr(read.error().offset);
    EXPECT_TRUE(refused.at.empty() ? found.empty() : found.starts_with(refused.at)) << printable(text) << tollgate::describe(read.error());
    EXPECT_EQ(read.error().rule, refused.rule) << printable(text);
  }
}

TEST(MsrpMedia, NeedsAConnection) {
  auto const media = std::string("m=message 1 TCP/MSRP *\r\n").append(path).append(types);
  auto const read = msrp_media(parsed(offer(media, "t=0 0\r\n")));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().rule, "connection-field");
}

static MsrpMedia sample() {
  MsrpMedia media;
  media.address = "127.0.0.1";
  media.port = 2855;
  media.path = {"msrp://127.0.0.1:2855/s1;tcp"};
  media.accept_types = {"message/cpim", "text/plain"};
  return media;
}

TEST(MsrpMedia, DescribesInOneOrder) {
  auto media = sample();
  EXPECT_EQ(describe(media, 7, 8).write(),
            "v=0\r\no=- 7 8 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 2855 TCP/MSRP *\r\n"
            "a=accept-types:message/cpim text/plain\r\na=path:msrp://127.0.0.1:2855/s1;tcp\r\n");
  media.setup = Setup::holdconn;
  media.direction = Direction::recvonly;
  media.max_size = 0;
  EXPECT_THAT(describe(media, 7, 8).write(), testing::EndsWith("/s1;tcp\r\na=setup:holdconn\r\na=recvonly\r\na=max-size:0\r\n"));
}

TEST(MsrpMedia, ReadsWhatItDescribes) {
  for (auto const setup : {Setup::active, Setup::passive, Setup::actpass, Setup::holdconn})
    for (auto const direction : {Direction::sendrecv, Direction::sendonly, Direction::recvonly, Direction::inactive}) {
      auto media = sample();
      media.setup = setup;
      media.direction = direction;
      media.max_size = 4096;
      media.accept_wrapped_types = {"*"};
      auto const text = describe(media, UINT64_MAX, 0).write();
      auto const read = msrp_media(parsed(text));
      ASSERT_TRUE(read) << tollgate::describe(read.error());
      EXPECT_EQ(read->setup, setup);
      EXPECT_EQ(read->direction, direction);
      EXPECT_EQ(read->path, media.path);
      EXPECT_EQ(describe(*read, UINT64_MAX, 0).write(), text);
    }
}

TEST(MsrpMedia, ReadsConnectionFingerprintAndCema) {
  auto media = sample();
  media.connection = ConnectionUse::existing;
  media.fingerprints = {"md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF", "new-hash AB"};
  media.has_cema = true;
  auto const text = describe(media, 1, 1).write();
  auto const read = msrp_media(parsed(text));
  ASSERT_TRUE(read) << tollgate::describe(read.error());
  EXPECT_EQ(read->connection, media.connection);
  EXPECT_EQ(read->fingerprints, media.fingerprints);
  EXPECT_TRUE(read->has_cema);
  auto const inherited =
      std::string(head) + "c=IN IP4 h\r\nt=0 0\r\na=fingerprint:x AB\r\na=connection:new\r\n" + spelled_out("m=message 1 TCP/MSRP *\r\nPT");
  auto const index = Index::parse(inherited);
  ASSERT_TRUE(index) << tollgate::describe(index.error());
  auto const view = msrp_media_view(*index);
  ASSERT_TRUE(view) << tollgate::describe(view.error());
  ASSERT_EQ(view->fingerprints.size(), 1U);
  EXPECT_EQ(view->connection, ConnectionUse::new_connection);
}

TEST(MsrpMedia, ReadsEachOfSeveral) {
  auto const text = offer(spelled_out("m=message 1 TCP/MSRP *\r\nPT") + spelled_out("m=audio 5 RTP/AVP 0\r\n") +
                          spelled_out("m=message 2 TCP/MSRP *\r\nPT"));
  EXPECT_EQ(msrp_media(parsed(text), 1)->port, 2);
  EXPECT_FALSE(msrp_media(parsed(text), 2));
}

}  // namespace tollgate::sdp
