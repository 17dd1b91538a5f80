#pragma once
/// The campaign: flows with changes, many side by side on one live server, for as long as it was told; whatever is wrong is made
/// sure on a fresh server, made smaller, and left as a folder.
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fuzz/campaign/beside.hpp"
#include "fuzz/campaign/case_journal.hpp"
#include "fuzz/campaign/life.hpp"
#include "fuzz/campaign/unconfirmed.hpp"
#include "fuzz/finding/confirm.hpp"
#include "fuzz/finding/finding_folder.hpp"
#include "fuzz/oracle/expected_answer.hpp"
#include "fuzz/play/calibration.hpp"
#include "fuzz/play/coverage_map.hpp"
#include "fuzz/script/generate.hpp"

namespace tollgate::fuzz {

/// What a campaign learns from, to build on what shows something new and to leave what it has found.
enum class Feedback : std::uint8_t {
  coverage,  ///< the edges of a server that fills AFL++'s map, and its answers
  answers,
  none,  ///< each case is a matter of seed and number alone, whatever the server does
};

/// What was suspected, and where that was left: under unconfirmed/.
struct Untried {
  Suspicion suspicion;
  std::filesystem::path folder;
};

struct CampaignOptions {
  std::uint64_t seed = 1;
  std::uint64_t first = 1;       ///< number of the first case: more where a campaign goes on
  std::uint64_t cases_most = 0;  ///< 0: no limit
  Duration time{};               ///< 0: no limit
  std::size_t side_by_side = 320;  ///< flows, on each server
  std::size_t servers = 1;        ///< processes of it at a time: more where its ports are free ones
  bool single_messages = false;  ///< the flows are those of one message, and go out as salvos: see salvo.hpp
  Feedback feedback = Feedback::coverage;
  bool strict_answers = false;  ///< what is an advisory is a finding: see expected_answer.hpp
  Channels channels;
  std::filesystem::path out;
  std::vector<Script> known = {};  ///< showed something new in an earlier part of it: built on, and not played again
  std::vector<Script> corpus = {};  ///< of an earlier campaign, or recorded: played first, and kept where it still shows something new
  std::vector<Untried> untried = {};  ///< suspected by an earlier part of it, which was ended before they could be made sure
  std::vector<std::string> found = {};  ///< keys of the problems that an earlier part of it has found
  ReproFile server;  ///< what a repro.toml says of the server
};

struct Found {
  Problem problem;
  std::filesystem::path folder;
  unsigned reproduced = 0, times = 0;
  std::uint64_t at_case = 0;
  Duration after{};
  std::size_t messages = 0;  ///< of ours in what shows it: see sequence_length.hpp
  trace::Trace trace = {};  ///< of the flow that tells it
  std::string output = {};  ///< of the server, in the last play that showed it
};

/// Counts for people and machines.
struct Progress {
  std::uint64_t cases = 0;  ///< judged
  std::uint64_t messages = 0;  ///< that crossed a wire in them
  std::uint64_t lives = 0;  ///< of the server
  std::size_t edges = 0;  ///< 0: the server is not instrumented
  std::size_t features = 0;
  std::size_t corpus = 0;
  std::size_t under_way = 0, lingering = 0;
  bool single_messages = false;  ///< each case is one
  std::string making_sure_of;  ///< a suspicion, by its name
  Duration running{};  ///< without the trials
};

class Campaign {
 public:
  /// `flows` outlives it.
  Campaign(WallClock& clock, Network& network, SutFile file, std::span<BaseFlow const> flows, CampaignOptions options);
  ~Campaign();

  struct Listener {
    std::function<void(Progress const&)> progress;  ///< every second
    std::function<void(Found const&)> found;
    std::function<void(std::string const&)> says;  ///< what else people should know
  };
  enum class End : std::uint8_t {
    complete,
    interrupted,
    unreachable,
    nothing_played,  ///< the time was over before the first case had been judged
    gone,            ///< the server is not ours to launch, and answers no more: a finding
  };
  End run(Listener listener);

  [[nodiscard]] Progress progress() const;
  [[nodiscard]] std::vector<Found> const& found() const { return found_; }
  /// What showed something new, and what was given and not yet played.
  [[nodiscard]] std::vector<Script> corpus() const;
  [[nodiscard]] Advisories const& advisories() const { return advisories_; }
  /// Where the next campaign goes on.
  [[nodiscard]] Journaled state() const { return {.seed = options_.seed, .next = next_}; }
  [[nodiscard]] std::string const& why() const { return why_; }  ///< of an end that is not complete

