#include "runner/push_state.hpp"

#include <fmt/format.h>

namespace tollgate {

std::string stored_text(unsigned i) { return fmt::format("message {}", i); }

static Task<void> registers(ImClient& client, Reached& out, Duration live) {
  out.registers = client.sends_register();
  out.registered = co_await client.receives("200 REGISTER", live);
}

Task<Reached> reach(Bed& bed, PushState state, std::string role, unsigned messages) {
  using enum PushState;
  Reached out;
  auto& client = bed.client(role);
  Duration const live = bed.ixit().live;
  if (state == registered) {
    co_await registers(client, out, live);
    co_return out;
  }
  if (bed.stored_for(role).empty())
    for (unsigned i = 1; i <= messages; ++i) co_await bed.deposit(role, stored_text(i));
  else messages = static_cast<unsigned>(bed.stored_for(role).size());
  if (state == stored) co_return out;
  co_await registers(client, out, live);  // steps 1 and 2
  out.reserve = co_await bed.ocs().receives("reserve_units", live, client.served());
  if (state == reserving) co_return out;
  bed.ocs().answers(*out.reserve, {.granted = messages});  // step 4
  out.invite = co_await client.receives("INVITE", live);
  if (state == invited) co_return out;
  out.accepts = client.answers(*out.invite, 200);  // step 6
  out.ack = co_await client.receives("ACK", live);
  if (state == sending) out.send = co_await client.receives("SEND", live);
  co_return out;
}

}  // namespace tollgate
