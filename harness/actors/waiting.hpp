#pragma once
/// What a case waits for, for people who watch it. No verdict knows of it.
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <string>
#include <utility>

namespace tollgate {

/// "2.0 s", for such a text.
[[nodiscard]] inline std::string in_seconds(std::chrono::nanoseconds duration) {
  return fmt::format("{:.1f} s", std::chrono::duration<double>(duration).count());
}

/// What a case waits for, as text; flows side by side each wait for something.
class WaitBoard {
 public:
  /// The one of all waits that began last; "" where there is none that could be named.
  [[nodiscard]] std::string newest() const { return waits_.empty() ? "" : waits_.rbegin()->second; }

  /// Stands on the board for as long as it lives.
  class Wait {
   public:
    Wait(WaitBoard& board, std::string what) : board_(board), number_(++board.number_) { board_.waits_[number_] = std::move(what); }
    ~Wait() { board_.waits_.erase(number_); }
    Wait(Wait const&) = delete;
    Wait& operator=(Wait const&) = delete;

   private:
    WaitBoard& board_;
    unsigned long number_;
  };

 private:
  std::map<unsigned long, std::string> waits_;
  unsigned long number_ = 0;
};

}  // namespace tollgate
