#pragma once
/// How a server bears the campaign's own load: by what its process holds, and by what it answers. A server that is exhausted is not
/// crashed: it is given a rest or begins anew. One that holds more than its flows explain is suspected of a leak.
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "fuzz/oracle/problem.hpp"
#include "runner/footprint.hpp"
#include "runner/sut_file.hpp"
#include "trace/trace.hpp"

namespace tollgate::fuzz {

/// Of one life of a server.
class Health {
 public:
  /// What it holds while nobody asks anything of it.
  void at_rest(std::optional<Footprint> const& held) { at_rest_ = held; }
  /// A flow that has been judged: whether the server was too busy for it.
  void notes(trace::Trace const& flow);

  /// Why it can take no more, as a sentence; "" where it can.
  [[nodiscard]] std::string exhausted(std::optional<Footprint> const& held) const;
  /// It holds more than so many flows under way explain; nothing where it does not. The bucket is one of growth.hpp.
  [[nodiscard]] std::optional<Problem> growth(std::optional<Footprint> const& held, std::size_t under_way) const;

 private:
  std::optional<Footprint> at_rest_;
  std::deque<bool> was_busy_;  ///< in the last flows
};

/// Side by side, for a server that so many have exhausted: half of them, and never more.
[[nodiscard]] std::size_t fewer(std::size_t flows);

/// What people should know of a server whose users are exhausted.
[[nodiscard]] std::string out_of_users(SutFile const& file);

}  // namespace tollgate::fuzz
