#pragma once
/// What a case waits for, for people who watch it. No verdict knows of it.
#include <string>
#include <utility>

namespace tollgate {

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
