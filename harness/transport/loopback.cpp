#include "transport/loopback.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace tollgate {

/// What every end of the network shares. Ends are found by address when a message arrives, never held by pointer, so one
/// that is gone by then is simply not found.
struct LoopbackNetwork::Shared {
  Shared(Clock& c, Random r, LoopbackConditions k) : clock(c), random(r), conditions(k) {}

  Clock& clock;
  Random random;
  LoopbackConditions conditions;
  std::map<Address, LoopbackDatagrams*> datagrams;
  std::map<Address, LoopbackListener*> listeners;
  std::map<std::uint64_t, LoopbackStream*> streams;
  std::uint64_t next_stream = 0;
  std::uint16_t next_port = 32768;

  [[nodiscard]] Duration delay() {
    auto const jitter = static_cast<std::uint64_t>(conditions.jitter.count());
    return conditions.delay + Duration(jitter == 0 ? 0 : random.below(jitter + 1));
  }
  /// The address itself, or a free port on its host. Throws NetworkError when it is taken.
  [[nodiscard]] Address claim(Address wanted, auto const& taken) {
    if (wanted.port != 0 && taken.contains(wanted)) throw NetworkError(fmt::format("address {} is in use", wanted.text()));
    while (wanted.port == 0 || taken.contains(wanted)) wanted.port = next_port++;
    return wanted;
  }
};

class LoopbackNetwork::LoopbackDatagrams final : public Datagrams {
 public:
  LoopbackDatagrams(std::shared_ptr<Shared> shared, Address const& local)
      : shared_(std::move(shared)), local_(shared_->claim(local, shared_->datagrams)) {
    shared_->datagrams[local_] = this;
  }
  ~LoopbackDatagrams() override { shared_->datagrams.erase(local_); }
  [[nodiscard]] Address local() const override { return local_; }

  void send(std::string_view octets, Address const& to) override {
    auto const drop = shared_->conditions.drop_permille;
    if (drop > 0 && shared_->random.below(1000) < drop) return;
    shared_->clock.after(shared_->delay(), [shared = shared_, data = Octets(octets), to, from = local_] {
      auto const end = shared->datagrams.find(to);
      if (end != shared->datagrams.end() && end->second->on_octets) end->second->on_octets(data, from);
    });
  }

 private:
  std::shared_ptr<Shared> shared_;
  Address local_;
};

class LoopbackNetwork::LoopbackListener final : public Listener {
 public:
  LoopbackListener(std::shared_ptr<Shared> shared, Address const& local, Manner manner)
      : is_silent(manner == Manner::silent), shared_(std::move(shared)), local_(shared_->claim(local, shared_->listeners)) {
    shared_->listeners[local_] = this;
  }
  ~LoopbackListener() override { shared_->listeners.erase(local_); }
  [[nodiscard]] Address local() const override { return local_; }

  bool const is_silent;

 private:
  std::shared_ptr<Shared> shared_;
  Address local_;
};

class LoopbackNetwork::LoopbackStream final : public Stream {
 public:
  LoopbackStream(std::shared_ptr<Shared> shared, Address local, Address remote)
      : shared_(std::move(shared)), id_(++shared_->next_stream), local_(std::move(local)), remote_(std::move(remote)) {
    shared_->streams[id_] = this;
  }
  ~LoopbackStream() override {
    if (!closed_) LoopbackStream::close();
    shared_->streams.erase(id_);
  }
  [[nodiscard]] Address local() const override { return local_; }
  [[nodiscard]] Address remote() const override { return remote_; }

