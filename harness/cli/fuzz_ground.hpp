#pragma once
/// What fuzz, repro and minimize share: the server, the flows that there are, a clock and the machine's sockets.
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "cli/environment.hpp"
#include "fuzz/finding/repro_file.hpp"
#include "fuzz/play/trial.hpp"
#include "sim/wall_clock.hpp"
#include "transport/sockets.hpp"

namespace tollgate::cli {

/// A server as a campaign launches it: what it was built with says where it breaks, and it keeps nothing for its next life.
[[nodiscard]] SutFile as_fuzzed(SutFile sut);

class FuzzGround {
 public:
  /// The variants of a push, and the cases that SELECT names instead of them.
  [[nodiscard]] static std::expected<std::unique_ptr<FuzzGround>, Refusal> make(Options const& options);
  /// With every case of the suite beside the variants, for what was found may be built on any of them. Where no --sut is given this
  /// process goes to the folder from which the server was launched then.
  [[nodiscard]] static std::expected<std::unique_ptr<FuzzGround>, Refusal> make_for(fuzz::ReproFile const& repro, Options const& options);

  /// What a repro.toml says of this server; no flows.
  [[nodiscard]] fuzz::ReproFile repro(Options const& options, std::uint64_t seed) const;
  [[nodiscard]] std::string names() const;
  [[nodiscard]] fuzz::Ground ground(std::uint64_t seed) { return {clock, network, sut, flows, seed}; }

  SutFile sut;
  std::vector<Case> suite;  ///< `flows` play some of them
  std::vector<fuzz::BaseFlow> flows;
  WallClock clock;
  SocketNetwork network{clock};
};

}  // namespace tollgate::cli