 private:
  [[nodiscard]] Ground ground();
  [[nodiscard]] bool is_gone() const { return !lasting_.gone.empty(); }
  [[nodiscard]] bool calibrates();
  [[nodiscard]] bool is_over() const;
  /// As many lives at a time as there are servers, until one of them ends or is to be looked at.
  void plays_lives();
  /// The cases that want a server each.
  void plays_alone();
  [[nodiscard]] std::unique_ptr<Life> begun_life();
  [[nodiscard]] Script next_script(std::uint64_t number);
  void feed(Life& life);
  /// It answers, and bears our load.
  [[nodiscard]] bool goes_on(Life& life);
  void judged(Life& life, Played const& played);
  /// Flows, or single messages, whose answers have these features.
  void learns(std::span<Script const> played, std::set<std::uint64_t> const& features);
  /// What passed before the campaign passes still, and what was suspected may be so; looked at now and then, or `now`.
  [[nodiscard]] bool passes_still(Life& life, bool now);
  /// Once.
  void says_users_are_out();
  void suspects(Suspicion suspicion);
  /// What an earlier part of the campaign had no time to make sure.
  void suspects_still();
  /// What no fresh server shows soon is put off.
  void confirms(Suspicion suspicion, Search search);
  /// What that has come to is told.
  void concludes(Suspicion suspicion, Search search, Confirmation confirmed);
  /// What has been made sure beside the lives is told, and what waits for that begins.
  void tends();
  /// What is suspected of the lives waits to be made sure.
  void puts_in_line();
  /// What came now and then is told as it is.
  void tells_now_and_then();
  [[nodiscard]] End lets_be_unreachable();
  /// The first that waits, else what has been put off.
  [[nodiscard]] std::optional<std::pair<Suspicion, Search>> next_to_make_sure();
  /// It has not taken long until now: a hang takes minutes.
  [[nodiscard]] bool is_soon_sure() const;
  /// Nothing else is played.
  void tends_while(std::function<bool()> const& goes_on);
  /// Until nothing waits any more, or so long.
  void finishes_beside(Instant until);
  [[nodiscard]] bool is_pending(std::string const& bucket) const;
  /// Under unconfirmed/, with the words why, and how often it was played and came.
  void leave(Suspicion const& suspicion, std::string_view how, Confirmation const& tried = {});
  /// Whether it is another finding than those that there are: of what says no place by its step, which `confirmed` shows.
  [[nodiscard]] bool is_another(Problem& problem, Confirmation const& confirmed);
  /// The folder, and who hears of it.
  void finds(Problem problem, Confirmation confirmed);
  [[nodiscard]] End finds_gone();
  /// Seeks thoroughly what has been put off, for as long as `may` says so.
  void seeks_thoroughly(std::function<bool()> const& may);
  [[nodiscard]] ReproFile repro_of(Problem const& problem, std::vector<Script> flows) const;
  /// What has been found is drawn seldom from now on.
  void avoids(std::vector<Script> const& found);
  void forget_like(std::vector<Script> const& found);
  void ends(Life& life);
  [[nodiscard]] bool is_new(Problem const& problem) const;

  WallClock& clock_;
  Network& network_;
  SutFile file_;
  std::span<BaseFlow const> flows_;
  CampaignOptions options_;
  Listener listener_;
  std::unique_ptr<CoverageMap> coverage_;
  std::optional<Generator> generator_;
  std::set<std::uint64_t> features_;
  std::deque<Script> unplayed_;  ///< they found no users
  std::vector<Script> alone_;    ///< of which each wants a server of its own
  std::deque<Script> seeds_;  ///< of the corpus that was given, yet to be played
  std::vector<Script> corpus_;  ///< what showed something new
  CaseJournal journal_;
  std::vector<Original> originals_;  ///< of single messages
  std::vector<Suspicion> suspicions_;  ///< of the lives that are played on now
  std::deque<Suspicion> waiting_;      ///< to be made sure beside
  std::map<std::string, std::pair<Problem, Confirmation>>
      now_and_then_;  ///< comes, not each time: by bucket, until it is sought thoroughly
  std::unique_ptr<Beside> beside_;     ///< where other servers may run at the same time
  Instant beside_since_{};             ///< it has been busy with what it is busy with
  Advisories advisories_;
  LastingServer lasting_;  ///< where it is not ours to launch
  std::optional<FlowProfile> known_good_;  ///< a flow that passes unchanged, and soon
  std::string usual_end_;  ///< see calibration.hpp
  bool asks_watchdog_ = true, has_said_users_ = false;
  bool is_exhausted_ = false;  ///< the server, when its last life was ended
  std::set<std::string> buckets_;  ///< found, or no more sought; and the keys of what says no place
  std::map<std::string, unsigned> found_again_;  ///< what says no place, by bucket: behind a step that was known
  Unconfirmed unconfirmed_;
  std::vector<Found> found_;
  Progress progress_;
  std::uint64_t next_ = 1;
  std::uint64_t started_ = 0;
  Instant begun_{};
  Instant until_ = Instant::max();  ///< nothing is made sure any more
  std::optional<Instant> lives_begun_;  ///< of the servers that are played on now
  std::string why_;
};

}  // namespace tollgate::fuzz
