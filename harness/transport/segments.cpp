#include "transport/segments.hpp"

#include <algorithm>
#include <utility>

namespace tollgate {

static constexpr Duration apart = 1ms;  // enough for the peer to read one piece before the next

SegmentedStream::SegmentedStream(Clock& clock, std::unique_ptr<Stream> below) : clock_(clock), below_(std::move(below)) {
  below_->on_open = [this] {
    if (on_open) on_open();
  };
  below_->on_octets = [this](std::string_view octets) {
    if (on_octets) on_octets(octets);
  };
  below_->on_closed = [this](std::string_view reason) {
    if (on_closed) on_closed(reason);
  };
}

SegmentedStream::~SegmentedStream() {
  clock_.cancel(timer_);
}

void SegmentedStream::send(std::string_view octets, Segments segments) {
  if (segments.with_next) return void(held_ += octets);
  Octets const held = std::exchange(held_, {}) + Octets(octets);
  std::string_view left = held;
  if (!in_pieces_ && segments.octets == 0) return below_->send(left);
  auto const size = segments.octets == 0 ? left.size() : segments.octets;
  for (; !left.empty(); left.remove_prefix(std::min(size, left.size()))) pieces_.emplace_back(left.substr(0, size));
  if (std::exchange(in_pieces_, true)) return;
  due_ = clock_.now();
  write_next();
}

void SegmentedStream::write_next() {
  in_pieces_ = !pieces_.empty();
  if (!in_pieces_) return;
  below_->send(pieces_.front());
  pieces_.pop_front();
  due_ += apart;  // by the clock: where one piece is late, the next ones are not
  timer_ = clock_.at(due_, [this] { write_next(); });
}

void SegmentedStream::close() {
  clock_.cancel(timer_);
  for (auto const& piece : std::exchange(pieces_, {})) below_->send(piece);
  if (!held_.empty()) below_->send(std::exchange(held_, {}));
  below_->close();
}

}  // namespace tollgate
