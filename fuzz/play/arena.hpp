#pragma once
/// One life of the server under test, and the flows that are played on it side by side.
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fuzz/oracle/problem.hpp"
#include "fuzz/oracle/stray.hpp"
#include "fuzz/play/flow.hpp"
#include "fuzz/play/ground.hpp"
#include "fuzz/script/script.hpp"
#include "fuzz/script/tamper.hpp"
#include "runner/footprint.hpp"
#include "runner/running_case.hpp"
#include "runner/sut.hpp"
#include "sim/later.hpp"

namespace tollgate::fuzz {

/// How a server ends that answers OPTIONS, and no watchdog request on its CH-2 connection (RFC 6733 5.5.1): the first words of it.
inline constexpr std::string_view no_answer_to_watchdog = "no answer to DWR";

class Arena {
 public:
  /// What `ground` names outlives it, `file` but for `launch`, which says in its place how the server is launched. Throws NetworkError.
  Arena(Ground const& ground, SutFile const& file);
  ~Arena();

  /// Has the vendor's hook empty the server, where there is one. Why it did not, else "".
  [[nodiscard]] std::string resets();
  /// The answer to the first CER is changed so. Who ends at that has become ready and ended.
  void changes_capabilities(Change const& change);
  /// As it went out; "" where it was not changed, or has not gone out.
  [[nodiscard]] Octets const& changed_capabilities() const { return capabilities_; }
  /// The CER and its answer, where it was changed.
  [[nodiscard]] trace::Trace capabilities_exchange() const;
  /// Launches the server and waits until it serves; where it has served before and does not now, again after 1, 2 and 4 s. Why it does
  /// not, else "".
  [[nodiscard]] std::string becomes_ready();

  /// Called when a flow has been judged, later than whatever judged it.
  std::function<void(Played)> on_played;
  /// The same of one that could not be played: the users of the SUT file are taken.
  std::function<void(Script)> on_unplayed;
  void start(Script script);
  /// So many flows more find users of their own; as many as there are, where that is fewer.
  [[nodiscard]] bool has_users_for(std::size_t flows) const;
  /// All users are as good as fresh ones, where none is left and nobody makes the server a fresh one.
  void wears_users();
  /// Plays that flow unchanged: what became of it; nothing where it does not end in time.
  [[nodiscard]] std::optional<CaseResult> plays_unchanged(std::string const& base);
  /// Flows that are under way, and those of them that only wait for the server's timers to end what is left of them.
  [[nodiscard]] std::size_t under_way() const { return flights_.size(); }
  [[nodiscard]] std::size_t lingering() const { return lingering_; }
  /// Flows that still do something of their own.
  [[nodiscard]] std::size_t playing() const { return under_way() - lingering(); }
  /// Messages of ours are still to go out, which a change has made late.
  [[nodiscard]] bool has_late_departures() const;
  /// Until that is so, or so much time has passed.
  void wait(std::function<bool()> const& done, Duration most);
  /// Their scripts, the likeliest to have ended the server last: those that changed something when it last said anything.
  [[nodiscard]] std::vector<Script> scripts_under_way() const;
  /// What subscribers are charged for whom no flow has or had, and whom nothing names that we have sent in flows that are under way or in
  /// those that have `ended`: a problem for each step, once. Each CCR is looked at once.
  [[nodiscard]] std::vector<Problem> charges_for_nobody(std::span<Played const> ended);
  /// Those CCRs and their answers, behind what a flow has recorded: no flow has them.
  void adds_charges_for_nobody(trace::Trace& to) const;
  /// Ends flows that only linger, the youngest first, until no more than that are left: what they lack says nothing, and those who
  /// have waited long see the end. One that has just begun to may end by itself.
  void trims_lingering(std::size_t most);
  /// Ends every flow as it is: what it lacks says nothing. They are judged all the same.
  void cut_off();

  /// How the server ended by itself; empty while it lives.
  [[nodiscard]] std::string const& ended() const { return ended_; }
  /// It ended by answering no more: what its flows lack from then on says nothing.
  [[nodiscard]] bool hangs() const { return hangs_; }
  /// Waits until it has printed what it prints at its end; one that hangs is made to say where.
  [[nodiscard]] std::vector<Problem> last_words();
  /// It answers OPTIONS, and on the CH-2 connections that it has a DWR. Waits at most some seconds.
  [[nodiscard]] bool answers();
  /// Asks the server to end, and waits for it. What its end shows: a leak, an end by a signal. Where it is not ours to end,
  /// nothing.
  [[nodiscard]] std::vector<Problem> ends();
  [[nodiscard]] std::string output() const { return sut_.output(); }
  [[nodiscard]] std::optional<Footprint> footprint() { return sut_.world().footprint ? sut_.world().footprint() : std::nullopt; }
  [[nodiscard]] WallClock& clock() const { return clock_; }
  [[nodiscard]] Ixit const& ixit() { return sut_.world().ixit; }
  [[nodiscard]] bool has_peer() { return sut_.world().charging_enabler.has_peer(); }

 private:
  struct Flight {
    Script script;
    Case what;
    CaseResult result;
    std::optional<Instant> lingers_since{};
    bool has_no_user = false;
    std::unique_ptr<RunningCase> running;
  };
  [[nodiscard]] Task<void> play(Bed& bed, Flight& flight, BaseFlow const& flow);
  void finished(std::list<Flight>::iterator flight);
  /// Wakes whoever waits for a time or for an interruption.
  void beat();

  [[nodiscard]] std::string serves();
  [[nodiscard]] std::string serves_after_capabilities(std::string const& why);
  [[nodiscard]] bool may_serve_later(std::string const& why) const;
  [[nodiscard]] bool has_sent(SubscriberName const& name, std::span<Played const> ended) const;
  /// He is one of the SUT file, and the server knows what has been played on it before.
  [[nodiscard]] bool is_of_before(std::string_view subscriber);
  /// The answers to our DWRs come as soon as one to OPTIONS would have to; else the server hangs.
  void awaits_watchdog();
  void note(Played played);
  static void cut_off(Flight& flight);
  /// One that is not ours has ended, and nobody can say how.
  void lets_go(std::string const& how);

  Ground ground_;
  bool is_ours_;  ///< to launch
  WallClock& clock_;
  std::span<BaseFlow const> flows_;
  std::uint64_t seed_;
  std::map<std::uint64_t, std::uint64_t> played_;  ///< how often, by the number of the case
  Random random_;
  rules::Terms terms_;
  std::vector<std::string> reset_command_;
  std::optional<CaseResult> unchanged_;  ///< of the flow that is played unchanged, once it has ended
  std::string ended_;
  bool hangs_ = false, has_let_go_ = false;
  Octets capabilities_;  ///< as they were changed
  std::size_t strays_seen_ = 0, strays_named_ = 0;
  std::map<std::string, trace::EventId> strays_told_;  ///< in the peers' trace, by their step
  MessagePool pool_;
  Sut sut_;
  UserPool& users_ = sut_.world().users;
  std::list<Flight> flights_;
  std::size_t lingering_ = 0;  ///< of those
  TimerId beat_;
  Later later_;
};

}  // namespace tollgate::fuzz
