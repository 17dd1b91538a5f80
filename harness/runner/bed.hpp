#pragma once
/// The test bed of one case: fresh users, the case's view of the Charging Enabler, its trace.
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "actors/charging_enabler/charging_enabler.hpp"
#include "actors/im_client/im_client.hpp"
#include "actors/ixit.hpp"
#include "actors/recorder.hpp"
#include "base/random.hpp"
#include "runner/bundle.hpp"
#include "runner/claims.hpp"
#include "runner/left_behind.hpp"
#include "runner/user_pool.hpp"

namespace tollgate {

class Pulse;
struct Footprint;

/// What every case of a run shares.
struct World {
  Clock& clock;
  Network& network;
  Ixit const& ixit;
  ChargingEnabler& charging_enabler;
  Profile profile = {};
  Pulse* pulse = nullptr;    ///< asks a SUT that cases lose contact with; null where it cannot die by itself
  Claims claims = {};        ///< of the SUT
  /// Kills the SUT and launches it again; empty where it is not ours to launch.
  std::function<Task<void>()> restart = {};
  bool restarts_each_case = false;  ///< sut.restart "per-case": by the above, before its first step
  trace::Facts facts = {};   ///< what the SUT declares, for the header of every trace
  /// What the SUT's process holds now; nothing where it is not ours.
  std::function<std::optional<Footprint>()> footprint = {};
  /// Another way to store a text for a user than SIP MESSAGE: why it did not work, "" when it did.
  std::function<Task<std::string>(std::string user, std::string text)> store = {};
  /// Who writes the SIP messages of the clients, where they do not themselves.
  std::function<std::unique_ptr<SipAuthor>(Seat)> author = {};
  UserPool users = UserPool(1'000'000);
};

/// Why a case stops that finds all users taken.
inline constexpr std::string_view no_user_left = "no user left";

class Bed {
 public:
  /// `alone`: it has the Diameter connection and the SUT for itself.
  Bed(World& world, Random random, bool alone = false);
  ~Bed();

  /// A bed beside this one, with users of its own, the same trace, and a mark on its roles: "alice/2".
  [[nodiscard]] Bed& branch();
  /// Plays `count` flows side by side, each on a bed of its own, and returns when all have ended. The one that stopped
  /// with the worst verdict speaks for all, the first of several; `label` names a flow for it.
  [[nodiscard]] Task<void> side_by_side(std::size_t count, std::function<Task<void>(Bed&, std::size_t)> play,
                                        std::function<std::string(std::size_t)> label);
  /// The same, one after the other, the first that stops being the last.
  [[nodiscard]] Task<void> one_by_one(std::size_t count, std::function<Task<void>(Bed&, std::size_t)> play,
                                      std::function<std::string(std::size_t)> label);
  /// Throws CaseStopped na where each of them would take a process or more (`--client sipp`) and they are many.
  void require_few(std::size_t count, std::string_view what) const;
  [[nodiscard]] bool is_alone() const { return alone_; }
  /// A generator of the case's own.
  [[nodiscard]] Random random() { return random_.fork(); }

  /// The client of that role, made with a fresh user when first named.
  [[nodiscard]] ImClient& client(std::string const& role);
  [[nodiscard]] CreditControl& ocs() { return credit_control_; }
  /// The actor of that name; "ocs" is the Charging Enabler.
  [[nodiscard]] Actor& actor(std::string const& name);
  [[nodiscard]] Ixit const& ixit() const { return world_.ixit; }
  [[nodiscard]] Clock& clock() { return world_.clock; }
  [[nodiscard]] Recorder& recorder() { return *recorder_; }

  /// How a role's client shall be, before it is first named.
  struct ClientWish {
    std::string user;              ///< user part, "{n}" is its number; "" as the SUT file says
    std::optional<bool> connects;  ///< for MSRP; else clients take turns
    std::optional<trace::Transport> transport;  ///< for SIP
    MsrpBehaviour msrp;
    std::string msrp_port;   ///< clients with the same word share a port for MSRP
    std::string stands_for;  ///< another role whose user it registers, as an S-CSCF does (TS 24.229 5.4.1.7)
    bool msrps = false;    ///< a user whose MSRP is over TLS
    bool secured = false;  ///< a user whom the SUT asks for credentials
  };
  void wishes(std::string const& role, ClientWish wish) { wishes_.insert_or_assign(role, std::move(wish)); }

