#include "reports/live/web_answer.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace tollgate::reports {
namespace {

namespace http = boost::beast::http;
using testing::HasSubstr;

WebRequest request(http::verb method, std::string_view target, std::string_view host = "127.0.0.1:8080") {
  WebRequest out(method, target, 11);
  out.set(http::field::host, host);
  return out;
}

class WebAnswer : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(site_.folder / "tests");
    std::ofstream(site_.folder / "tests" / "ORD-03.svg") << "<svg/>";
    std::ofstream(site_.folder / "secret.svg") << "no";
  }
  void TearDown() override { std::filesystem::remove_all(site_.folder); }

  [[nodiscard]] WebResponse answered(WebRequest const& request) const {
    return answer(request, site_, [] { return std::string("the page"); });
  }

  WebSite site_{.host = "127.0.0.1",
                .port = 8080,
                .token = "",
                .folder = std::filesystem::path(testing::TempDir()) / ("web-" + std::to_string(::getpid()))};
};

TEST_F(WebAnswer, IsThePageAndTheFilesOfCases) {
  EXPECT_EQ(answered(request(http::verb::get, "/")).body(), "the page");
  auto const ladder = answered(request(http::verb::get, "/tests/ORD-03.svg"));
  EXPECT_EQ(ladder.body(), "<svg/>");
  EXPECT_EQ(ladder[http::field::content_type], "image/svg+xml");
  EXPECT_EQ(ladder["X-Content-Type-Options"], "nosniff");
}

TEST_F(WebAnswer, GivesNothingElseAndTakesNothing) {
  for (auto const* target : {"/secret.svg", "/tests/../secret.svg", "/tests/..%2fsecret.svg", "/tests/", "/tests/.svg", "/tests/NONE.svg",
                             "/results.json", "/tests/ORD-03.svg/x", "//"})
    EXPECT_EQ(answered(request(http::verb::get, target)).result_int(), 404U) << target;
  for (auto const method : {http::verb::post, http::verb::put, http::verb::delete_, http::verb::options})
    EXPECT_EQ(answered(request(method, "/")).result_int(), 405U);
  auto const head = answered(request(http::verb::head, "/"));
  EXPECT_EQ(head.result_int(), 200U);
  EXPECT_EQ(head.body(), "");
  EXPECT_EQ(head[http::field::content_length], "8");
}

/// A page of somebody else whose name leads to a loopback address would read ours.
TEST_F(WebAnswer, IsForALoopbackNameAloneWhereNoTokenIsAskedFor) {
  EXPECT_EQ(answered(request(http::verb::get, "/", "localhost:8080")).result_int(), 200U);
  for (auto const* host : {"evil.example:8080", "127.0.0.1:8081", "", "localhost"})
    EXPECT_EQ(answered(request(http::verb::get, "/", host)).result_int(), 403U) << host;
}

TEST_F(WebAnswer, AsksForTheToken) {
  site_.token = "abc";
  EXPECT_EQ(answered(request(http::verb::get, "/?token=abc", "lab.example")).result_int(), 200U);
  for (auto const* target : {"/", "/?token=", "/?token=ab", "/?token=abcd", "/?x=token=abc", "/tests/ORD-03.svg"})
    EXPECT_EQ(answered(request(http::verb::get, target, "lab.example")).result_int(), 403U) << target;
  EXPECT_THAT(answered(request(http::verb::get, "/")).body(), HasSubstr("token"));
}

/// The links of the page carry no token: the browser keeps it.
TEST_F(WebAnswer, GivesTheTokenToTheBrowserThatBroughtItSoThatLinksWork) {
  site_.token = "abc";
  auto const kept = std::string(answered(request(http::verb::get, "/?token=abc", "lab.example"))[http::field::set_cookie]);
  EXPECT_EQ(kept, "tollgate-8080=abc; Path=/; HttpOnly; SameSite=Strict");
  auto link = request(http::verb::get, "/tests/ORD-03.svg", "lab.example");
  link.set(http::field::cookie, "theme=dark; " + kept.substr(0, kept.find(';')));
  EXPECT_EQ(answered(link).body(), "<svg/>");
  for (auto const* cookie : {"tollgate-8080=ab", "tollgate-8080=", "tollgate-8081=abc", "xtollgate-8080=abc", "abc", ";;="}) {
    link.set(http::field::cookie, cookie);
    EXPECT_EQ(answered(link).result_int(), 403U) << cookie;
  }
  EXPECT_EQ(answered(request(http::verb::get, "/", "lab.example"))[http::field::set_cookie], "") << "nothing for who has none";
}

TEST_F(WebAnswer, OnlyOurPageMayWatch) {
  auto watching = request(http::verb::get, "/live");
  EXPECT_TRUE(is_own_page(watching));
  watching.set(http::field::origin, "http://127.0.0.1:8080");
  EXPECT_TRUE(is_own_page(watching));
  watching.set(http::field::origin, "http://evil.example");
  EXPECT_FALSE(is_own_page(watching));
}

}  // namespace
}  // namespace tollgate::reports
