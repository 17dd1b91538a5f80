// The steps of a scenario in which we act.
#include <fmt/format.h>

#include "runner/duration_expression.hpp"
#include "runner/scenario/labels.hpp"
#include "runner/scenario/player.hpp"

namespace tollgate {

/// A text of so many octets that says which it is.
static std::string of_size(std::size_t octets) {
  std::string out;
  for (unsigned line = 1; out.size() < octets; ++line) out += fmt::format("line {} of a long message\r\n", line);
  out.resize(octets);
  return out;
}

Task<void> Player::run(step::Deposit const& s) {
  if (s.messages == 0) {
    auto const text = s.octets > 0 ? of_size(s.octets) : s.text;
    names_.text(s.as, text);
    co_return co_await bed_.deposit(s.to, text, s.type);
  }
  for (unsigned i = 1; i <= s.messages; ++i) co_await bed_.deposit(s.to, fmt::format("message {}", i), s.type);
}

Task<void> Player::run(step::Given const& s) { return reach(s.state, s.role, s.messages); }

/// The test purposes, section 1; the first k messages are granted, every answer is a success.
Task<void> Player::reach(step::State state, std::string role, unsigned messages) {
  using enum step::State;
  auto const named = [&](char const* word) { return role == "alice" ? word : role + "." + word; };
  auto& client = bed_.client(role);
  Duration const live = bed_.ixit().live;
  auto const registers = [&]() -> Task<void> {
    names_.sent(named("register"), client.sends_register());
    names_.received(named("registered"), co_await client.receives("200 REGISTER", live));
  };
  if (state == registered) co_return co_await registers();
  if (bed_.stored_for(role).empty())
    for (unsigned i = 1; i <= messages; ++i) co_await bed_.deposit(role, fmt::format("message {}", i));
  else messages = static_cast<unsigned>(bed_.stored_for(role).size());
  if (state == stored) co_return;
  co_await registers();  // steps 1 and 2
  auto const reserve = co_await bed_.ocs().receives("reserve_units", live);
  names_.received(named("reserve"), reserve);
  if (state == reserving) co_return;
  bed_.ocs().answers(reserve, {.granted = messages});  // step 4
  auto const invite = co_await client.receives("INVITE", live);
  names_.received(named("invite"), invite);
  if (state == invited) co_return;
  names_.sent(named("ok"), client.answers(invite, 200));  // step 6
  names_.received(named("ack"), co_await client.receives("ACK", live));
  if (state == in_session) co_return;
  names_.received(named("send1"), co_await client.receives("SEND", live));
}

Task<void> Player::run(step::Send const& s) {
  auto const changes = names_.expanded(s.changes);
  auto& client = bed_.client(s.by);
  if ((s.proof == Proof::good || s.proof == Proof::wrong) && !client.was_challenged())
    throw CaseStopped{Verdict::inconc, "no challenge", fmt::format("the SUT has asked {} for no credentials yet", s.by), {}};
  trace::EventId sent = 0;
  if (s.message == "REGISTER") {
    ImClient::Register what;
    if (s.expires || s.contact_expires) what = {.expires = s.expires, .contact_expires = s.contact_expires};
    sent = client.sends_register(what, changes, s.proof);
  } else if (!s.in.empty()) {
    sent = client.sends_in(names_.request(s.in), s.message, changes);
  } else if (is_sip_method(s.message)) {
    sent = client.sends(s.message, changes, s.proof);
  } else {
    sent = client.sends_msrp(s.message, changes);
  }
  names_.sent(s.as, sent);
  co_return;
}

Task<void> Player::run(step::Answer const& s) {
  auto const changes = names_.expanded(s.changes);
  if (!names_.has(s.to)) co_return;  // an optional message that did not come
  Received const& request = names_.request(s.to);
  if (s.by == "ocs") {
    ChargingAnswer const answer{.result = static_cast<std::uint32_t>(s.code), .granted = s.granted};
    names_.sent(s.as, bed_.ocs().answers(request, answer, changes));
    co_return;
  }
  auto& client = bed_.client(s.by);
  if (!s.setup.empty()) client.prefers(s.setup == "active" ? sdp::Setup::active : sdp::Setup::passive);
  names_.sent(s.as, s.again ? client.answers_again(request, s.code, changes) : client.answers(request, s.code, changes));
}

Task<void> Player::run(step::Repeat const& s) {
  for (unsigned i = 0; i < s.times; ++i) {
    if (i > 0) co_await pause(bed_.clock(), left(s.every, ""));
    auto const sent = names_.event(s.of);
    if (s.by == "ocs") bed_.ocs().repeats(sent);
    else bed_.client(s.by).repeats(sent);
  }
}

Task<void> Player::run(step::Alone const& s) {
  bed_.actor(s.by).acts_alone();
  co_return;
}

Task<void> Player::run(step::Scripts const& s) {
  auto const operation = s.message == "debit_units" ? ch2::Operation::debit_units
                         : s.message == "close"     ? ch2::Operation::close
                                                    : ch2::Operation::other;
  bed_.ocs().scripts(operation);
  co_return;
}

Task<void> Player::run(step::Client const& s) {
  bed_.wishes(s.name, {.user = s.user, .connects = s.connects, .tcp = s.tcp, .accepts_msrp = s.accepts_msrp, .binds = s.binds,
                       .secured = s.secured});
  co_return;
}

Task<void> Player::run(step::Connect const& s) {
  bed_.client(s.by).connects_msrp_again();
  co_return;
}

Task<void> Player::run(step::Close const& s) {
  bed_.client(s.by).closes_msrp(s.reset);
  co_return;
}

Task<void> Player::run(step::Wait const& s) { co_await pause(bed_.clock(), left(s.duration, s.since)); }

}  // namespace tollgate
