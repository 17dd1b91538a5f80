#pragma once
/// Makes suspicions sure beside the lives of a campaign, one after the other, in a thread with a clock, sockets and servers of its own: a
/// trial is mostly waiting. Only where several servers may run at a time.
#include <atomic>
#include <future>
#include <optional>
#include <string>

#include "fuzz/finding/confirm.hpp"

namespace tollgate::fuzz {

class Beside {
 public:
  /// What `ground` names outlives it; its clock and network are not used.
  explicit Beside(Ground const& ground);
  /// Ends what is under way, at the end of the trial that it is in.
  ~Beside();
  Beside(Beside const&) = delete;
  Beside& operator=(Beside const&) = delete;

  /// The ports of that server, and of its Charging Enabler, are free ones each time it is launched.
  [[nodiscard]] static bool can_be_with(SutFile const& file);

  /// Not while it is busy. For so long at most.
  void begins(Suspicion suspicion, Search search, Duration most);
  [[nodiscard]] bool is_busy() const { return confirmed_.valid(); }
  /// Of what it is busy with, else "".
  [[nodiscard]] std::string bucket() const { return is_busy() ? suspicion_.problem.bucket : ""; }
  [[nodiscard]] std::string name() const { return is_busy() ? suspicion_.problem.name() : ""; }

  struct Done {
    Suspicion suspicion;
    Search search = Search::brief;
    Confirmation confirmation;
  };
  /// What it has come to, once; nothing before. Throws what the trials threw.
  [[nodiscard]] std::optional<Done> takes();
  /// The same, of what is ended now.
  [[nodiscard]] std::optional<Done> ends();

 private:
  [[nodiscard]] Confirmation confirmed() const;

  SutFile file_;
  std::span<BaseFlow const> flows_;
  std::uint64_t seed_;
  bool asks_watchdog_;
  Suspicion suspicion_;
  Search search_ = Search::brief;
  Duration most_ = Duration::max();
  std::atomic<bool> ends_ = false;
  std::future<Confirmation> confirmed_;
};

}  // namespace tollgate::fuzz
