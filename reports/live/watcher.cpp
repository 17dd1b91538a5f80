#include "reports/live/watcher.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tollgate::reports {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

Watcher::Watcher(beast::tcp_stream stream) : socket_(std::move(stream)), news_(socket_.get_executor()) {}

asio::awaitable<void> Watcher::serve(Request request) {
  constexpr std::size_t longest = 256;  // of what it may say
  socket_.next_layer().expires_never();
  socket_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
  socket_.read_message_max(longest);
  co_await socket_.async_accept(request, asio::use_awaitable);
  asio::co_spawn(socket_.get_executor(), writes(), asio::detached);
  for (beast::flat_buffer buffer;; buffer.clear()) {
    auto [error, size] = co_await socket_.async_read(buffer, asio::as_tuple(asio::use_awaitable));
    if (error) break;
    looks_at_ = beast::buffers_to_string(buffer.data());
    if (on_look) on_look();
  }
  is_gone_ = true;
  looks_at_.clear();
  waiting_.clear();
  news_.cancel();
}

void Watcher::tell(std::shared_ptr<std::string const> text) {
  constexpr std::size_t octets_most = 32'000'000;
  if (is_gone_) return;
  octets_ += text->size();
  waiting_.push_back(std::move(text));
  if (octets_ > octets_most) beast::get_lowest_layer(socket_).cancel();  // it does not read; its own read ends too
  news_.cancel();
}

asio::awaitable<void> Watcher::writes() {
  auto const self = shared_from_this();
  while (!is_gone_) {
    if (waiting_.empty()) {
      news_.expires_at(asio::steady_timer::time_point::max());
      (void)co_await news_.async_wait(asio::as_tuple(asio::use_awaitable));
      continue;
    }
    auto const text = waiting_.front();
    auto [error, size] = co_await socket_.async_write(asio::buffer(*text), asio::as_tuple(asio::use_awaitable));
    if (error || waiting_.empty()) co_return;
    octets_ -= text->size();
    waiting_.pop_front();
  }
}

}  // namespace tollgate::reports