  [[nodiscard]] Profile const& profile() const { return world_.profile; }
  [[nodiscard]] Claims const& claims() const { return world_.claims; }
  /// Every address-of-record that this bed has used, or that role's.
  [[nodiscard]] std::set<std::string> const& parties() const { return parties_; }

  /// Stores a deferred message at the SUT for that role's user (P1). Throws CaseStopped inconc when it is not taken, na when it
  /// is of a media type or for a user that the SUT does not know; an `optional` one may be refused.
  [[nodiscard]] Task<void> deposit(std::string role, std::string text, std::string type = "text/plain", bool optional = false);
  /// A message has gone out that names that user of the SUT file: no case that comes is given it.
  void spends_user(unsigned number) { world_.users.spend(number); }
  /// What was stored for that role's user, in order.
  [[nodiscard]] std::vector<std::string> const& stored_for(std::string const& role) { return stored_[role]; }
  /// How many whole messages that role's user has received.
  [[nodiscard]] std::size_t transmitted_to(std::string const& role) { return client(role).delivered().size(); }
  /// Gives that role a fresh user: the next flow of a case that runs several. Clients take turns in who connects for MSRP,
  /// the first one does: each end of a connection sees other faults.
  void renews(std::string const& role);

  /// Kills the SUT and launches it again. Throws CaseStopped inconc where it is not ours to launch.
  [[nodiscard]] Task<void> restart();

  /// Records what the SUT's process holds, where we can see it and with nobody beside us: memory, and open files unless told not to.
  /// G14 compares the first measurement with each that follows.
  void measures(bool files_too = true);
  /// The roles that have taken part, but for the one that stores messages.
  [[nodiscard]] std::vector<std::string> receivers() const;

  /// Lets time pass, and says so to whoever watches.
  [[nodiscard]] Task<void> passes(Duration duration);
  /// Time from the event to now.
  [[nodiscard]] Duration since(trace::EventId event) const;
  /// Throws CaseStopped fail unless `holds`.
  void require(bool holds, std::string reason, std::string because, std::vector<trace::EventId> witnesses = {}) const;
  /// The same where it holds or not by the time that has passed: our own lag may excuse the SUT.
  void require_in_time(bool holds, std::string reason, std::string because, std::vector<trace::EventId> witnesses = {}) const;

  /// Ends the case without leaving anything behind: every actor answers everything, until dialogs and credit sessions have
  /// ended or the SUT had the time that its slowest timer allows.
  [[nodiscard]] Task<void> wind_up();
  /// The same, but for so long at most. Whether all has ended.
  [[nodiscard]] Task<bool> wind_up(Duration most);
  /// Where users are scarce: those who have got everything that was stored for them remove their bindings, and once this is gone,
  /// other cases may have whoever the SUT keeps nothing of, like who only stored a message.
  [[nodiscard]] Task<void> gives_users_back();
  /// Where another writes what the clients send: the trace says how far each came.
  void dismisses_authors();

 private:
  Bed(World& world, Random random, std::shared_ptr<Recorder> recorder, std::string mark, bool alone);
  [[nodiscard]] bool is_settled() const;
  void all_wind_up();
  [[nodiscard]] std::string fresh_user(ClientWish const& wish);
  [[nodiscard]] LeftBehind left_by(std::string const& aor) const;
  [[nodiscard]] Task<void> removes_bindings();

  World& world_;
  Random random_;
  unsigned next_user_;  ///< that it wishes for
  std::shared_ptr<Recorder> recorder_;
  std::string mark_;
  bool alone_;
  std::list<std::unique_ptr<Bed>> branches_;
  CreditControl credit_control_;
  sdp::Setup setup_ = sdp::Setup::active;
  std::map<std::string, ClientWish> wishes_;
  std::map<std::string, std::shared_ptr<SharedPort>> msrp_ports_;  ///< shared ones
  std::set<std::string> parties_;
  std::map<std::string, std::vector<std::string>> stored_;  ///< by role
  std::map<std::string, std::unique_ptr<ImClient>> clients_;
  std::vector<std::unique_ptr<ImClient>> former_;  ///< of users that a case has renewed
  std::map<std::string, unsigned> numbers_;  ///< of users of the usual pattern, by address-of-record
  std::vector<unsigned> returned_;           ///< of `numbers_`, those that others may have
  std::map<std::string, std::size_t> sent_for_;  ///< messages, by address-of-record
};

}  // namespace tollgate
