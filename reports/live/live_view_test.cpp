#include "reports/live/live_view.hpp"

#include <boost/asio/connect.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
using Tcp = asio::ip::tcp;
using testing::HasSubstr;

/// A browser, as far as the live view needs one.
class Browser {
 public:
  explicit Browser(std::string const& url) {
    auto const host = url.substr(7, url.find('/', 7) - 7);
    host_ = host;
    at_ = Tcp::endpoint(asio::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(std::stoi(host.substr(host.find(':') + 1))));
  }
  [[nodiscard]] std::string page() { return asks("/").body(); }
  [[nodiscard]] http::response<http::string_body> asks(std::string const& target, std::string const& cookie = "") {
    Tcp::socket socket(io_);
    socket.connect(at_);
    http::request<http::empty_body> request(http::verb::get, target, 11);
    request.set(http::field::host, host_);
    if (!cookie.empty()) request.set(http::field::cookie, cookie);
    http::write(socket, request);
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    return response;
  }
  void watches() {
    socket_.next_layer().connect(at_);
    socket_.handshake(host_, "/live?since=0");
  }
  void looks_at(std::string const& key) { socket_.write(asio::buffer(key)); }
  [[nodiscard]] json::object told() {
    beast::flat_buffer buffer;
    socket_.read(buffer);
    return json::parse(beast::buffers_to_string(buffer.data())).as_object();
  }

 private:
  asio::io_context io_;
  std::string host_;
  Tcp::endpoint at_;
  beast::websocket::stream<Tcp::socket> socket_{io_};
};

class LiveViewTest : public testing::Test {
 protected:
  LiveViewTest() {
    for (auto& one : run_.cases) one.finished = one.verdict == Verdict::na;
    view_.emplace(run_, LiveServer::Settings{.host = "127.0.0.1"});
    browser_.emplace(view_->url());
  }
  tollgate::Run run_ = sample_run();
  std::optional<LiveView> view_;
  std::optional<Browser> browser_;
};

TEST_F(LiveViewTest, AVerdictComesToWhoLooksOnAndToWhoComesLater) {
  EXPECT_THAT(browser_->page(), HasSubstr(R"(<details class="planned" id="ORD-03")"));
  browser_->watches();
  auto& failed = run_.cases[1];
  failed.finished = true;
  view_->finished(failed);
  auto const row = browser_->told();
  EXPECT_EQ(row.at("id").as_string(), "ORD-03");
  EXPECT_THAT(std::string(row.at("html").as_string()), HasSubstr(R"(<details class="fail" id="ORD-03")"));
  EXPECT_EQ(browser_->told().at("id").as_string(), "summary");
  EXPECT_THAT(browser_->page(), HasSubstr(R"(<details class="fail" id="ORD-03")"));
}

/// A verdict that falls between the page and the WebSocket is told at once; what the page has, is not told again.
TEST_F(LiveViewTest, NothingIsMissedBetweenThePageAndItsConnection) {
  auto& failed = run_.cases[1];
  failed.finished = true;
  view_->finished(failed);
  EXPECT_THAT(browser_->page(), HasSubstr("id=\"version\""));  // by then it has been replaced
  browser_->watches();
  EXPECT_EQ(browser_->told().at("id").as_string(), "summary");
  EXPECT_EQ(browser_->told().at("id").as_string(), "ORD-03");
}

TEST_F(LiveViewTest, SaysWhatRunsAndDrawsTheLadderThatSomebodyLooksAt) {
  browser_->watches();
  auto trace = run_.cases[1].trace;
  for (int i = 0; i < 100; ++i) trace.record({.actor = "alice", .octets = "x"});
  std::vector const under_way{UnderWay{.index = 1, .waits_for = "alice: INVITE", .since = 1200ms, .trace = &trace}};
  browser_->looks_at("ORD-03");
  json::object told;
  for (int i = 0; i < 500 && !told.contains("ladder"); ++i) {  // until it is known that somebody looks
    view_->shows(under_way);
    told = browser_->told();
    if (!told.contains("ladder")) EXPECT_EQ(json::serialize(told.at("running")), R"([["ORD-03","1.2","alice: INVITE"]])");
  }
  EXPECT_EQ(told.at("ladder").as_string(), "ORD-03");
  std::string const html(told.at("html").as_string());
  EXPECT_THAT(html, HasSubstr("<svg"));
  EXPECT_THAT(html, HasSubstr("data-event=\"" + std::to_string(trace.events().size()) + "\"")) << "the newest";
  EXPECT_THAT(html, HasSubstr(" events came before"));
}

TEST_F(LiveViewTest, TheEndBringsTheWholeVerdictAndWhatNoPlanNames) {
  browser_->watches();
  auto beside = failed_case();
  beside.info.id = "PEERS";
  for (auto& one : run_.cases) one.finished = true;
  run_.cases.push_back(beside);
  view_->over();
  auto const more = browser_->told();
  EXPECT_THAT(std::string(more.at("html").as_string()), HasSubstr(R"(id="PEERS")"));
  EXPECT_THAT(std::string(browser_->told().at("html").as_string()), HasSubstr("Exit code 3"));
  EXPECT_TRUE(browser_->told().at("over").as_bool());
}

/// As a browser does: it opens the address that was printed, keeps the cookie, and follows what the page points to.
TEST_F(LiveViewTest, ALinkOfAPageWithATokenLeadsToTheFile) {
  auto const folder = std::filesystem::path(testing::TempDir()) / ("live-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "tests");
  std::ofstream(folder / "tests" / "ORD-03.svg") << "<svg/>";
  for (auto& one : run_.cases) one.finished = true;
  LiveView const view(run_, {.host = "127.0.0.1", .token = "secret", .folder = folder});
  Browser browser(view.url());
  EXPECT_EQ(browser.asks("/").result_int(), 403U);
  auto const page = browser.asks(view.url().substr(view.url().find('/', 7)));
  auto const link = page.body().find(R"(href="tests/ORD-03.svg")");
  ASSERT_NE(link, std::string::npos);
  auto const cookie = std::string(page[http::field::set_cookie]);
  EXPECT_EQ(browser.asks("/tests/ORD-03.svg", cookie.substr(0, cookie.find(';'))).body(), "<svg/>");
  EXPECT_EQ(browser.asks("/tests/ORD-03.svg").result_int(), 403U);
  std::filesystem::remove_all(folder);
}

/// Nobody opens 0.0.0.0, and nothing sticks to the token.
TEST_F(LiveViewTest, ThatIsServedEverywhereHasAnAddressThatOneCanOpen) {
  LiveView const everywhere(run_, {.host = "0.0.0.0", .token = "secret"});
  EXPECT_THAT(everywhere.url(), testing::MatchesRegex(R"(http://127\.0\.0\.1:[0-9]+/\?token=secret)"));
  EXPECT_THAT(everywhere.url_from_elsewhere(), testing::MatchesRegex(R"(http://[A-Za-z0-9._-]+:[0-9]+/\?token=secret)"));
  Browser browser(everywhere.url());
  EXPECT_EQ(browser.asks("/?token=secret").result_int(), 200U);
  EXPECT_EQ(view_->url_from_elsewhere(), "") << "who is on the loopback alone";
}

TEST_F(LiveViewTest, ATakenAddressIsRefusedWithIt) {
  auto const url = view_->url();
  auto const port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  EXPECT_THROW(LiveServer({.host = "127.0.0.1", .port = port}, {}), ServeError);
}

}  // namespace
}  // namespace tollgate::reports
