#include "transport/tls_network.hpp"

#include <map>

namespace tollgate {

namespace {

/// Keeps each connection until it has shaken hands.
class TlsListener final : public Listener {
 public:
  TlsListener(Clock& clock, std::unique_ptr<Listener> below, std::shared_ptr<TlsIdentity const> own, std::size_t most)
      : clock_(clock), below_(std::move(below)), own_(std::move(own)), most_(most), later_(clock) {
    below_->on_accept = [this](std::unique_ptr<Stream> stream) { take(std::move(stream)); };
  }
  [[nodiscard]] Address local() const override { return below_->local(); }

 private:
  void take(std::unique_ptr<Stream> connected) {
    if (shaking_.size() >= most_) {
      connected->reset();
      return refuse(connected->remote(), "no TLS handshake: too many at a time");
    }
    auto const id = ++last_;
    auto stream = std::make_unique<TlsStream>(clock_, std::move(connected), own_, TlsRole::server, TlsPeer());
    stream->on_open = [this, id] {  // not inside the stream's own call
      shaking_.at(id)->pause();
      later_.post([this, id] { hand_over(id); });
    };
    stream->on_closed = [this, id](std::string_view reason) {
      if (reason.starts_with(no_tls_handshake)) refuse(shaking_.at(id)->remote(), reason);
      later_.post([this, id] { shaking_.erase(id); });
    };
    shaking_.emplace(id, std::move(stream));
  }

  void hand_over(std::uint64_t id) {
    auto const found = shaking_.find(id);
    if (found == shaking_.end()) return;
    auto stream = std::move(found->second);
    shaking_.erase(found);
    stream->on_open = nullptr;
    stream->on_closed = nullptr;
    stream->resume();
    if (on_accept) on_accept(std::move(stream));
  }

  void refuse(Address const& remote, std::string_view reason) {
    constexpr std::size_t told_most = 100;  // who tries for ever fills no memory
    if (on_refused && told_++ < told_most) on_refused(remote, reason);
  }

  Clock& clock_;
  std::unique_ptr<Listener> below_;
  std::shared_ptr<TlsIdentity const> own_;
  std::size_t most_;  ///< that shake hands at a time
  std::map<std::uint64_t, std::unique_ptr<Stream>> shaking_;
  std::uint64_t last_ = 0;
  std::size_t told_ = 0;
  Later later_;
};

}  // namespace

std::unique_ptr<Listener> TlsNetwork::listen(Address const& local, Manner manner) {
  return std::make_unique<TlsListener>(clock_, below_.listen(local, manner), own_, handshakes_most_);
}

std::unique_ptr<Stream> TlsNetwork::connect(std::string const& from, Address const& to, Manner manner) {
  return std::make_unique<TlsStream>(clock_, below_.connect(from, to, manner), own_, TlsRole::client, TlsPeer());
}

}  // namespace tollgate
