#include <array>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <optional>
#include <ranges>
#include <span>

#include "base/text.hpp"
#include "runner/axes.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/multi/multi.hpp"

namespace tollgate::deferred_push {

namespace {

constexpr int silence = 0;  ///< no response to a SEND

/// What became of a message: the status that we answered, and whether it came again after the next REGISTER.
struct Outcome {
  int status = silence;
  bool came_again = false;
};

/// Of what had no answer or a refusal: whether the SUT keeps it is its own policy, but it is one policy (catalogue, G13).
class Policy {
 public:
  explicit Policy(Bed& bed) : bed_(bed) {}

  void takes(std::map<std::string, Outcome> const& messages) {
    for (auto const& [text, outcome] : messages) ++(outcome.came_again ? kept_ : lost_)[outcome.status];
  }
  void judge() const {
    for (auto const& [status, kept] : kept_) {
      auto const lost = lost_.find(status);
      bed_.require(status != 200, "delivered twice", fmt::format("{} messages that we had answered 200 came again", kept));
      bed_.require(lost == lost_.end(), "kept and lost",
                   fmt::format("of the messages that {} {} came again after the next REGISTER and {} did not",
                               status == silence ? std::string("got no answer") : fmt::format("we answered {}", status), kept,
                               lost == lost_.end() ? 0 : lost->second));
    }
  }

