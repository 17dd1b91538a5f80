#include "fuzz/disorder/disorder.hpp"

#include <fmt/format.h>

#include "fuzz/disorder/charging_side.hpp"
#include "fuzz/disorder/msrp_side.hpp"
#include "fuzz/disorder/sip_side.hpp"
#include "fuzz/support/target.hpp"
#include "refserver/server.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate::fuzz {

namespace {

/// A legal reading of the twelve steps, and what it means to the rules.
struct Reading {
  refserver::Profile profile;
  rules::Terms terms;
};

Reading reading(std::size_t which) {
  using refserver::Credit, refserver::Debit, refserver::Release, refserver::Units;
  switch (which) {
    case 1: return {{Debit::all, Credit::ecur, Units::sent, Release::strict}, {}};
    case 2: return {{Debit::all, Credit::ecur, Units::ok, Release::loose}, {}};
    case 3: return {{Debit::each, Credit::ecuru, Units::sent, Release::loose}, {}};
    case 4: return {{Debit::each, Credit::split, Units::sent, Release::loose}, {}};
    case 5: return {{Debit::pre, Credit::ecur, Units::sent, Release::loose}, {.debit_before_outcome = true}};
    default: return {};
  }
}

struct User {
  User(Journal& journal, Network& network, Address const& server, std::string const& name)
      : sip(journal, network, server, name), msrp(journal, network, name, sip.aor()) {}
  SipSide sip;
  MsrpSide msrp;
};

class Disorder {
 public:
  Disorder(Choices choices, std::set<refserver::Fault> const& faults)
      : choices_(choices), reading_(reading(choices_.below(8))), network_(clock_, Random(1)), journal_(clock_),
        charging_(journal_, network_, charging_address()), server_(clock_, network_, Random(2), config(faults)),
        users_{User(journal_, network_, server_.sip(), "alice"), User(journal_, network_, server_.sip(), "bobby")} {}

  Outcome run() {
    constexpr std::size_t actions_most = 64;
    passes(10ms);
    for (std::size_t i = 0; i < actions_most && !choices_.empty(); ++i) {
      act(static_cast<Action>(choices_.below(actions)));
      passes(1ms);  // what was said arrives before the next word, as on one wire
    }
    quietens();
    return judged();
  }

 private:
  static Address charging_address() { return {"127.0.0.1", 3868}; }
  [[nodiscard]] refserver::Config config(std::set<refserver::Fault> const& faults) const {
    refserver::Config config;
    config.faults = faults;
    config.sip = {"127.0.0.1", 5060};
    config.charging_enabler = charging_address();
    config.profile = reading_.profile;
    config.chunk_octets = 64;
    return config;
  }

  void passes(Duration duration) { clock_.run_for(duration); }

  User& user() { return users_[choices_.below(8) == 1 ? 1 : 0]; }

  void act(Action action) {
    if (action <= Action::deposits || (action >= Action::accepts && action <= Action::hangs_up)) return act_sip(action);
    if (action <= Action::charging_closes) return act_charging(action);
    if (action <= Action::msrp_closes) return act_msrp(action);
    constexpr std::array<Duration, 8> durations{1ms, 100ms, 500ms, 1s, 9s, 10s, 30s, 61s};
    if (action == Action::sip_octets) users_[0].sip.sends(Octets(choices_.octets(choices_.octet())));
    if (action == Action::time_passes) passes(choices_.one_of(durations));
    if (action == Action::mutates_next) journal_.mutate_next(choices_.octet() * 256U + choices_.octet());
  }

  void act_sip(Action action) {
    constexpr std::array statuses{200, 100, 180, 183, 202, 302, 400, 404, 408, 481, 486, 487, 500, 603};
    auto& who = user();
    switch (action) {
      case Action::registers: return who.sip.registers(choices_);
      case Action::deposits: {
        std::string const text(1 + choices_.below(2) * 150 + choices_.below(4), 'x');
        return users_[1].sip.deposits(who.sip.aor(), text, choices_);
      }
      case Action::accepts: return who.sip.answers(choices_.below(4), 200, answer_sdp(who));
      case Action::answers_sip: {
        auto const status = choices_.one_of(statuses);
        return who.sip.answers(choices_.below(4), status, answer_sdp(who));
      }
      case Action::answers_sip_again: return who.sip.answers_again(choices_.one_of(statuses));
      default: return who.sip.hangs_up(choices_.below(4) == 1 ? "other" : "");
    }
  }

