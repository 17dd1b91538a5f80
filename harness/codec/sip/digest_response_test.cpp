#include "codec/sip/digest_response.hpp"

#include <gtest/gtest.h>

namespace tollgate::sip {
namespace {

/// RFC 7616 3.9.1: the example with both algorithms.
TEST(DigestResponse, IsThatOfTheExampleOfTheRfc) {
  DigestResponse credentials{.username = "Mufasa",
                             .realm = "http-auth@example.org",
                             .nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                             .uri = "/dir/index.html",
                             .response = "",
                             .algorithm = "MD5",
                             .qop = "auth",
                             .cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                             .opaque = "",
                             .nonce_count = 1};
  EXPECT_EQ(digest_response(credentials, "Circle of Life", "GET"), "8ca523f5e9506fed4657c9700eebdbec");
  credentials.algorithm = "SHA-256";
  EXPECT_EQ(digest_response(credentials, "Circle of Life", "GET"), "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  credentials.qop = "auth-int";
  EXPECT_FALSE(digest_response(credentials, "Circle of Life", "GET"));
}

/// RFC 2617 3.2.2.1: without a qop there is no cnonce; RFC 7616 3.4.2 for "-sess", worked with the OpenSSL program.
TEST(DigestResponse, IsComputedWithoutQopAndForSessions) {
  DigestResponse credentials{.username = "u",
                             .realm = "r",
                             .nonce = "n",
                             .uri = "sip:x",
                             .response = "",
                             .algorithm = "MD5",
                             .qop = "",
                             .cnonce = "c",
                             .opaque = "",
                             .nonce_count = {}};
  EXPECT_EQ(digest_response(credentials, "s", "REGISTER"), "d835f98530155d5ea8aea30eacbf14cc");
  credentials.algorithm = "SHA-256-sess";
  EXPECT_EQ(digest_response(credentials, "s", "REGISTER"), "0bcb499fb912aff3e7e133bd4551a00e2e704197dbfe6db60fd5896cb7ca715d");
  credentials.algorithm = "SHA-512-256";
  EXPECT_FALSE(digest_response(credentials, "s", "REGISTER"));
}

}  // namespace
}  // namespace tollgate::sip