  void send(std::string_view octets) override {
    if (closed_) return;
    if (peer_ == 0) return void(waiting_ += octets);
    auto const most = shared_->conditions.split_most;
    while (!octets.empty()) {
      auto const piece = most == 0 ? octets.size() : std::min<std::size_t>(octets.size(), 1 + shared_->random.below(most));
      deliver([data = Octets(octets.substr(0, piece))](LoopbackStream& peer) { peer.arrived(data); });
      octets.remove_prefix(piece);
    }
  }
  void close() override { end(closed_by_peer); }
  void reset() override { end("connection reset by the peer"); }
  void pause() override { paused_ = true; }
  void resume() override {
    shared_->clock.post([shared = shared_, id = id_] {
      auto const still = [&] {  // its handlers may end it or pause it again
        auto const found = shared->streams.find(id);
        return found == shared->streams.end() || found->second->closed_ ? nullptr : found->second;
      };
      LoopbackStream* stream = still();
      if (stream == nullptr) return;
      stream->paused_ = false;
      auto const octets = std::exchange(stream->unread_, {});
      if (!octets.empty()) stream->arrived(octets);
      stream = still();
      if (stream != nullptr && !stream->paused_ && stream->unread_end_) stream->refused(*std::exchange(stream->unread_end_, std::nullopt));
    });
  }

  /// Joins two ends; the connecting one is told.
  static void join(LoopbackStream& caller, LoopbackStream& callee) {
    caller.peer_ = callee.id_;
    callee.peer_ = caller.id_;
  }
  void opened() {
    if (on_open) on_open();
    send(std::exchange(waiting_, {}));
  }
  void arrived(Octets const& octets) {
    if (paused_)
      unread_ += octets;
    else if (on_octets)
      on_octets(octets);
  }
  void refused(std::string_view reason) {
    if (paused_) return void(unread_end_ = reason);
    closed_ = true;
    if (on_closed) on_closed(reason);
  }
  [[nodiscard]] std::uint64_t id() const { return id_; }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  void end(std::string_view reason) {
    if (std::exchange(closed_, true) || peer_ == 0) return;
    deliver([reason](LoopbackStream& peer) { peer.refused(reason); });
  }
  /// Acts on the peer after the network's delay and after everything sent before.
  void deliver(std::function<void(LoopbackStream&)> act) {
    arrives_ = std::max(arrives_, shared_->clock.now() + shared_->delay());
    shared_->clock.at(arrives_, [shared = shared_, peer = peer_, act = std::move(act)] {
      auto const end = shared->streams.find(peer);
      if (end != shared->streams.end() && !end->second->closed_) act(*end->second);
    });
  }

  std::shared_ptr<Shared> shared_;
  std::uint64_t id_;
  std::uint64_t peer_ = 0;
  Address local_;
  Address remote_;
  Octets waiting_;
  Octets unread_;  ///< come while paused
  std::optional<std::string> unread_end_;
  bool paused_ = false;
  Instant arrives_{};
  bool closed_ = false;
};

LoopbackNetwork::LoopbackNetwork(Clock& clock, Random random, LoopbackConditions conditions)
    : shared_(std::make_shared<Shared>(clock, random, conditions)) {}
LoopbackNetwork::~LoopbackNetwork() = default;

std::unique_ptr<Datagrams> LoopbackNetwork::bind(Address const& local) {
  return std::make_unique<LoopbackDatagrams>(shared_, local);
}

std::unique_ptr<Listener> LoopbackNetwork::listen(Address const& local, Manner manner) {
  return std::make_unique<LoopbackListener>(shared_, local, manner);
}

std::unique_ptr<Stream> LoopbackNetwork::connect(std::string const& from, Address const& to, Manner /*manner*/) {
  auto caller = std::make_unique<LoopbackStream>(shared_, Address{from, shared_->next_port++}, to);
  shared_->clock.after(shared_->delay(), [shared = shared_, id = caller->id(), to] {
    auto const found = shared->streams.find(id);
    if (found == shared->streams.end() || found->second->closed()) return;
    LoopbackStream& end = *found->second;
    auto const listener = shared->listeners.find(to);
    if (listener != shared->listeners.end() && listener->second->is_silent) return;
    if (listener == shared->listeners.end() || !listener->second->on_accept) return end.refused("connection refused");
    auto callee = std::make_unique<LoopbackStream>(shared, to, end.local());
    LoopbackStream::join(end, *callee);
    listener->second->on_accept(std::move(callee));
    shared->clock.post([shared, id] {
      auto const still = shared->streams.find(id);
      if (still != shared->streams.end()) still->second->opened();
    });
  });
  return caller;
}

}  // namespace tollgate
