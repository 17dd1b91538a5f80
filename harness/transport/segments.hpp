#pragma once
/// Octets of a stream in pieces, or together with what comes next: how TCP may cut what one side writes and the other reads.
#include <cstddef>
#include <deque>
#include <memory>

#include "sim/clock.hpp"
#include "transport/network.hpp"

namespace tollgate {

struct Segments {
  std::size_t octets = 0;  ///< pieces of so many, a millisecond apart; 0: one write
  bool with_next = false;  ///< held back for one write with the next message, or for the end of the connection
};

/// A stream that can be written in segments. Everything else it leaves to the stream below.
class SegmentedStream final : public Stream {
 public:
  SegmentedStream(Clock& clock, std::unique_ptr<Stream> below);
  ~SegmentedStream() override;

  [[nodiscard]] Address local() const override { return below_->local(); }
  [[nodiscard]] Address remote() const override { return below_->remote(); }
  void send(std::string_view octets) override { send(octets, {}); }
  void send(std::string_view octets, Segments segments);
  void close() override;
  [[nodiscard]] std::size_t unsent() const override { return below_->unsent(); }
  void reset() override { below_->reset(); }
  void pause() override { below_->pause(); }
  void resume() override { below_->resume(); }

 private:
  void write_next();

  Clock& clock_;
  std::unique_ptr<Stream> below_;
  Octets held_;                 ///< for the next write
  std::deque<Octets> pieces_;   ///< that wait for their millisecond
  bool in_pieces_ = false;      ///< and their last one has been written less than that ago
  Instant due_{};               ///< of the next one
  TimerId timer_;
};

}  // namespace tollgate
