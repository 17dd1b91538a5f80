// The steps of a scenario in which we act.
#include <fmt/format.h>

#include "runner/duration_expression.hpp"
#include "runner/scenario/labels.hpp"
#include "runner/scenario/player.hpp"

namespace tollgate {

/// What this client is to send goes out in the order of the steps, also where another writes it.
static Task<void> has_sent_all(Bed& bed, ImClient& client) {
  auto const earlier = bed.recorder().handed_over();
  for (auto const message : earlier)
    if (bed.recorder().trace().at(message).actor == client.name()) (void)co_await client.has_sent(message);
}

Task<void> Player::run(step::Deposit const& s) {
  if (s.messages == 0) {
    auto const text = s.octets > 0 ? long_text(s.octets) : s.text;
    names_.text(s.as, text);
    co_return co_await bed_.deposit(s.to, text, s.type, s.optional);
  }
  for (unsigned i = 1; i <= s.messages; ++i) co_await bed_.deposit(s.to, stored_text(i), s.type, s.optional);
}

Task<void> Player::run(step::Given const& s) {
  bed_.require_few(s.clients, "clients");
  for (unsigned nth = 1; nth <= s.clients; ++nth) {
    auto const role = nth_role(s.role, nth);
    name_all(role, co_await reach(bed_, s.state, role, s.messages));
  }
}

void Player::name_all(std::string const& role, Reached const& reached) {
  if (reached.registers != 0) names_.sent(name_of(role, "register"), reached.registers);
  if (reached.accepts != 0) names_.sent(name_of(role, "ok"), reached.accepts);
  for (auto const& [word, received] :
       {std::pair("registered", &reached.registered), std::pair("reserve", &reached.reserve), std::pair("invite", &reached.invite),
        std::pair("ack", &reached.ack), std::pair("send1", &reached.send)})
    if (*received) names_.received(name_of(role, word), **received);
}

Task<void> Player::run(step::Send const& s) {
  auto const changes = names_.expanded(s.changes);
  if (s.by == "ocs") {
    auto const* const about = s.in.empty() ? nullptr : &names_.request(s.in);
    names_.sent(s.as, bed_.ocs().sends(s.message, about, changes));
    co_return;
  }
  auto& client = bed_.client(s.by);
  if ((s.proof == Proof::good || s.proof == Proof::wrong) && !client.was_challenged())
    throw CaseStopped{Verdict::inconc, "no challenge", fmt::format("the SUT has asked {} for no credentials yet", s.by), {}};
  co_await has_sent_all(bed_, client);
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
  if (!s.as.empty()) names_.sent(s.as, co_await client.has_sent(sent));
}

Task<void> Player::run(step::Answer const& s) {
  auto const changes = names_.expanded(s.changes);
  if (!names_.has(s.to)) co_return;  // an optional message that did not come
  Received const& request = names_.request(s.to);
  if (s.by == "ocs") {
    ChargingAnswer const answer{.result = static_cast<std::uint32_t>(s.code), .granted = s.granted};
    auto const sent = s.again ? bed_.ocs().answers_again(request, answer, changes) : bed_.ocs().answers(request, answer, changes);
    co_return names_.sent(s.as, co_await bed_.ocs().has_sent(sent, bed_.ixit().diameter_tx));
  }
  auto& client = bed_.client(s.by);
  if (!s.setup.empty()) client.prefers(s.setup == "active" ? sdp::Setup::active : sdp::Setup::passive);
  co_await has_sent_all(bed_, client);
  auto const sent = s.again ? client.answers_again(request, s.code, changes) : client.answers(request, s.code, changes);
  if (!s.as.empty()) names_.sent(s.as, co_await client.has_sent(sent));  // else the next step is of the same instant
}

Task<void> Player::run(step::Repeat const& s) {
  for (unsigned i = 0; i < s.times; ++i) {
    if (i > 0) co_await bed_.passes(left(s.every, ""));
    auto const sent = names_.event(s.of);
    if (s.by == "ocs")
      bed_.ocs().repeats(sent);
    else
      bed_.client(s.by).repeats(sent);
  }
}

Task<void> Player::run(step::Alone const& s) {
  bed_.actor(s.by).acts_alone();
  co_return;
}

Task<void> Player::run(step::Scripts const& s) {
  if (s.by != "ocs")
    bed_.client(s.by).scripts_cancel();
  else if (is_peer_label(s.message))
    bed_.ocs().scripts(s.message);
  if (s.by != "ocs" || is_peer_label(s.message)) co_return;
  auto const operation = s.message == "debit_units" ? ch2::Operation::debit_units
                         : s.message == "close"     ? ch2::Operation::close
                                                    : ch2::Operation::other;
  bed_.ocs().scripts(operation);
  co_return;
}

Task<void> Player::run(step::Client const& s) {
  auto const user = with_braces(s.user, [](auto inner) {
    auto const many = repetition(inner);
    return many ? many->spelled_out() : fmt::format("{{{}}}", inner);
  });
  bed_.wishes(s.name, {.user = user,
                       .connects = s.connects,
                       .transport = s.transport,
                       .msrp = s.msrp,
                       .msrp_port = s.msrp_port,
                       .stands_for = s.stands_for,
                       .msrps = s.msrps,
                       .secured = s.secured});
  co_return;
}

Task<void> Player::run(step::Connect const& s) {
  bed_.client(s.by).connects_msrp_again();
  co_return;
}

Task<void> Player::run(step::Close const& s) {
  if (s.by == "ocs")
    bed_.ocs().closes(s.reset);
  else
    bed_.client(s.by).closes_msrp(s.reset);
  co_return;
}

Task<void> Player::run(step::Resume const& s) {
  bed_.client(s.by).reads_on();
  co_return;
}

Task<void> Player::run(step::Restart const& /*s*/) {
  return bed_.restart();
}

Task<void> Player::run(step::Measure const& /*s*/) {
  bed_.measures(false);  // the clients' connections are open still
  co_return;
}

Task<void> Player::run(step::Wait const& s) {
  auto const whole = left(s.duration, s.since);
  if (!s.is_drawn) co_return co_await bed_.passes(whole);
  constexpr std::uint32_t steps = 1000;
  co_await bed_.passes(whole / steps * bed_.random().below(steps));
}

}  // namespace tollgate
