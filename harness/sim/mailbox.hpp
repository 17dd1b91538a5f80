#pragma once
/// A queue that coroutines wait at. Nothing is ever dropped from it: what no one takes stays, and can be looked at.
#include <algorithm>
#include <coroutine>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <utility>

#include "sim/clock.hpp"

namespace tollgate {

template <class T>
class Mailbox {
 public:
  using Wanted = std::function<bool(T const&)>;

  explicit Mailbox(Clock& clock) : clock_(clock) {}
  Mailbox(Mailbox const&) = delete;
  Mailbox& operator=(Mailbox const&) = delete;

  /// To the first waiting taker that wants it, else to the end of the queue. The taker resumes later, not inside `push`.
  void push(T item);
  [[nodiscard]] std::deque<T> const& queued() const { return queue_; }

  class Taking;
  /// `co_await` gives the first item that `wanted` accepts, or nothing when `within` has passed. A past `within` looks at
  /// the queue and does not wait.
  [[nodiscard]] Taking take(Wanted wanted, Duration within) { return Taking(*this, std::move(wanted), within); }
  [[nodiscard]] Taking pop(Duration within) {
    return take([](T const&) { return true; }, within);
  }

 private:
  Clock& clock_;
  std::deque<T> queue_;
  std::list<Taking*> takers_;
};

template <class T>
class Mailbox<T>::Taking {
 public:
  Taking(Mailbox& box, Wanted wanted, Duration within) : box_(box), wanted_(std::move(wanted)), within_(within) {}
  Taking(Taking const&) = delete;
  Taking& operator=(Taking const&) = delete;
  ~Taking() { leave(); }

  [[nodiscard]] bool await_ready() {
    auto const at = std::ranges::find_if(box_.queue_, wanted_);
    if (at == box_.queue_.end()) return within_ <= Duration::zero();
    item_ = std::move(*at);
    box_.queue_.erase(at);
    return true;
  }
  void await_suspend(std::coroutine_handle<> waiter) {
    waiter_ = waiter;
    box_.takers_.push_back(this);
    timer_ = box_.clock_.after(within_, [this] { wake(); });
  }
  [[nodiscard]] std::optional<T> await_resume() { return std::move(item_); }

 private:
  friend Mailbox;
  void leave() {
    if (!waiter_) return;
    box_.takers_.remove(this);
    box_.clock_.cancel(timer_);
    waiter_ = {};
  }
  void wake() {
    auto const waiter = waiter_;
    leave();
    waiter.resume();
  }
  void deliver(T item) {
    item_ = std::move(item);
    box_.takers_.remove(this);
    box_.clock_.cancel(timer_);
    timer_ = box_.clock_.post([this] { wake(); });
  }

  Mailbox& box_;
  Wanted wanted_;
  Duration within_;
  std::coroutine_handle<> waiter_;
  TimerId timer_;
  std::optional<T> item_;
};

template <class T>
void Mailbox<T>::push(T item) {
  for (auto* taker : takers_)
    if (taker->wanted_(item)) return taker->deliver(std::move(item));
  queue_.push_back(std::move(item));
}

/// `co_await pause(clock, 2s)`: lets time pass. Nothing else in the project sleeps.
class pause {
 public:
  pause(Clock& clock, Duration duration) : clock_(clock), duration_(duration) {}
  pause(pause const&) = delete;
  pause& operator=(pause const&) = delete;
  ~pause() { clock_.cancel(timer_); }
  [[nodiscard]] bool await_ready() const { return duration_ <= Duration::zero(); }
  void await_suspend(std::coroutine_handle<> waiter) {
    timer_ = clock_.after(duration_, [waiter] { waiter.resume(); });
  }
  void await_resume() const {}

 private:
  Clock& clock_;
  Duration duration_;
  TimerId timer_;
};

}  // namespace tollgate
