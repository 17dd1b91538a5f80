#pragma once
/// One life of a server in a campaign: what is played on it, flows or single messages, the last of what was, and how it bears that.
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "fuzz/oracle/health.hpp"
#include "fuzz/play/arena.hpp"
#include "fuzz/play/known_good.hpp"
#include "fuzz/play/salvo.hpp"
#include "fuzz/play/trial.hpp"

namespace tollgate::fuzz {

class Life {
 public:
  /// A `brief` one is looked at before what is known to end the server is likely to: no leak shows then.
  enum class Length : std::uint8_t { brief, whole };
  /// `singles`: what single messages are made of, in place of flows; empty for flows. Throws NetworkError.
  Life(Ground const& ground, std::vector<Original> const& singles, Length length = Length::whole);

  /// Has the vendor's hook empty the server first, where it `is_exhausted`. Why it does not come to serve, else "".
  [[nodiscard]] std::string begins(bool is_exhausted);

  /// Called when a flow has been judged, before it counts as finished.
  std::function<void(Played const&)> on_played;
  /// The same of one that found no users, and is no case.
  std::function<void(Script)> on_unplayed;
  /// The same of single messages that the server has read: see Salvo.
  std::function<void(std::span<Script const>, std::set<std::uint64_t> const& answers)> on_read;

  [[nodiscard]] bool has_room(std::size_t side_by_side) const;
  void play(Script script);
  /// It has played so much that its end is worth a look: leaks.
  [[nodiscard]] bool is_long() const;
  /// Once a second: what may have been lost on the way is sent again.
  void beats();
  /// Those that only linger leave room for those that play.
  void makes_room();

  /// The last of what has been played, the newest last.
  [[nodiscard]] std::vector<Script> finished(std::size_t most) const;
  /// The same and what is under way.
  [[nodiscard]] std::vector<Script> suspects(std::size_t most) const;

  /// The server holds more than what is under way explains.
  [[nodiscard]] std::optional<Problem> growth();
  /// A flow that passes unchanged, and then has to pass again and again.
  void watches(FlowProfile const& known_good) { known_good_.emplace(known_good); }
  /// It passes no more. Every five seconds, or `now`.
  [[nodiscard]] std::optional<Problem> known_good_fails(bool now);
  /// No flow has found a user for some time, as none is given back.
  [[nodiscard]] bool is_out_of_users();
  /// Why it can take no more, as a sentence; "" where it can.
  [[nodiscard]] std::string exhausted() { return health_.exhausted(arena_.footprint()); }

  /// Flows go to their end, as far as they do something of their own, and single messages are read.
  void settles();
  [[nodiscard]] Arena& arena() { return arena_; }
  [[nodiscard]] Arena const& arena() const { return arena_; }

 private:
  void finish(Script script);
  [[nodiscard]] bool has_users() const;

  Ground ground_;
  Length length_;
  std::vector<Original> singles_;
  Arena arena_;
  std::unique_ptr<Salvo> salvo_;
  Health health_;
  std::optional<KnownGood> known_good_;
  Instant next_known_good_{};
  std::size_t flows_a_time_ = 1;  ///< have to find users, for the next one to: more where one of them took more than a push does
  std::optional<Instant> without_users_{};  ///< since then
  std::deque<Script> finished_;
  std::uint64_t played_ = 0;
};

}  // namespace tollgate::fuzz
