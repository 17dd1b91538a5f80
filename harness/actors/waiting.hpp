#pragma once
/// What a case waits for, for people who watch it. No verdict knows of it.
#include <chrono>
#include <fmt/format.h>
#include <string>
#include <utility>

namespace tollgate {

/// "2.0 s", for such a text.
[[nodiscard]] inline std::string in_seconds(std::chrono::nanoseconds duration) {
  return fmt::format("{:.1f} s", std::chrono::duration<double>(duration).count());
}

/// The newest wait of a case, as text; "" where it waits for nothing that it could name.
class WaitBoard {
 public:
  [[nodiscard]] std::string const& newest() const { return newest_; }

  /// Stands on the board for as long as it lives, or until a newer one does.
  class Wait {
   public:
    Wait(WaitBoard& board, std::string what) : board_(board), number_(++board.number_) { board_.newest_ = std::move(what); }
    ~Wait() {
      if (board_.number_ == number_) board_.newest_.clear();
    }
    Wait(Wait const&) = delete;
    Wait& operator=(Wait const&) = delete;

   private:
    WaitBoard& board_;
    unsigned long number_;
  };

 private:
  std::string newest_;
  unsigned long number_ = 0;
};

}  // namespace tollgate
