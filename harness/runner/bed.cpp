#include "runner/bed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tollgate {

Bed::Bed(World& world, Random random)
    : world_(world), random_(random), recorder_(world.clock),
      credit_control_(world.clock, recorder_, "ocs", world.ixit.origin_host, world.ixit.origin_realm) {
  world_.charging_enabler.attach(credit_control_);
}

Bed::~Bed() { world_.charging_enabler.detach(credit_control_); }

std::string Bed::fresh_user() {
  if (world_.users_taken++ >= world_.ixit.user_count)
    throw CaseStopped{Verdict::inconc, "no user left",
                      fmt::format("all {} users of the SUT file are taken; raise users.count", world_.ixit.user_count), {}};
  std::string aor = world_.ixit.user_pattern;
  auto const number = 1 + (world_.next_user++ - 1) % world_.ixit.user_count;
  if (auto const at = aor.find("{n}"); at != std::string::npos) aor.replace(at, 3, std::to_string(number));
  return aor;
}

ImClient& Bed::client(std::string const& role) {
  auto& client = clients_[role];
  if (!client) {
    client = std::make_unique<ImClient>(world_.clock, world_.network, world_.ixit, recorder_, random_.fork(), role,
                                        fresh_user());
    client->prefers(setup_);
    credit_control_.serves(client->aor());
  }
  return *client;
}

void Bed::renews(std::string const& role) {
  auto const found = clients_.find(role);
  if (found == clients_.end()) return;
  found->second->winds_up();
  setup_ = setup_ == sdp::Setup::active ? sdp::Setup::passive : sdp::Setup::active;
  former_.push_back(std::move(found->second));
  clients_.erase(found);
}

Actor& Bed::actor(std::string const& name) {
  if (name == "ocs") return credit_control_;
  return client(name);
}

Duration Bed::since(trace::EventId event) const {
  return world_.clock.now() - Duration(recorder_.trace().at(event).at_ns);
}

void Bed::require(bool holds, std::string reason, std::string because, std::vector<trace::EventId> witnesses) const {
  if (!holds) throw CaseStopped{Verdict::fail, std::move(reason), std::move(because), std::move(witnesses)};
}

Task<void> Bed::deposit(std::string role, std::string text) {
  auto& sender = client("bob");
  auto const request = sender.sends_message(client(role).aor(), text);
  std::optional<Received> answer;
  do answer = co_await sender.may_receive("*", world_.ixit.live);
  while (answer && answer->status / 100 == 1);
  if (answer && answer->name == "MESSAGE" && answer->status / 100 == 2) co_return;
  throw CaseStopped{Verdict::inconc, "not stored",
                    fmt::format("the SUT did not take #{} MESSAGE for {}: {}", request, client(role).aor(),
                                answer ? "it answered " + answer->label() : "no answer came"),
                    {request}};
}

bool Bed::is_settled() const {
  auto const settled = [](Actor const& actor) { return actor.is_settled(); };
  return settled(credit_control_) && std::ranges::all_of(clients_, [&](auto const& c) { return settled(*c.second); }) &&
         std::ranges::all_of(former_, [&](auto const& c) { return settled(*c); });
}

Task<void> Bed::wind_up() {
  credit_control_.winds_up();
  for (auto& [role, client] : clients_) client->winds_up();
  for (auto& client : former_) client->winds_up();
  // Two looks a millisecond apart at first, later rarely: a flow that ends well ends at once.
  Duration const most = world_.ixit.msrp_transaction + world_.ixit.live;
  Instant const end = world_.clock.now() + most;
  Duration look = 1ms;
  while (!is_settled() && world_.clock.now() < end) {
    co_await pause(world_.clock, look);
    look = std::min<Duration>(look * 2, 100ms);
  }
  co_await pause(world_.clock, world_.ixit.epsilon);  // what crossed our last answer
}

}  // namespace tollgate
