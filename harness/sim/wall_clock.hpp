#pragma once
/// Real time: the machine's monotonic clock and the sockets of an Asio context, one thread.
#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

#include "sim/clock.hpp"

namespace boost::asio {
class io_context;
class thread_pool;
}  // namespace boost::asio

namespace tollgate {

class WallClock final : public Clock {
 public:
  WallClock();
  ~WallClock() override;

  [[nodiscard]] Instant now() const override;
  bool run_until(std::function<bool()> const& done) override;
  void aside(std::function<void()> work, std::function<void()> then) override;
  /// While a process has threads, the kernel lets it wait some 15 ms whenever its table of descriptors grows (expand_fdtable in fs/file.c):
  /// it is let grow before there are any. `aside` does so by itself.
  static void makes_room_for_descriptors();
  /// Sockets and signals attach here; their handlers run inside `run_until`.
  [[nodiscard]] boost::asio::io_context& io() { return *io_; }

  /// How late timers fired: the harness's own scheduling lag, 99th percentile over the last 65536 timers.
  [[nodiscard]] Duration lag_p99() const;
  /// How late timers fired, or what lay in sockets was read, at worst: while there is always something to read, it may have lain there
  /// since there was nothing.
  [[nodiscard]] Duration worst_lag(Instant since) const override;

 private:
  /// What lies in sockets is read before a timer that is late can say that it did not come.
  void read_what_is_there(Duration lag);
  /// False where there is nothing.
  bool reads_one();

  std::unique_ptr<boost::asio::io_context> io_;
  std::unique_ptr<boost::asio::thread_pool> helper_;  ///< for `aside`; none before its first work
  Instant start_;
  /// A lag that is worth remembering.
  struct Late {
    Instant at;
    Duration lag;
  };
  void note_lag(Instant time, Duration lag);
  void note_late(Late late);
  Instant emptied_{};  ///< there was nothing to read
  std::deque<Late> late_;  ///< falling lags, each the worst since its time
  std::vector<Duration> lags_;
  std::size_t lag_at_ = 0;
};

}  // namespace tollgate
