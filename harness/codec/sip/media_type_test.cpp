#include "codec/sip/media_type.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipMediaType, ReadsTypeAndParameters) {
  auto const read = parse_media_type("multipart / Mixed ;boundary=\"a;b\" ; charset=utf-8");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_TRUE(read->is("Multipart", "mixed"));
  EXPECT_EQ(read->parameters.find("boundary"), "\"a;b\"");
  EXPECT_EQ(read->parameters.find("charset"), "utf-8");
}

TEST(SipMediaType, ReadsAccept) {
  auto message = Message::request("X", "a");
  EXPECT_TRUE(accept(message)->empty());
  message.add(Name::accept, "application/sdp;level=1, text/*;q=0.5").add(Name::accept, "*/*");
  auto const read = accept(message);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 3U);
  EXPECT_TRUE((*read)[0].covers("Application", "SDP"));
  EXPECT_FALSE((*read)[0].covers("application", "pidf+xml"));
  EXPECT_TRUE((*read)[1].covers("text", "plain"));
  EXPECT_TRUE((*read)[2].covers("message", "cpim"));
}

TEST(SipMediaType, ReadsMimeVersion) {
  auto message = Message::request("X", "a");
  message.add(Name::mime_version, "1.0").add("c", "text/plain");
  EXPECT_EQ(*mime_version(message), "1.0");
  EXPECT_EQ(content_type(message)->subtype, "plain");
  for (std::string_view const bad : {"", "1", "1.", ".0", "1.0.0", "a.b"}) EXPECT_FALSE(parse_mime_version(bad)) << bad;
}

TEST(SipMediaType, RefusesTheRest) {
  constexpr RefusedText types[] = {
      {"", 0, "m-type"},
      {"text", 4, "media-type"},
      {"text/", 5, "m-subtype"},
      {"text/plain x", 11, "SEMI"},
      {"text/plain;q", 11, "m-parameter"},
      {"te xt/plain", 3, "media-type"},
  };
  expect_refused(types, parse_media_type);
  constexpr RefusedText ranges[] = {{"", 0, "m-type"}, {"*/plain", 0, "media-range"}, {"text/plain;q=2", 11, "qvalue"}};
  expect_refused(ranges, parse_accept_range);
}

}  // namespace tollgate::sip
