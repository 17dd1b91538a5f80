#include "runner/bed.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "runner/axes.hpp"
#include "runner/footprint.hpp"

namespace tollgate {

Bed::Bed(World& world, Random random, bool alone) : Bed(world, random, std::make_shared<Recorder>(world.clock), "", alone) {}

Bed::Bed(World& world, Random random, std::shared_ptr<Recorder> recorder, std::string mark, bool alone)
    : world_(world), random_(random), next_user_(1 + static_cast<unsigned>(random.below(world.users.count()))),
      recorder_(std::move(recorder)), mark_(std::move(mark)), alone_(alone),
      credit_control_(world.clock, *recorder_, "ocs", world.ixit.origin_host, world.ixit.origin_realm) {
  world_.charging_enabler.attach(credit_control_);
  recorder_->records_elsewhere_what_is_of_no_case(world_.charging_enabler.peer_recorder());
  if (alone_) credit_control_.owns_connection();
  constexpr std::uint64_t plenty = 1000;  // more messages than a case stores for a user
  if (is_possible(world_.profile, std::vector<std::string>{"Q-ANY"})) credit_control_.grants_at_least(plenty);
}

Bed::~Bed() {
  world_.charging_enabler.detach(credit_control_);
  for (auto const number : returned_) world_.users.give_back(number);
}

Bed& Bed::branch() {
  auto const number = branches_.size() + 1;
  std::string const mark = number == 1 ? "" : fmt::format("/{}", number);
  auto& bed = *branches_.emplace_back(std::unique_ptr<Bed>(new Bed(world_, random_.fork(), recorder_, mark, alone_)));
  if (number % 2 == 0) bed.setup_ = sdp::Setup::passive;
  return bed;
}

std::string Bed::fresh_user(ClientWish const& wish) {
  auto const number = world_.users.take(next_user_);
  if (number) next_user_ = *number % world_.users.count() + 1;
  if (!number)
    throw CaseStopped{Verdict::inconc,
                      std::string(no_user_left),
                      fmt::format("all {} users of the SUT file are taken, or left with something that the SUT keeps; raise users.count: "
                                  "500 are enough for the whole suite",
                                  world_.ixit.user_count),
                      {}};
  auto const fill = [&](std::string const& text) { return replaced(text, "{n}", std::to_string(*number)); };
  if (!wish.user.empty()) return fmt::format("sip:{}@{}", fill(wish.user), world_.ixit.domain);
  auto const& ixit = world_.ixit;
  auto user = fill(wish.secured && !ixit.secured_pattern.empty() ? ixit.secured_pattern
                   : wish.msrps && !ixit.msrps_pattern.empty()   ? ixit.msrps_pattern
                                                                 : ixit.user_pattern);
  if (wish.stands_for.empty()) numbers_[user] = *number;
  return user;
}

LeftBehind Bed::left_by(std::string const& aor) const {
  auto const sent = sent_for_.find(aor);
  return left_behind(recorder_->trace(), aor, sent == sent_for_.end() ? 0 : sent->second);
}

/// Of those of whom nothing else is left; the answers come, or `live` passes.
Task<void> Bed::removes_bindings() {
  Amendment everywhere;
  everywhere.edits.push_back({fields::How::set, *fields::parse_path("sip.Contact"), "*"});
  std::vector<ImClient*> all;
  for (auto const& [role, client] : clients_) all.push_back(client.get());
  for (auto const& client : former_) all.push_back(client.get());
  std::erase_if(all, [this](ImClient const* client) {
    auto const left = numbers_.contains(client->aor()) ? left_by(client->aor()) : LeftBehind{.more = true};
    return left.more || !left.binding;
  });
  for (auto* client : all) client->sends_register({.expires = 0}, everywhere);
  auto const is_bound = [this](ImClient const* client) { return left_by(client->aor()).binding; };
  WaitBoard::Wait const wait(recorder_->waits(), "bindings to be gone, within " + in_seconds(world_.ixit.live));
  Instant const end = world_.clock.now() + world_.ixit.live;
  while (std::ranges::any_of(all, is_bound) && world_.clock.now() < end) co_await pause(world_.clock, world_.ixit.epsilon);
}

Task<void> Bed::gives_users_back() {
  if (!world_.users.is_scarce()) co_return;
  for (auto const& bed : branches_) co_await bed->gives_users_back();
  co_await removes_bindings();
  for (auto const& [aor, number] : numbers_)
    if (auto const left = left_by(aor); !left.binding && !left.more) returned_.push_back(number);
}

/// Where users are scarce, one who never registers stores the messages of all cases: the last one, which the pool has not.
static std::optional<std::string> shared_sender(World const& world, std::string const& role) {
  if (role != "bob" || !world.users.is_scarce() || world.users.count() >= world.ixit.user_count) return std::nullopt;
  return replaced(world.ixit.user_pattern, "{n}", std::to_string(world.ixit.user_count));
}

ImClient& Bed::client(std::string const& role) {
  if (!clients_.contains(role)) {
    auto const wish = wishes_[role];
    auto const sender = shared_sender(world_, role);
    auto user = sender ? *sender : fresh_user(wish);  // throws when there is none
    auto const served = wish.stands_for.empty() ? user : client(wish.stands_for).served();
    auto client = std::make_unique<ImClient>(world_.clock, world_.network, world_.ixit, *recorder_, random_.fork(), role + mark_,
                                             std::move(user), served);
    if (world_.author) client->is_written_by(world_.author);
    client->prefers(!wish.connects ? setup_ : *wish.connects ? sdp::Setup::active : sdp::Setup::passive);
    client->behaves(wish.msrp);
    if (!wish.msrp_port.empty()) {
      auto& port = msrp_ports_[wish.msrp_port];
      if (!port) port = std::make_shared<SharedPort>(world_.network, world_.ixit.bind);
      client->shares(port);
    }
    if (wish.transport) client->registers_over(*wish.transport);
    credit_control_.serves(client->aor());
    parties_.insert(client->aor());
    clients_.emplace(role, std::move(client));  // whole, or, where no socket is to be had, not at all
  }
  return *clients_.at(role);
}

void Bed::renews(std::string const& role) {
  auto const found = clients_.find(role);
  if (found == clients_.end()) return;
  found->second->winds_up();
  setup_ = setup_ == sdp::Setup::active ? sdp::Setup::passive : sdp::Setup::active;
  former_.push_back(std::move(found->second));
  clients_.erase(found);
  stored_.erase(role);
}

Actor& Bed::actor(std::string const& name) {
  if (name == "ocs") return credit_control_;
  return client(name);
}

Task<void> Bed::passes(Duration duration) {
  WaitBoard::Wait const wait(recorder_->waits(), in_seconds(duration) + " to pass");
  co_await pause(world_.clock, duration);
}

Duration Bed::since(trace::EventId event) const {
  return world_.clock.now() - Duration(recorder_->trace().at(event).at_ns);
}

void Bed::require(bool holds, std::string reason, std::string because, std::vector<trace::EventId> witnesses) const {
  if (!holds) throw CaseStopped{Verdict::fail, std::move(reason), std::move(because), std::move(witnesses)};
}

void Bed::require_in_time(bool holds, std::string reason, std::string because, std::vector<trace::EventId> witnesses) const {
  if (!holds) throw CaseStopped{Verdict::fail, std::move(reason), std::move(because), std::move(witnesses), true};
}

/// Whether a case that stores this has anything to say of a SUT that refuses it: a media type that it does not keep, or a user
/// part that none of its users has.
static bool is_foreign(int status, std::string const& type, bool of_odd_user) {
  constexpr int bad_request = 400, forbidden = 403, not_found = 404, unsupported_type = 415, unsupported_scheme = 416, incomplete = 484;
  if (type != "text/plain" && status == unsupported_type) return true;
  return of_odd_user && (status == bad_request || status == forbidden || status == not_found || status == unsupported_scheme ||
                         status == incomplete || status / 100 == 6);
}

Task<void> Bed::deposit(std::string role, std::string text, std::string type, bool optional) {
  if (world_.store) {
    if (type != "text/plain")
      throw CaseStopped{Verdict::na, "not stored", "store.command stores text/plain only, and this purpose needs " + type, {}};
    WaitBoard::Wait const wait(recorder_->waits(), "store.command to end");
    auto const why = co_await world_.store(client(role).aor(), text);
    ++sent_for_[client(role).aor()];
    if (!why.empty() && optional) co_return;
    if (!why.empty()) throw CaseStopped{Verdict::inconc, "not stored", fmt::format("no message for {}: {}", client(role).aor(), why), {}};
    stored_[role].push_back(std::move(text));
    co_return;
  }
  auto& sender = client("bob");
  auto const request = sender.sends_message(client(role).aor(), text, type);
  ++sent_for_[client(role).aor()];
  std::optional<Received> answer;
  do answer = co_await sender.may_receive("*", world_.ixit.live);
  while (answer && answer->status / 100 == 1);
  if (answer && answer->name == "MESSAGE" && answer->status / 100 == 2) {
    stored_[role].push_back(std::move(text));
    co_return;
  }
  bool const is_refused = answer && answer->name == "MESSAGE";
  if (is_refused && optional) co_return;
  bool const is_na = is_refused && is_foreign(answer->status, type, !wishes_[role].user.empty());
  throw CaseStopped{is_na ? Verdict::na : Verdict::inconc,
                    "not stored",
                    fmt::format("the SUT did not take #{} MESSAGE for {}: {}", request, client(role).aor(),
                                answer ? "it answered " + answer->label() : "no answer came"),
                    {request},
                    !answer};
}

Task<void> Bed::restart() {
  if (!world_.restart) throw CaseStopped{Verdict::inconc, "no restart", "the SUT is not ours to launch again", {}};
  WaitBoard::Wait const wait(recorder_->waits(), "the SUT to start again");
  recorder_->record({.kind = trace::Kind::restarted, .actor = "sut", .note = "ended by us, and started again"});
  co_await world_.restart();
}

void Bed::measures(bool files_too) {
  auto const held = alone_ && world_.footprint ? world_.footprint() : std::nullopt;  // else it is for others, too
  if (!held) return;
  recorder_->record({.kind = trace::Kind::measured, .actor = "sut", .note = fmt::format("memory in MB {}", held->memory_mb)});
  if (files_too) recorder_->record({.kind = trace::Kind::measured, .actor = "sut", .note = fmt::format("open files {}", held->open_files)});
}

std::vector<std::string> Bed::receivers() const {
  std::vector<std::string> out;
  for (auto const& [role, client] : clients_)
    if (role != "bob") out.push_back(role);
  return out;
}

bool Bed::is_settled() const {
  if (alone_ && !world_.charging_enabler.has_peer()) return false;  // the next case needs the connection
  if (recorder_->has_late_departures()) return false;               // which would never go out
  auto const settled = [](Actor const& actor) { return actor.is_settled(); };
  return settled(credit_control_) && std::ranges::all_of(clients_, [&](auto const& c) { return settled(*c.second); }) &&
         std::ranges::all_of(former_, [&](auto const& c) { return settled(*c); }) &&
         std::ranges::all_of(branches_, [](auto const& bed) { return bed->is_settled(); });
}

void Bed::all_wind_up() {
  credit_control_.winds_up();
  for (auto& [role, client] : clients_) client->winds_up();
  for (auto& client : former_) client->winds_up();
  for (auto& bed : branches_) bed->all_wind_up();
}

void Bed::dismisses_authors() {
  for (auto& [role, client] : clients_) client->dismisses_author();
  for (auto& client : former_) client->dismisses_author();
  for (auto& bed : branches_) bed->dismisses_authors();
}

void Bed::require_few(std::size_t count, std::string_view what) const {
  constexpr std::size_t most = 12;
  if (world_.author && count > most)
    throw CaseStopped{
        Verdict::na, "not applicable", fmt::format("needs the native client: {} {} at once are too many for processes", count, what), {}};
}

Task<void> Bed::side_by_side(std::size_t count, std::function<Task<void>(Bed&, std::size_t)> play,
                             std::function<std::string(std::size_t)> label) {
  require_few(count, "flows");
  std::vector<std::optional<CaseStopped>> stopped(count);
  Mailbox<std::size_t> ended(world_.clock);
  TaskScope scope;
  for (std::size_t i = 0; i < count; ++i)
    scope.start([](Bed& bed, std::size_t nth, auto const& flow, auto& why, auto& done) -> Task<void> {
      try {
        co_await flow(bed, nth);
      } catch (CaseStopped const& caught) {
        why[nth] = caught;
      } catch (std::exception const& error) {
        why[nth] = CaseStopped{Verdict::error, "harness error", error.what(), {}};
      }
      done.push(nth);
    }(branch(), i, play, stopped, ended));
  constexpr Duration forever = std::chrono::hours(1);  // the case's guard comes first
  for (std::size_t i = 0; i < count; ++i) (void)co_await ended.pop(forever);
  auto const has_stopped = [](auto const& why) { return why.has_value(); };
  auto const badness = [](auto const& why) {  // one that does not apply has said nothing
    return !why ? -1 : why->verdict == Verdict::na ? 0 : static_cast<int>(why->verdict);
  };
  auto const speaks = std::ranges::max_element(stopped, {}, badness);  // the first of them
  if (speaks == stopped.end() || !*speaks) co_return;
  CaseStopped why = **speaks;
  if (count > 1)
    why.because += fmt::format(" (with {}; {} of {} flows stopped)", label(static_cast<std::size_t>(speaks - stopped.begin())),
                               std::ranges::count_if(stopped, has_stopped), count);
  throw why;
}

Task<void> Bed::one_by_one(std::size_t count, std::function<Task<void>(Bed&, std::size_t)> play,
                           std::function<std::string(std::size_t)> label) {
  for (std::size_t i = 0; i < count; ++i) {
    Bed& bed = branch();
    std::optional<CaseStopped> stopped;
    try {
      co_await play(bed, i);
    } catch (CaseStopped const& why) {
      stopped = why;
    }
    if (stopped && count > 1) stopped->because += fmt::format(" (with {})", label(i));
    if (stopped) throw *stopped;
    (void)co_await bed.wind_up(world_.ixit.live);  // what is still open then is left to the end of the case
  }
}

Task<void> Bed::wind_up() {
  (void)co_await wind_up(world_.ixit.msrp_transaction + world_.ixit.live);
}

Task<bool> Bed::wind_up(Duration most) {
  all_wind_up();
  WaitBoard::Wait const wait(recorder_->waits(), "the SUT to end what is open, within " + in_seconds(most));
  // Two looks a millisecond apart at first, later rarely: a flow that ends well ends at once.
  Instant const end = world_.clock.now() + most;
  Duration look = 1ms;
  do {
    while (!is_settled() && world_.clock.now() < end) {
      co_await pause(world_.clock, look);
      look = std::min<Duration>(look * 2, 100ms);
    }
    co_await pause(world_.clock, world_.ixit.epsilon);  // what crossed our last answer, or began behind it
  } while (!is_settled() && world_.clock.now() < end);
  co_return is_settled();
}

}  // namespace tollgate
