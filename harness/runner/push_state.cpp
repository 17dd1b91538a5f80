#include "runner/push_state.hpp"

#include <fmt/format.h>

#include "codec/sdp/description.hpp"
#include "codec/sdp/msrp_media.hpp"

namespace tollgate {

std::string nth_role(std::string const& role, unsigned n) {
  return n == 1 ? role : role + std::to_string(n);
}

std::string name_of(std::string const& role, std::string_view word) {
  return role == "alice" ? std::string(word) : fmt::format("{}.{}", role, word);
}

std::string stored_text(unsigned i) {
  return fmt::format("message {}", i);
}

std::string long_text(std::size_t octets) {
  std::string out;
  for (unsigned line = 1; out.size() < octets; ++line) out += fmt::format("line {} of a long message\r\n", line);
  out.resize(octets);
  return out;
}

static Task<void> registers(ImClient& client, Reached& out, Duration live) {
  out.registers = co_await client.has_sent(client.sends_register());
  out.registered = co_await client.receives("200 REGISTER", live);
}

/// RFC 6135 4.2.1, RFC 4975 5.4: with a=setup:active or none the SUT connects, and what a client that connects would do is no question.
static void needs_the_choice(ImClient const& client, Received const& invite) {
  if (!client.behaviour().is_of_connecting() || !invite.sip) return;
  auto const description = sdp::Description::parse(invite.sip->body());
  if (!description) return;
  if (auto const offer = sdp::msrp_media(*description); offer && offer->setup.value_or(sdp::Setup::active) == sdp::Setup::active)
    throw CaseStopped{Verdict::na,
                      "the SUT connects",
                      "the SUT offers a=setup:active or, as in RFC 4975 5.4, none; and this purpose is about a client that connects",
                      {invite.event}};
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
  else
    messages = static_cast<unsigned>(bed.stored_for(role).size());
  if (state == stored) co_return out;
  co_await registers(client, out, live);  // steps 1 and 2
  out.reserve = co_await bed.ocs().receives("reserve_units", live, client.served());
  if (state == reserving) co_return out;
  auto const granted = bed.ocs().answers(*out.reserve, {.granted = messages});  // step 4
  (void)co_await bed.ocs().has_sent(granted, bed.ixit().diameter_tx);
  out.invite = co_await client.receives("INVITE", live);
  needs_the_choice(client, *out.invite);
  if (state == invited) co_return out;
  out.accepts = co_await client.has_sent(client.answers(*out.invite, 200));  // step 6
  out.ack = co_await client.receives("ACK", live);
  if (state == sending) out.send = co_await client.receives("SEND", live);
  co_return out;
}

}  // namespace tollgate
