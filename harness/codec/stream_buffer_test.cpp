#include "codec/stream_buffer.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

/// Lines are messages; a '!' at the start of one is no message.
Framed by_line(std::string_view stream) {
  if (stream.front() == '!') return Framed::bad({What::invalid, 0, "line", "", "starts with !"});
  auto const end = stream.find('\n');
  return end == std::string_view::npos ? Framed::more() : Framed::message(end + 1);
}

TEST(StreamBuffer, CutsWholeMessagesHoweverTheyArrive) {
  StreamBuffer buffer(by_line);
  EXPECT_FALSE(buffer.next());
  buffer.append("one\ntwo\nthr");
  EXPECT_EQ(buffer.next()->octets, "one\n");
  EXPECT_EQ(buffer.next()->octets, "two\n");
  EXPECT_FALSE(buffer.next());
  buffer.append("ee\n");
  EXPECT_EQ(buffer.next()->octets, "three\n");
  EXPECT_FALSE(buffer.next());
}

TEST(StreamBuffer, SkipsWhatStandsBeforeAMessage) {
  StreamBuffer buffer(by_line);
  buffer.append("....on");
  EXPECT_TRUE(buffer.skip(".."));
  EXPECT_TRUE(buffer.skip(".."));
  EXPECT_FALSE(buffer.skip(".."));
  EXPECT_FALSE(buffer.next());
  buffer.append("e\n");
  EXPECT_EQ(buffer.next()->octets, "one\n");
}

TEST(StreamBuffer, GivesTheRestWhereItCannotGoOn) {
  StreamBuffer buffer(by_line);
  buffer.append("one\n!two\nthree\n");
  EXPECT_FALSE(buffer.next()->error);
  auto const rest = buffer.next();
  EXPECT_EQ(rest->octets, "!two\nthree\n");
  ASSERT_TRUE(rest->error);
  EXPECT_EQ(rest->error->rule, "line");
  EXPECT_FALSE(buffer.next());
}

}  // namespace
}  // namespace tollgate
