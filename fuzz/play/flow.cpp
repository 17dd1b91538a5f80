#include "fuzz/play/flow.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "runner/push_state.hpp"

namespace tollgate::fuzz {

namespace {

constexpr std::string_view push_flow = "push", register_flow = "register";

/// How a push is varied.
struct Shape {
  unsigned messages = 1;
  std::size_t octets = 0;  ///< of each; 0: a few
  bool connects = true;    ///< our end, for MSRP
  bool tcp = false;        ///< for SIP, where the server takes it; else what it takes first
  int to_invite = 200, to_send = 200;
  std::uint32_t to_reserve = 2001;
  bool registers_again = false;  ///< and takes its registration back at the end
  bool speaks = false;           ///< in the session: REPORT and SEND of ours before the first answer
};

bool is_idle(Bed& bed) {
  return !bed.recorder().has_late_departures() && bed.clock().now() - bed.recorder().last_activity() >= idle_time;
}

/// Until that is so, or nothing goes on; looks ever more seldom, at last so often.
Task<void> goes_on_until(Bed& bed, std::function<bool()> done, Duration seldom = 50ms) {
  Duration look = 1ms;
  while (!done() && !is_idle(bed)) {
    co_await pause(bed.clock(), look);
    look = std::min<Duration>(look * 2, seldom);
  }
}

/// Until everything stored has come.
Task<void> delivered(Bed& bed, std::size_t messages) {
  return goes_on_until(bed, [&bed, messages] { return bed.transmitted_to("alice") >= messages; });
}

/// Until the server has hung up, or answered where nothing is pushed: what comes behind it has the same number each time.
Task<void> is_over(Bed& bed, bool is_pushed) {
  return goes_on_until(bed, [&bed, is_pushed] {
    return std::ranges::any_of(bed.recorder().trace().events(), [is_pushed](trace::Event const& event) {
      bool const ends = is_pushed ? event.meaning.is_request() && event.meaning.name == "BYE" : event.meaning.status >= 200;
      return event.direction == trace::Direction::received && ends;
    });
  });
}

/// The same as a case does, but for so long as something goes on: a message that was changed may get no answer.
Task<void> deposit(Bed& bed, std::string text) {
  bool has_ended = false;
  std::optional<CaseStopped> why;
  TaskScope scope;
  scope.start([](Bed& at, std::string what, bool& ended, std::optional<CaseStopped>& stopped) -> Task<void> {
    try {
      co_await at.deposit("alice", std::move(what));
    } catch (CaseStopped const& caught) {
      stopped = caught;
    }
    ended = true;
  }(bed, std::move(text), has_ended, why));
  co_await goes_on_until(bed, [&has_ended] { return has_ended; }, 20ms);
  if (why) throw CaseStopped(*why);
  if (!has_ended) throw CaseStopped{Verdict::inconc, "not stored", "the MESSAGE was not answered", {}};
}

Task<void> deposits(Bed& bed, Shape shape) {
  for (unsigned i = 1; i <= shape.messages; ++i) {
    auto text = stored_text(i);
    if (shape.octets > text.size()) text.resize(shape.octets, 'x');
    co_await deposit(bed, std::move(text));
  }
}

/// As the shape says to the first message of a kind; whatever comes later is answered alone.
Task<void> begins(Bed& bed, Shape shape) {
  auto& alice = bed.client("alice");
  if (shape.to_reserve != 2001) {
    if (auto const reserve = co_await bed.ocs().may_receive("reserve_units", idle_time))
      bed.ocs().answers(*reserve, {.result = shape.to_reserve, .granted = {}});
  }
  if (shape.to_invite != 200) {
    if (auto const invite = co_await alice.may_receive("INVITE", idle_time)) alice.answers(*invite, shape.to_invite);
  }
  if (shape.to_send == 200 && !shape.speaks) co_return;
  if (auto const invite = co_await alice.may_receive("INVITE", idle_time)) alice.answers(*invite, 200);
  auto const send = co_await alice.may_receive("SEND", idle_time);
  if (!send) co_return;
  if (shape.speaks)
    for (auto const* const method : {"REPORT", "SEND"}) alice.sends_msrp(method, {});
  alice.answers(*send, shape.to_send);
}

bool takes_plain_sip(Bed& bed) {
  return bed.ixit().sut_sip.port != 0;
}

Task<void> push(Bed& bed, Shape shape) {
  auto const over = shape.tcp && takes_plain_sip(bed) ? std::optional(trace::Transport::tcp) : std::nullopt;
  bed.wishes("alice", {.user = {}, .connects = shape.connects, .transport = over, .msrp = {}, .msrp_port = {}, .stands_for = {}});
  co_await deposits(bed, shape);
  auto& alice = bed.client("alice");
  bool const is_otherwise = shape.to_invite != 200 || shape.to_send != 200 || shape.speaks;
  if (!is_otherwise) alice.acts_alone();
  if (shape.to_reserve == 2001) bed.ocs().acts_alone();
  alice.sends_register();
  co_await begins(bed, shape);
  alice.completes();
  bed.ocs().acts_alone();
  co_await delivered(bed, shape.messages);
  if (!shape.registers_again) co_return;
  co_await is_over(bed, shape.messages > 0);
  alice.sends_register();
  co_await pause(bed.clock(), 1ms);
  alice.sends_register(ImClient::Register{.expires = 0, .contact_expires = {}});
}

BaseFlow flow(std::string name, std::string says, Shape shape) {
  return {std::move(name), std::move(says), [shape](Bed& bed) { return push(bed, shape); }};
}

}  // namespace

std::vector<BaseFlow> push_flows() {
  constexpr std::size_t many_chunks = 20'000;
  constexpr int busy = 486, too_large = 413;
  constexpr std::uint32_t no_credit = 4012;
  return {
      flow(std::string(push_flow), "a message is stored, pushed, debited", {}),
      flow("push-passive", "the server connects for MSRP", {.connects = false}),
      flow("push-tcp", "SIP goes over TCP", {.tcp = true}),
      flow("push-three", "three messages are stored and pushed in one session", {.messages = 3, .connects = false}),
      flow("push-long", "a message of many chunks", {.octets = many_chunks}),
      flow("push-refused", "the INVITE is answered 486", {.to_invite = busy}),
      flow("push-rejected", "the SEND is answered 413", {.to_send = too_large}),
      flow("push-no-credit", "the reserve request is answered 4012", {.to_reserve = no_credit}),
      flow("push-and-speak", "the user reports and sends in the session", {.messages = 3, .speaks = true}),
      flow("push-and-leave", "behind the push the registration is renewed and taken back", {.registers_again = true}),
      flow(std::string(register_flow), "nothing is stored; the registration is renewed and taken back",
           {.messages = 0, .registers_again = true}),
  };
}

static Task<void> one_message(Bed& bed, std::string method) {
  auto& alice = bed.client("alice");
  if (method == "REGISTER")
    alice.sends_register();
  else
    alice.sends(method, {});
  (void)co_await alice.may_receive("*", idle_time);
}

std::vector<BaseFlow> message_flows() {
  std::vector<BaseFlow> out;
  for (auto const method : message_flow_methods)
    out.push_back(
        {"one-" + lower(method), fmt::format("one {}", method), [method](Bed& bed) { return one_message(bed, std::string(method)); }});
  return out;
}

BaseFlow plain_push() {
  return push_flows().front();
}

std::vector<BaseFlow> simple_flows() {
  return {push_flows().back(), plain_push()};
}

std::vector<SimpleBase> simple_bases(std::span<BaseFlow const> flows) {
  std::vector<SimpleBase> out;
  for (auto const& base : std::array{SimpleBase{.name = register_flow, .requests = 3}, SimpleBase{.name = push_flow}})
    if (std::ranges::find(flows, base.name, &BaseFlow::name) != flows.end()) out.push_back(base);
  return out;
}

BaseFlow as_flow(Case const& one) {
  return {one.info.id, one.info.purpose, one.run};
}

}  // namespace tollgate::fuzz