 private:
  Bed& bed_;
  std::map<int, unsigned> kept_, lost_;
};

std::uint64_t debited(CreditControl const& ocs) {
  auto const& accounts = ocs.accounts();
  return std::accumulate(accounts.begin(), accounts.end(), std::uint64_t{0},
                         [](std::uint64_t sum, auto const& entry) { return sum + entry.second.debited; });
}

/// What the first user's SENDs get, whatever the seed: a policy shows where two messages of one push had the same outcome.
constexpr std::array fixed{silence, silence, 200};

/// The whole push of one user: each SEND gets 200, a 4xx or nothing, after a time of the seed, but for those that are `stated`.
Task<std::map<std::string, Outcome>> answers_at_random(Bed& bed, Random& random, std::size_t k, std::span<int const> stated) {
  auto& alice = bed.client("alice");
  constexpr int statuses[] = {200, 200, 200, 413, 400};
  constexpr std::uint64_t longest_ms = 300, outcomes = 6;  // one of six is silence
  std::map<std::string, Outcome> messages;
  for (std::size_t i = 0; i < k; ++i) {
    auto const send = co_await alice.receives("SEND", bed.ixit().msrp_transaction + bed.ixit().live);
    co_await bed.passes(std::chrono::milliseconds(random.below(longest_ms)));
    auto const outcome = random.below(outcomes);
    int const status = i < stated.size() ? stated[i] : outcome < std::size(statuses) ? statuses[outcome] : silence;
    if (status != silence) alice.answers(send, status);
    messages[send.content] = {.status = status};
  }
  auto const bye = co_await alice.receives("BYE", bed.ixit().msrp_transaction + bed.ixit().live);
  alice.answers(bye, 200);
  co_return messages;
}

Task<void> settles(Bed& bed, Reached const& reached) {
  Instant const end = bed.clock().now() + bed.ixit().live;
  while (!bed.ocs().is_settled() && bed.clock().now() < end) co_await pause(bed.clock(), bed.ixit().epsilon);
  bed.require_in_time(bed.ocs().is_settled(), "still open", "a credit session is still open after the push", {reached.reserve->event});
}

/// As many as the declared reading of U counts; where it is open, nothing is said.
void require_units(Bed& bed, std::map<std::string, Outcome> const& messages, trace::EventId reserve) {
  auto const is_read_as = [&](char const* value) { return is_certain(bed.profile(), std::vector<std::string>{value}); };
  auto const& events = bed.recorder().trace().events();
  auto const of_user = [&](trace::Event const& e) {
    return e.party == bed.client("alice").served() && e.meaning.name == "debit_units" && e.direction == trace::Direction::received &&
           e.repeats == 0;
  };
  auto const delivered = std::ranges::count_if(messages, [](auto const& one) { return one.second.status == 200; });
  auto const wanted = is_read_as("U-SENT")   ? std::optional(messages.size())
                      : is_read_as("U-OK")   ? std::optional(static_cast<std::size_t>(delivered))
                      : is_read_as("U-FLAT") ? std::optional(static_cast<std::size_t>(std::ranges::count_if(events, of_user)))
                                             : std::nullopt;
  auto const units = debited(bed.ocs());
  bed.require(!wanted || units == *wanted, "wrong units",
              fmt::format("{} units were debited for {} messages sent, {} of them delivered", units, messages.size(), delivered),
              {reserve});
}

/// The client registers again and takes with 200 whatever the SUT has kept.
Task<void> registers_again(Bed& bed, std::map<std::string, Outcome>& messages) {
  auto& alice = bed.client("alice");
  co_await bed.passes(bed.ixit().live);  // until the push before is over for the SUT, too
  auto const before = alice.delivered().size();
  bed.ocs().completes();
  alice.completes();
  co_await alice.registers();
  (void)co_await alice.may_receive("BYE", 2 * bed.ixit().live);
  for (auto const& text : alice.delivered() | std::views::drop(before)) {
    auto const known = messages.find(text);
    bed.require(known != messages.end(), "wrong delivery", fmt::format("'{}' came, which nobody had stored", printable(text, 80)));
    bed.require(!std::exchange(known->second.came_again, true), "wrong delivery", fmt::format("'{}' came twice in one push", text));
  }
}

/// with  a user with none to five messages
/// when  their SENDs have outcomes of the seed, and the user registers again
/// then  the units are those of the declared reading, the credit session ends, nothing comes to whom nothing was stored, and only
///       what was not confirmed comes again
Task<void> one_user(Bed& bed, Policy& policy, std::span<int const> stated) {
  auto random = bed.random();
  constexpr std::uint64_t most = 5;
  auto const drawn = static_cast<unsigned>(random.below(most + 1));
  auto const k = stated.empty() ? drawn : static_cast<unsigned>(stated.size());
  auto& alice = bed.client("alice");
  if (k == 0) {
    co_await alice.registers();
    if (is_certain(bed.profile(), std::vector<std::string>{"R-ONPENDING"})) co_await bed.ocs().hears_no("reserve_units", bed.ixit().quiet);
    co_return;
  }
  auto const reached = co_await reach(bed, PushState::in_session, "alice", k);
  auto messages = co_await answers_at_random(bed, random, k, stated);
  co_await settles(bed, reached);
  require_units(bed, messages, reached.reserve->event);
  co_await registers_again(bed, messages);
  policy.takes(messages);
}

}  // namespace

static Task<void> many_users(Bed& bed) {
  Policy policy(bed);
  co_await bed.side_by_side(
      bed.ixit().share(200),
      [&policy](Bed& branch, std::size_t nth) {
        return one_user(branch, policy, nth == 0 ? std::span<int const>(fixed) : std::span<int const>());
      },
      [](std::size_t nth) { return fmt::format("user {}", nth + 1); });
  policy.judge();
}

Case ml_08() {
  return {.info = {.id = "ML-08",
                   .group = "ml",
                   .purpose = "Under a load of mixed outcomes every message is delivered, kept or failed for good, and charged so.",
                   .clause = "CR 6.3.2.8 (1-12)",
                   .strength = "flow",
                   .kind = "invariant",
                   .file = __FILE_NAME__,
                   .line = __LINE__,
                   .detects = {"M204"}},
          .readings = {"R-ONPENDING", "U-SENT", "U-OK", "U-FLAT"},
          .alone = true,
          .heavy = true,
          .burst = 2s,
          .run = many_users};
}

}  // namespace tollgate::deferred_push
