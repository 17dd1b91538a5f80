#pragma once
/// What the live view answers to a request: the page, a file of a case, or why not.
#include <boost/beast/http.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace tollgate::reports {

using WebRequest = boost::beast::http::request<boost::beast::http::empty_body>;
using WebResponse = boost::beast::http::response<boost::beast::http::string_body>;

struct WebSite {
  std::string host;              ///< as a URI writes it: IPv6 in brackets
  std::uint16_t port = 0;
  std::string token;             ///< "": none is asked for
  std::filesystem::path folder;  ///< whose tests/<name> are served

  /// "127.0.0.1:8080"
  [[nodiscard]] std::string name() const;
};

/// The value of that name in a query; "" where there is none.
[[nodiscard]] std::string_view query_of(std::string_view target, std::string_view name);
/// It names the token, or its cookie has it, or it comes to a loopback address by name: no other page's script reaches us by a name of its own (DNS rebinding).
[[nodiscard]] bool may_ask(WebRequest const& request, WebSite const& site);
/// Its Origin, where it has one, is our page (RFC 6455 10.2).
[[nodiscard]] bool is_own_page(WebRequest const& request);

/// The page leaves the token with the browser as a cookie, so that its links need none.
[[nodiscard]] WebResponse answer(WebRequest const& request, WebSite const& site, std::function<std::string()> const& page);

}  // namespace tollgate::reports
