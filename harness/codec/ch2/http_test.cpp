#include "codec/ch2/http.hpp"

#include <gtest/gtest.h>

namespace tollgate::ch2 {
namespace {

TEST(Http, IsFramedAtAnyOctet) {
  auto const post = write_post("/ch2", "127.0.0.1:80", "<a/>");
  for (auto const& one : {post, write_response(200, "<b/>"), write_response(400, "", false)}) {
    for (std::size_t size = 0; size < one.size(); ++size)
      EXPECT_EQ(frame_http(std::string_view(one).substr(0, size)).state, Framed::State::need_more) << size;
    auto const two = one + one;
    auto const framed = frame_http(two);
    ASSERT_EQ(framed.state, Framed::State::message);
    EXPECT_EQ(framed.size, one.size());
  }
}

/// RFC 9112 3.2: HTTP/1.0 needs none.
TEST(Http, SaysWhetherAHostIsThere) {
  EXPECT_TRUE(parse_http("POST /ch2 HTTP/1.0\r\nContent-Length: 0\r\n\r\n")->has_host);
  EXPECT_FALSE(parse_http("POST /ch2 HTTP/1.1\r\nContent-Length: 0\r\n\r\n")->has_host);
  EXPECT_FALSE(parse_http("POST /ch2 HTTP/1.0\r\nHost: a\r\nHost: b\r\nContent-Length: 0\r\n\r\n")->has_host);
}

TEST(Http, SaysWhatItCarries) {
  auto const post = parse_http(write_post("/ch2", "127.0.0.1:80", "<a/>"));
  ASSERT_TRUE(post);
  EXPECT_TRUE(post->is_request);
  EXPECT_EQ(post->method, "POST");
  EXPECT_EQ(post->target, "/ch2");
  EXPECT_EQ(post->content_type, "application/xml");
  EXPECT_EQ(post->body, "<a/>");
  EXPECT_TRUE(post->keeps_alive);
  auto const refused = parse_http(write_response(413, "<b/>", false));
  ASSERT_TRUE(refused);
  EXPECT_FALSE(refused->is_request);
  EXPECT_EQ(refused->status, 413U);
  EXPECT_FALSE(refused->keeps_alive);
}

/// RFC 9110 5.6.7, 6.6.1.
TEST(Http, SaysTheDateOfWhoHasAClock) {
  EXPECT_TRUE(write_response(200, "<b/>", true, 784'111'777).starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
  EXPECT_FALSE(write_response(200, "<b/>").contains("Date"));
}

TEST(Http, ReadsChunksAndParametersOfTheType) {
  auto const chunked = parse_http(
      "POST /ch2 HTTP/1.1\r\nHost: x\r\nContent-Type: Application/XML; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2\r\n<a\r\n2\r\n/>\r\n0\r\n\r\n");
  ASSERT_TRUE(chunked);
  EXPECT_EQ(chunked->body, "<a/>");
  EXPECT_EQ(chunked->content_type, "application/xml");
}

struct Bad {
  std::string text;
  std::string_view rule;
  What what = What::invalid;
};

TEST(Http, IsRefusedWithItsClause) {
  std::string const head = "POST /ch2 HTTP/1.1\r\nHost: x\r\n";
  Bad const all[] = {
      {head + "Content-Length: 1073741824\r\n\r\n", "body", What::limit},
      {head + "Content-Length: 65537\r\n\r\n", "body", What::limit},
      {head + "X: " + std::string(9000, 'x'), "header", What::limit},
      {head + "Content-Length: many\r\n\r\n", "Content-Length"},
      {head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "Content-Length"},
      {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "chunk"},
      {head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(100'000, 'y') + "\r\n\r\n", "header", What::limit},
      {head + "Transfer-Encoding: chunked\r\n\r\n" + std::string(3000, ' ').replace(0, 3, "1;a") + std::string(140'000, 'b'), "body",
       What::limit},
      {head + "Transfer-Encoding: gzip, chunked\r\n\r\n", "transfer-coding"},
      {head + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\n<a/>", "transfer-coding"},
      {"POST /ch2 HTTP/7.0\r\n\r\n", "HTTP-version"},
      {"PO ST /ch2 HTTP/1.1\r\n\r\n", "HTTP-version"},
      {head + "bad field\r\n\r\n", "field-line"},
      {"HTTP/1.1 200 OK\r\n\r\n", "Content-Length"},
      {"HTTP/1.1 2x0 OK\r\n\r\n", "status-code"},
  };
  for (auto const& [text, rule, what] : all) {
    auto const framed = frame_http(text);
    ASSERT_EQ(framed.state, Framed::State::invalid) << text;
    EXPECT_EQ(framed.error.rule, rule) << text << describe(framed.error);
    EXPECT_EQ(framed.error.what, what) << text;
  }
}

/// Whatever stands in how many pieces is read as it is in one.
TEST(Http, RequestsOfAConnectionAreReadOnce) {
  auto const one = write_post("/ch2", "127.0.0.1:80", "<a/>");
  auto const chunked = std::string("POST /ch2 HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\n<a\r\n2\r\n/>\r\n0\r\n\r\n");
  for (std::size_t const size : {1UL, 7UL, 1000UL}) {
    HttpRequests requests;
    std::vector<Octets> cut;
    auto const all = "\r\n" + one + chunked + "\r\n\r\n" + one + "HTTP/1.1 200 OK\r\n\r\n";
    for (std::size_t at = 0; at < all.size(); at += size) {
      requests.append(all.substr(at, size));
      while (auto next = requests.next()) {
        cut.push_back(next->octets);
        EXPECT_EQ(next->error.has_value(), cut.size() > 3) << cut.back();
      }
    }
    ASSERT_GE(cut.size(), 4U) << size;
    EXPECT_EQ(cut[0], one);
    EXPECT_EQ(cut[1], chunked);
    EXPECT_EQ(cut[2], one);
  }
}

TEST(Http, ADripOfChunksCostsWhatItsOctetsCost) {
  HttpRequests requests;
  requests.append("POST /ch2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  std::size_t size = requests.rest().size();
  for (std::size_t i = 0; i < 10'000; ++i) {
    requests.append("1\r\na\r\n");
    size += 6;
    ASSERT_FALSE(requests.next());
  }
  EXPECT_LT(requests.octets_offered(), 3 * size) << "10 000 times as much where each piece has all before it read again";
}

TEST(Http, IsToldFromDiameter) {
  EXPECT_TRUE(is_http("POST"));
  EXPECT_TRUE(is_http("HTTP/1.1"));
  EXPECT_FALSE(is_http(std::string("\x01\x00\x00\x14", 4)));
  EXPECT_FALSE(is_http(""));
}

}  // namespace
}  // namespace tollgate::ch2
