// What every finding's folder has: `repro.sh` and what it runs, compiled in, so that no file has to be found at run time.
#include <array>

#include "fuzz/finding/stand_alone/stand_alone.hpp"

namespace tollgate::fuzz {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static constexpr char repro_text[] = {
#embed "repro.sh"
};
static constexpr char player_text[] = {
#embed "player.pl"
};
static constexpr char live_values_text[] = {
#embed "live_values.pl"
};
#pragma clang diagnostic pop

std::span<ScriptFile const> stand_alone_scripts() {
  static constexpr std::array all{ScriptFile{"repro.sh", {repro_text, sizeof repro_text}},
                                  ScriptFile{"player.pl", {player_text, sizeof player_text}},
                                  ScriptFile{"live_values.pl", {live_values_text, sizeof live_values_text}}};
  return all;
}

}  // namespace tollgate::fuzz