  std::string answer_sdp(User const& who) {
    constexpr std::array setups{sdp::Setup::active, sdp::Setup::passive, sdp::Setup::actpass, sdp::Setup::holdconn};
    auto media = who.msrp.answer(choices_.one_of(setups));
    switch (choices_.below(8)) {
      case 1: media.port = 0; break;
      case 2: media.path = {"msrp://127.0.0.1:1/nobody;tcp"}; break;
      case 3: media.accept_types = {"image/png"}; break;
      case 4: media.direction = sdp::Direction::inactive; break;
      case 5: return std::string(choices_.octets(8));
      default: break;
    }
    return sdp::describe(media, 1, 1).write();
  }

  void act_charging(Action action) {
    constexpr std::array<std::uint32_t, 8> results{2001, 2001, 2002, 4011, 4012, 5030, 3004, 4010};
    // The server is owed a Charging Enabler that it can reach: three times something may be wrong with the connection.
    constexpr unsigned disruptions_most = 3;
    bool const may_disrupt = charging_.disruptions() < disruptions_most;
    if (!may_disrupt && journal_.mutates()) return;
    ChargingSide::How how{.which = choices_.below(4), .result = choices_.one_of(results)};
    if (auto const units = choices_.below(8); units < 4) how.granted = units;
    how.in_mscc = choices_.below(8) == 1;
    switch (action) {
      case Action::charging_answers: return charging_.answers(how);
      case Action::charging_answers_wrongly:
        how.other_session = choices_.below(2) == 0;
        how.other_number = !how.other_session;
        return charging_.answers(how);
      case Action::charging_repeats: return charging_.repeats_answer();
      case Action::charging_octets:
        if (choices_.below(2) == 0) return charging_.sends_watchdog();
        if (may_disrupt) charging_.sends(Octets(choices_.octets(choices_.octet())));
        return;
      default:
        if (may_disrupt && choices_.below(3) == 0) return charging_.sends_disconnect();
        if (may_disrupt) charging_.closes(choices_.below(2) == 0);
    }
  }

  void act_msrp(Action action) {
    constexpr std::array statuses{200, 200, 400, 403, 408, 413, 415, 423, 481, 501, 506};
    auto& who = user();
    auto const& offer = who.sip.offer();
    switch (action) {
      case Action::msrp_connects:
        if (offer) who.msrp.connects(*offer);
        return;
      case Action::msrp_sends: {
        auto const to = offer && choices_.below(8) != 1 ? offer->path.front() : "msrp://127.0.0.1:1/nobody;tcp";
        return who.msrp.sends(choices_.below(4) / 2, to, choices_.octets(choices_.below(4) / 3 * 8));
      }
      case Action::msrp_answers: return who.msrp.answers(choices_.below(4), choices_.one_of(statuses), 0, false);
      case Action::msrp_answers_wrongly: {
        auto const status = choices_.one_of(statuses);
        return who.msrp.answers(choices_.below(4), status, choices_.below(3), choices_.below(2) == 0);
      }
      case Action::msrp_octets: return who.msrp.sends_octets(choices_.below(2), Octets(choices_.octets(choices_.octet())));
      default: return who.msrp.closes(choices_.below(2), choices_.below(2) == 0);
    }
  }

  /// Everybody falls silent but the Charging Enabler, until the server's slowest timers have passed.
  void quietens() {
    (void)journal_.mangled(Protocol::sip, {});
    charging_.obeys();
    passes(300s);
    users_[0].sip.probes();
    passes(1s);
  }

  [[nodiscard]] Outcome judged() const {
    return {.findings = rules::check_all(journal_.trace(), reading_.terms),
            .trace = journal_.trace(),
            .is_alive = users_[0].sip.is_answered(),
            .is_peered = charging_.has_peer()};
  }

  Choices choices_;
  Reading reading_;
  SimClock clock_;
  LoopbackNetwork network_;
  Journal journal_;
  ChargingSide charging_;
  refserver::Server server_;
  std::array<User, 2> users_;
};

}  // namespace

Outcome play_in_disorder(std::string_view input, std::set<refserver::Fault> const& faults) {
  return Disorder(Choices(input), faults).run();
}

void run_in_disorder(std::string_view input) {
  auto const outcome = play_in_disorder(input);
  auto const hold = [&](bool holds, std::string const& what) {
    if (!holds) require(false, what + "\n" + story(outcome.trace));
  };
  hold(outcome.is_alive, "the server answers no OPTIONS any more");
  hold(outcome.is_peered, "the server has given up the Charging Enabler");
  for (auto const& finding : outcome.findings)
    hold(finding.verdict != Verdict::fail, fmt::format("{} {}: {}", finding.rule, finding.name, finding.because));
}

}  // namespace tollgate::fuzz
