#pragma once
/// `--serve`: the page of a run while it runs, over HTTP/1.1 (RFC 9112) and WebSocket (RFC 6455), in a thread of its own. Nobody can
/// change anything through it: all that a client says is which case it looks at.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include "reports/html/page.hpp"

namespace tollgate::reports {

/// It cannot listen where it was told to.
struct ServeError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class LiveServer {
 public:
  struct Settings {
    std::string host;               ///< an IP address, IPv6 without brackets
    std::uint16_t port = 0;         ///< 0: a free one
    std::string token = {};         ///< what `?token=` must be; "" asks for none, and then only a loopback address is a Host
    std::filesystem::path folder = {};  ///< of the run: its tests/<name> are served
  };
  /// Throws ServeError.
  LiveServer(Settings const& settings, Page page);
  /// What was to be sent is sent, for two seconds at most.
  ~LiveServer();
  LiveServer(LiveServer const&) = delete;
  LiveServer& operator=(LiveServer const&) = delete;

  /// For a browser on this machine: "http://127.0.0.1:8080/?token=..."
  [[nodiscard]] std::string url() const;
  /// For one elsewhere, by the name of this machine, where any address of it is listened to; "" else.
  [[nodiscard]] std::string url_from_elsewhere() const;

  // From any thread.

  /// The part of that key is this from now on, for everybody. `html` is asked in the server's own thread.
  void replaces(std::string key, std::function<std::string()> html);
  /// A JSON text for those who look on now, which a page that is opened later need not have.
  void tells(std::string json);
  /// Keys of the parts that somebody looks at.
  [[nodiscard]] std::set<std::string> watched() const;

 private:
  [[nodiscard]] bool is_everywhere() const;
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tollgate::reports
