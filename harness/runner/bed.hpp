#pragma once
/// The test bed of one case: fresh users, the case's view of the Charging Enabler, its trace.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "actors/charging_enabler/charging_enabler.hpp"
#include "actors/im_client/im_client.hpp"
#include "actors/ixit.hpp"
#include "actors/recorder.hpp"
#include "base/random.hpp"

namespace tollgate {

class Pulse;

/// What every case of a run shares.
struct World {
  Clock& clock;
  Network& network;
  Ixit const& ixit;
  ChargingEnabler& charging_enabler;
  Pulse* pulse = nullptr;    ///< asks a SUT that cases lose contact with; null where it cannot die by itself
  trace::Facts facts = {};   ///< what the SUT declares, for the header of every trace
  unsigned next_user = 1;    ///< begins elsewhere in each run, so that what a run leaves behind does not meet the next one
  unsigned users_taken = 0;  ///< users are never used twice in a run
};

class Bed {
 public:
  Bed(World& world, Random random);
  ~Bed();

  /// The client of that role, made with a fresh user when first named.
  [[nodiscard]] ImClient& client(std::string const& role);
  [[nodiscard]] CreditControl& ocs() { return credit_control_; }
  /// The actor of that name; "ocs" is the Charging Enabler.
  [[nodiscard]] Actor& actor(std::string const& name);
  [[nodiscard]] Ixit const& ixit() const { return world_.ixit; }
  [[nodiscard]] Clock& clock() { return world_.clock; }
  [[nodiscard]] Recorder& recorder() { return recorder_; }

  /// Stores a deferred message at the SUT for that role's user (P1). Throws CaseStopped inconc when it is not taken.
  [[nodiscard]] Task<void> deposit(std::string role, std::string text);
  /// Gives that role a fresh user: the next flow of a case that runs several. Clients take turns in who connects for MSRP,
  /// the first one does: each end of a connection sees other faults.
  void renews(std::string const& role);

  /// Time from the event to now.
  [[nodiscard]] Duration since(trace::EventId event) const;
  /// Throws CaseStopped fail unless `holds`.
  void require(bool holds, std::string reason, std::string because, std::vector<trace::EventId> witnesses = {}) const;

  /// Ends the case without leaving anything behind: every actor answers everything, until dialogs and credit sessions have
  /// ended or the SUT had the time that its slowest timer allows.
  [[nodiscard]] Task<void> wind_up();

 private:
  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] std::string fresh_user();

  World& world_;
  Random random_;
  Recorder recorder_;
  CreditControl credit_control_;
  sdp::Setup setup_ = sdp::Setup::active;
  std::map<std::string, std::unique_ptr<ImClient>> clients_;
  std::vector<std::unique_ptr<ImClient>> former_;  ///< of users that a case has renewed
};

}  // namespace tollgate
