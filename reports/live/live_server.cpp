#include "reports/live/live_server.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/host_name.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <thread>

#include "base/text.hpp"
#include "reports/live/watcher.hpp"
#include "reports/live/web_answer.hpp"

namespace tollgate::reports {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;

static constexpr std::string_view every_ipv4 = "0.0.0.0";

static std::string url_of(WebSite const& site) {
  return fmt::format("http://{}/{}", site.name(), site.token.empty() ? "" : "?token=" + site.token);
}

class LiveServer::Impl {
 public:
  Impl(Settings const& settings, Page page) : acceptor_(io_), page_(std::move(page)) {
    try {
      Tcp::endpoint const at(asio::ip::make_address(settings.host), settings.port);
      acceptor_.open(at.protocol());
      acceptor_.set_option(Tcp::acceptor::reuse_address(true));
      acceptor_.bind(at);
      acceptor_.listen();
      site_ = {.host = at.address().is_v6() ? fmt::format("[{}]", settings.host) : settings.host,
               .port = acceptor_.local_endpoint().port(),
               .token = settings.token,
               .folder = settings.folder};
    } catch (boost::system::system_error const& error) {
      throw ServeError(fmt::format("--serve: the live view cannot listen on {} port {}: {}; name another port, or 0 for a free one",
                                   settings.host, settings.port, error.code().message()));
    }
    page_.parts.push_back(version_mark());
    asio::co_spawn(io_, accept(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Impl() {
    asio::co_spawn(io_, drain(), asio::detached);
    thread_.join();
  }
  Impl(Impl const&) = delete;
  Impl& operator=(Impl const&) = delete;

  [[nodiscard]] WebSite const& site() const { return site_; }

  void replaces(std::string key, std::function<std::string()> html) {
    asio::post(io_, [this, key = std::move(key), html = std::move(html)] {
      auto now = html();
      auto const part = std::ranges::find(page_.parts, key, &Page::Part::key);
      if (part == page_.parts.end()) return;
      part->html = std::move(now);
      versions_[key] = ++version_;
      page_.parts.back() = version_mark();
      tell_all(replacement(*part));
    });
  }

  void tells(std::string json) {
    asio::post(io_, [this, text = std::move(json)] { tell_all(text); });
  }

  [[nodiscard]] std::set<std::string> watched() const {
    std::scoped_lock const lock(mutex_);
    return {watched_.begin(), watched_.end()};
  }

 private:
  static constexpr std::size_t watchers_most = 64, connections_most = 256;

  /// The last part of the page, so that who reads it hears of everything since.
  [[nodiscard]] Page::Part version_mark() const {
    return {"", fmt::format(R"(<span id="version" data-version="{}" hidden></span>)", version_)};
  }

  static std::string replacement(Page::Part const& part) {
    return boost::json::serialize(boost::json::object{{"id", part.key}, {"html", part.html}});
  }

  /// What has changed since the page was read.
  void catch_up(Watcher& watcher, std::uint64_t since) const {
    for (auto const& part : page_.parts)
      if (auto const changed = versions_.find(part.key); changed != versions_.end() && changed->second > since)
        watcher.tell(std::make_shared<std::string const>(replacement(part)));
  }

  void tell_all(std::string json) {
    auto const text = std::make_shared<std::string const>(std::move(json));
    for (auto const& watcher : watchers_) watcher->tell(text);
  }

  asio::awaitable<void> accept() {
    for (;;) {
      auto [error, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
      if (error == asio::error::operation_aborted) co_return;
      if (error || connections_ >= connections_most) continue;
      ++connections_;
      asio::co_spawn(io_, serve(beast::tcp_stream(std::move(socket))), [this](std::exception_ptr const&) { --connections_; });
    }
  }

  /// Requests of one connection, one after the other. What a client breaks ends its connection alone.
  asio::awaitable<void> serve(beast::tcp_stream stream) {
    constexpr std::size_t header_most = 8192;
    beast::flat_buffer buffer(2 * header_most);
    for (bool goes_on = true; goes_on;) {
      http::request_parser<http::empty_body> parser;
      parser.header_limit(header_most);
      stream.expires_after(std::chrono::seconds(30));
      co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
      auto const request = parser.release();
      if (beast::websocket::is_upgrade(request) && may_watch(request)) co_return co_await watch(std::move(stream), request);
      auto const response = answer(request, site_, [this] { return page_.whole(); });
      goes_on = response.keep_alive();
      co_await http::async_write(stream, response, asio::use_awaitable);
    }
  }

  [[nodiscard]] bool may_watch(http::request<http::empty_body> const& request) const {
    return watchers_.size() < watchers_most && is_own_page(request) && may_ask(request, site_);
  }

  asio::awaitable<void> watch(beast::tcp_stream stream, http::request<http::empty_body> request) {
    auto const watcher = std::make_shared<Watcher>(std::move(stream));
    watcher->on_look = [this] { note_watched(); };
    watchers_.insert(watcher);
    if (auto const since = to_number<std::uint64_t>(query_of(request.target(), "since"))) catch_up(*watcher, *since);
    try {
      co_await watcher->serve(request);
    } catch (boost::system::system_error const&) {  // NOLINT(bugprone-empty-catch): it has gone, in whichever way
    }
    watchers_.erase(watcher);
    note_watched();
  }

  void note_watched() {
    std::scoped_lock const lock(mutex_);
    watched_.clear();
    for (auto const& watcher : watchers_)
      if (!watcher->looks_at().empty()) watched_.insert(watcher->looks_at());
  }

  asio::awaitable<void> drain() {
    asio::steady_timer timer(io_);
    acceptor_.close();
    constexpr int looks_most = 100;
    for (int i = 0; i < looks_most && !std::ranges::all_of(watchers_, [](auto const& one) { return one->is_idle(); }); ++i) {
      timer.expires_after(std::chrono::milliseconds(20));
      co_await timer.async_wait(asio::use_awaitable);
    }
    io_.stop();
  }

  WebSite site_;
  mutable std::mutex mutex_;  ///< of `watched_`
  std::set<std::string> watched_;
  asio::io_context io_{1};
  Tcp::acceptor acceptor_;
  // Of the own thread, once it runs.
  Page page_;
  std::uint64_t version_ = 0;
  std::map<std::string, std::uint64_t> versions_;  ///< of the parts that have changed
  std::set<std::shared_ptr<Watcher>> watchers_;
  std::size_t connections_ = 0;
  std::thread thread_;
};

LiveServer::LiveServer(Settings const& settings, Page page) : impl_(std::make_unique<Impl>(settings, std::move(page))) {}

LiveServer::~LiveServer() = default;

std::string LiveServer::url() const {
  auto site = impl_->site();
  if (is_everywhere()) site.host = site.host == every_ipv4 ? "127.0.0.1" : "[::1]";
  return url_of(site);
}

std::string LiveServer::url_from_elsewhere() const {
  if (!is_everywhere()) return "";
  auto site = impl_->site();
  boost::system::error_code error;
  site.host = asio::ip::host_name(error);
  return error || site.host.empty() ? "" : url_of(site);
}

bool LiveServer::is_everywhere() const {
  return impl_->site().host == every_ipv4 || impl_->site().host == "[::]";
}

void LiveServer::replaces(std::string key, std::function<std::string()> html) {
  impl_->replaces(std::move(key), std::move(html));
}

void LiveServer::tells(std::string json) {
  impl_->tells(std::move(json));
}

std::set<std::string> LiveServer::watched() const {
  return impl_->watched();
}

}  // namespace tollgate::reports
