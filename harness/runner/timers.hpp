#pragma once
/// The times of an IXIT by the names that scenario files, SUT files and traces give them.
#include <array>
#include <string_view>

#include "actors/ixit.hpp"

namespace tollgate {

struct NamedTimer {
  std::string_view name;
  Duration Ixit::* value;
};

inline constexpr std::array named_timers{
    NamedTimer{"live", &Ixit::live},
    NamedTimer{"quiet", &Ixit::quiet},
    NamedTimer{"quiet_long", &Ixit::quiet_long},
    NamedTimer{"epsilon", &Ixit::epsilon},
    NamedTimer{"msrp_transaction", &Ixit::msrp_transaction},
    NamedTimer{"diameter_tx", &Ixit::diameter_tx},
    NamedTimer{"diameter_watchdog", &Ixit::diameter_watchdog},
    NamedTimer{"sip_t1", &Ixit::sip_t1},
    NamedTimer{"no_answer", &Ixit::no_answer},
    NamedTimer{"msrp_bind", &Ixit::msrp_bind},
    NamedTimer{"nonce", &Ixit::nonce},
};

/// How long we watch and wait, times `factor`.
void scale_waits(Ixit& ixit, double factor);
/// What the SUT's own clock turns, times `factor`.
void scale_timers(Ixit& ixit, double factor);

}  // namespace tollgate
