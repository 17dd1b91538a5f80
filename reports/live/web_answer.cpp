#include "reports/live/web_answer.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <openssl/crypto.h>
#include <optional>

#include "base/text.hpp"

namespace tollgate::reports {

namespace http = boost::beast::http;

std::string WebSite::name() const {
  return fmt::format("{}:{}", host, port);
}

static std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find('?'));
}

std::string_view query_of(std::string_view target, std::string_view name) {
  auto const query = target.find('?');
  if (query == std::string_view::npos) return "";
  for (auto const part : split(target.substr(query + 1), '&'))
    if (part.substr(0, part.find('=')) == name && part.size() > name.size()) return part.substr(name.size() + 1);
  return "";
}

/// In a time that says nothing of where they differ.
static bool is_same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// Cookies know no port (RFC 6265 8.5), so the name has it: two runs on one host are two sites.
static std::string cookie_name(WebSite const& site) {
  return fmt::format("tollgate-{}", site.port);
}

/// What the browser keeps under our name; "" for nothing.
static std::string_view cookie_of(WebRequest const& request, WebSite const& site) {
  auto const name = cookie_name(site) + "=";
  for (auto const part : split(std::string_view(request[http::field::cookie]), ';'))
    if (auto const cookie = trim(part); cookie.starts_with(name)) return cookie.substr(name.size());
  return "";
}

static bool has_token(WebRequest const& request, WebSite const& site) {
  return is_same(query_of(request.target(), "token"), site.token) || is_same(cookie_of(request, site), site.token);
}

bool may_ask(WebRequest const& request, WebSite const& site) {
  if (!site.token.empty()) return has_token(request, site);
  auto const host = std::string_view(request[http::field::host]);
  return host == fmt::format("localhost:{}", site.port) || host == site.name();
}

bool is_own_page(WebRequest const& request) {
  auto const origin = request[http::field::origin];
  return origin.empty() || origin == fmt::format("http://{}", std::string_view(request[http::field::host]));
}

static WebResponse made(WebRequest const& request, http::status status, std::string_view type, std::string body) {
  WebResponse out(status, request.version());
  out.keep_alive(request.keep_alive());
  out.set(http::field::content_type, type);
  out.set(http::field::cache_control, "no-store");
  out.set("X-Content-Type-Options", "nosniff");
  out.set("Referrer-Policy", "no-referrer");
  out.body() = std::move(body);
  out.prepare_payload();
  if (request.method() == http::verb::head) out.body().clear();
  return out;
}

static WebResponse refused(WebRequest const& request, http::status status, std::string const& why) {
  return made(request, status, "text/plain; charset=utf-8", why + "\n");
}

/// "tests/ORD-03.svg": a name, and no way to another folder. Nothing where there is no such file of a kind that a run leaves.
static std::optional<std::pair<std::string_view, std::string>> file_of(WebSite const& site, std::string_view path) {
  constexpr std::string_view folder = "/tests/";
  constexpr std::array kinds{std::pair<std::string_view, std::string_view>{".svg", "image/svg+xml"},
                             std::pair<std::string_view, std::string_view>{".jsonl", "text/plain; charset=utf-8"},
                             std::pair<std::string_view, std::string_view>{".pcapng", "application/octet-stream"}};
  if (!path.starts_with(folder)) return std::nullopt;
  auto const name = path.substr(folder.size());
  auto const kind = std::ranges::find_if(kinds, [&](auto const& one) { return name.ends_with(one.first); });
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  if (kind == kinds.end() || name.find_first_not_of(letters) != std::string_view::npos || name.starts_with('.')) return std::nullopt;
  auto const file = site.folder / "tests" / name;
  std::ifstream in(file, std::ios::binary);
  if (!std::filesystem::is_regular_file(file) || !in) return std::nullopt;
  return std::pair(kind->second, std::string(std::istreambuf_iterator(in), {}));
}

WebResponse answer(WebRequest const& request, WebSite const& site, std::function<std::string()> const& page) {
  if (request.method() != http::verb::get && request.method() != http::verb::head) {
    auto out = refused(request, http::status::method_not_allowed, "there is nothing to change here");
    out.set(http::field::allow, "GET, HEAD");
    return out;
  }
  if (!may_ask(request, site))
    return refused(request, http::status::forbidden,
                   site.token.empty() ? "this is served to a loopback address alone" : "the address has a token behind it: ?token=...");
  auto const path = path_of(request.target());
  if (path == "/" || path == "/index.html") {
    auto out = made(request, http::status::ok, "text/html; charset=utf-8", page());
    if (!site.token.empty())
      out.set(http::field::set_cookie, fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(site), site.token));
    return out;
  }
  if (auto file = file_of(site, path)) return made(request, http::status::ok, file->first, std::move(file->second));
  return refused(request, http::status::not_found, "there is no such page");
}

}  // namespace tollgate::reports
