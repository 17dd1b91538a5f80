#include "fuzz/campaign/life.hpp"

#include <algorithm>
#include <iterator>

namespace tollgate::fuzz {

namespace {

/// In one life; twice what is under way at a time has the first of it judged.
struct Most {
  std::size_t whole, brief;
};
constexpr Most flows_most{.whole = 5000, .brief = 640}, singles_most{.whole = 100'000, .brief = 5000};
constexpr std::size_t kept_most = 5000;                           ///< of what has been played
constexpr std::size_t lingering_most = 1000;                      ///< flows that only wait for timers of the server
constexpr Duration known_good_every = 5s;

}  // namespace

Life::Life(Ground const& ground, std::vector<Original> const& singles, Length length)
    : ground_(ground), length_(length), singles_(singles), arena_(ground, ground.file) {
  arena_.on_played = [this](Played played) {
    health_.notes(played.result.trace);
    if (on_played) on_played(played);
    finish(std::move(played.script));
  };
  arena_.on_unplayed = [this](Script script) {
    flows_a_time_ *= 2;
    if (on_unplayed) on_unplayed(std::move(script));
  };
}

std::string Life::begins(bool is_exhausted) {
  auto why = is_exhausted ? arena_.resets() : std::string();
  if (why.empty()) why = arena_.becomes_ready();
  if (!why.empty()) return why;
  if (!arena_.has_users_for(1)) arena_.wears_users();
  health_.at_rest(arena_.footprint());
  next_known_good_ = ground_.clock.now() + known_good_every;
  if (singles_.empty()) return "";
  salvo_ = std::make_unique<Salvo>(ground_.clock, ground_.network, arena_.ixit(), singles_);
  salvo_->on_read = [this](std::vector<Script> read, std::set<std::uint64_t> const& answers) {
    if (on_read) on_read(read, answers);
    for (auto& script : read) finish(std::move(script));
  };
  return "";
}

/// A server that wedges gives no user back: some are left to see that by.
bool Life::has_users() const {
  constexpr std::size_t for_known_good = 3, few = 64;
  return arena_.has_users_for(flows_a_time_ + (known_good_ && ground_.file.ixit.user_count >= few ? for_known_good : 0));
}

bool Life::has_room(std::size_t side_by_side) const {
  if (salvo_) return salvo_->has_room();
  return arena_.playing() < side_by_side && arena_.under_way() < side_by_side + lingering_most && has_users();
}

/// Who only lingers may give his users back yet. A server that is ours begins anew with all of them, any other with what is left.
bool Life::is_out_of_users() {
  if (salvo_ || has_users() || arena_.playing() > 0) {
    without_users_.reset();
    return false;
  }
  if (!without_users_) without_users_ = ground_.clock.now();
  auto const patience = ground_.file.launch.empty() ? 60s : 3s;
  return arena_.under_way() == 0 || ground_.clock.now() - *without_users_ >= patience;
}

std::optional<Problem> Life::known_good_fails(bool now) {
  bool const has_worn_users = ground_.lasting != nullptr && ground_.lasting->has_worn_users;  // who may have anything left with them
  if (!known_good_ || has_worn_users || (!now && ground_.clock.now() < next_known_good_)) return std::nullopt;
  auto out = known_good_->fails(arena_);
  next_known_good_ = ground_.clock.now() + known_good_every;
  return out;
}

void Life::play(Script script) {
  ++played_;
  if (salvo_)
    salvo_->fire(std::move(script));
  else
    arena_.start(std::move(script));
}

bool Life::is_long() const {
  auto const& most = salvo_ ? singles_most : flows_most;
  return played_ >= (length_ == Length::brief ? most.brief : most.whole);
}

void Life::beats() {
  if (salvo_) salvo_->reminds();
}

void Life::makes_room() {
  arena_.trims_lingering(lingering_most);
}

void Life::finish(Script script) {
  finished_.push_back(std::move(script));
  if (finished_.size() > kept_most) finished_.pop_front();
}

std::vector<Script> Life::finished(std::size_t most) const {
  auto const from = finished_.size() > most ? finished_.size() - most : 0;
  return {finished_.begin() + static_cast<std::ptrdiff_t>(from), finished_.end()};
}

std::vector<Script> Life::suspects(std::size_t most) const {
  auto out = finished(most);
  std::ranges::move(salvo_ ? salvo_->unread() : arena_.scripts_under_way(), std::back_inserter(out));
  return out;
}

/// Of a single message the server keeps its transaction for 32 s (RFC 3261 17.2.2), some kilobytes.
std::optional<Problem> Life::growth() {
  constexpr std::size_t as_much_as_a_flow = 256;
  return health_.growth(arena_.footprint(), salvo_ ? played_ / as_much_as_a_flow : arena_.under_way());
}

void Life::settles() {
  Duration const flow_most = length_ == Length::brief ? 1s : 5s;
  if (salvo_) salvo_->ask();
  auto const is_settled = [this] { return arena_.playing() == 0 && (!salvo_ || salvo_->unread().empty()); };
  arena_.wait([&] { return is_settled() || !arena_.ended().empty(); }, flow_most);
}

}  // namespace tollgate::fuzz
