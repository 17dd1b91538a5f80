#pragma once
/// How tollgate and the embedded reference server speak with each other: what `--sip`, `--binding`, `--charging` and `--ip` say.
#include <string>

#include "codec/ch2/binding.hpp"
#include "trace/event.hpp"

namespace tollgate {

struct Ways {
  trace::Transport sip = trace::Transport::udp;
  ch2::Binding binding = ch2::Binding::diameter;
  trace::Transport ch2 = trace::Transport::tcp;  ///< or tls
  unsigned ip = 4;                               ///< or 6

  /// Loopback; in brackets before a port, where it needs them.
  [[nodiscard]] std::string host() const { return ip == 6 ? "::1" : "127.0.0.1"; }
  /// As the command line says what is not the default, each with a space before it.
  [[nodiscard]] std::string flags() const;
  friend bool operator==(Ways const&, Ways const&) = default;
};

}  // namespace tollgate
