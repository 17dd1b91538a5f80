#pragma once
/// A browser that looks on, over a WebSocket (RFC 6455). It is told things in their order; one that does not read is let go.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace tollgate::reports {

class Watcher : public std::enable_shared_from_this<Watcher> {
 public:
  using Request = boost::beast::http::request<boost::beast::http::empty_body>;

  explicit Watcher(boost::beast::tcp_stream stream);

  /// Until it goes. Throws boost::system::system_error.
  boost::asio::awaitable<void> serve(Request request);
  void tell(std::shared_ptr<std::string const> text);

  /// Key of the part that it looks at: all that it may say.
  [[nodiscard]] std::string const& looks_at() const { return looks_at_; }
  [[nodiscard]] bool is_idle() const { return waiting_.empty(); }
  std::function<void()> on_look;

 private:
  boost::asio::awaitable<void> writes();

  boost::beast::websocket::stream<boost::beast::tcp_stream> socket_;
  boost::asio::steady_timer news_;
  std::deque<std::shared_ptr<std::string const>> waiting_;
  std::size_t octets_ = 0;  ///< of `waiting_`
  bool is_gone_ = false;
  std::string looks_at_;
};

}  // namespace tollgate::reports
