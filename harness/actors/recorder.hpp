#pragma once
/// Writes one case's trace: stamps events on the run's clock and knows which requests of the SUT are still unanswered.
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "actors/departure.hpp"
#include "actors/waiting.hpp"
#include "sim/clock.hpp"
#include "trace/trace.hpp"

namespace tollgate {

/// Our own lateness beyond which a wait proves nothing: the epsilon of the IXIT.
inline constexpr Duration lag_most = 20ms;

class Recorder {
 public:
  explicit Recorder(Clock& clock) : clock_(clock) {}
  ~Recorder();
  Recorder(Recorder const&) = delete;
  Recorder& operator=(Recorder const&) = delete;

  trace::EventId record(trace::Event event);
  /// Of what anybody can send without end only the first is kept: so many events and octets of a kind. What comes then is counted,
  /// and one event says how much of it came. `kind`: "messages that nobody can read". The event, 0 for what is only counted.
  trace::EventId record_few(trace::Event event, std::string_view kind, std::size_t most = kept_most);
  static constexpr std::size_t kept_most = 100, kept_octets_most = 4 << 20;
  /// Where what belongs to no case is recorded: here, until another is named.
  [[nodiscard]] Recorder& of_no_case() { return of_no_case_ != nullptr ? *of_no_case_ : *this; }
  void records_elsewhere_what_is_of_no_case(Recorder& other) { of_no_case_ = &other; }
  [[nodiscard]] trace::Trace const& trace() const { return trace_; }
  [[nodiscard]] Instant last_activity() const { return last_activity_; }

  /// Sends a message of ours and records it as it went out; what comes to a connection that is gone is recorded as `released`. The
  /// event, or that of the tampering where the message never goes out or not yet.
  trace::EventId sends(trace::Event event, Segments segments, Wire const& wire);
  /// Messages of ours that are still to go out: late, by the tampering.
  [[nodiscard]] bool has_late_departures() const { return !late_departures_.empty(); }
  /// A message of ours is another's to write: the event that stands for it until `went_out`.
  trace::EventId hands_over(trace::Event event);
  /// What was handed over has been written and sent, as that message; 0 for none.
  void went_out(trace::EventId handed_over, trace::EventId sent);
  /// Whose message was handed over and has not gone out.
  [[nodiscard]] std::set<trace::EventId> const& handed_over() const { return handed_over_; }
  /// What was handed over and has been written as another message than the one that was wanted, or as none.
  struct Miswritten {
    trace::EventId sent = 0;  ///< or the event that tells of it
    std::string how;          ///< "SIPp wrote 486, the case has 200"
    std::string because;      ///< a sentence, with its octets
  };
  void was_miswritten(Miswritten what) {
    if (!miswritten_) miswritten_ = std::move(what);
  }
  /// The first one.
  [[nodiscard]] std::optional<Miswritten> const& miswritten() const { return miswritten_; }
  /// The event of the message that went out: of one that was handed over that of its octets, once there are any.
  [[nodiscard]] trace::EventId as_sent(trace::EventId event) const;
  /// A request of ours was challenged, and we have answered that by ourselves with another.
  void supersedes(trace::EventId challenged, trace::EventId proved) { superseded_[challenged] = proved; }
  /// The request in the place of that one which the SUT has had last: of one that was challenged that with credentials.
  [[nodiscard]] trace::EventId latest(trace::EventId request) const;
  /// From now on that decides on our messages.
  void tampers(Tamper tamper) { tamper_ = std::move(tamper); }

  /// A request of the SUT that waits for our answer.
  void asked(trace::EventId request) { unanswered_.insert(request); }
  /// Our answer is about to be sent. Notes the release if the answer was withheld.
  void answered(trace::EventId request);
  /// The trace says from here on that our answer to the request, which we owe, is withheld. Says it once.
  void withholds(trace::EventId request);
  /// A silence begins: every answer that we owe is withheld, and the trace says so.
  void withholds_all(std::string const& silence_of, std::string const& actor);
  [[nodiscard]] std::set<trace::EventId> const& unanswered() const { return unanswered_; }

  /// A wait has ended with nothing; `late` is how much later than it should.
  void waited_in_vain(Duration late) { late_ = late; }
  /// Of the last wait that ended with nothing.
  [[nodiscard]] Duration late() const { return late_; }
  /// What the case waits for.
  [[nodiscard]] WaitBoard& waits() { return waits_; }
  /// How late our own clock was, at worst, since the first event.
  [[nodiscard]] Duration worst_lag() const;

 private:
  trace::EventId put(trace::Event event, Segments segments, Wire const& wire);
  /// For the trace, of a message whose connection is gone.
  [[nodiscard]] static trace::Event unsent(trace::Event event);
  [[nodiscard]] trace::Event as_first_sent(trace::Event event) const;
  /// That the answer to that request is withheld, or released.
  void note_answer(trace::Kind kind, trace::EventId request);
  trace::EventId depart(trace::Event const& event, Departure const& how, Wire const& wire);

  struct Few {
    std::size_t events = 0, octets = 0;  ///< that are kept
    std::size_t more = 0, more_octets = 0;
    trace::EventId says_so = 0;
  };

  Clock& clock_;
  std::map<std::string, Few, std::less<>> few_;  ///< by kind
  Recorder* of_no_case_ = nullptr;
  Tamper tamper_;
  std::set<TimerId> late_departures_;
  std::map<trace::EventId, Octets> late_octets_;  ///< of those, by the tampering
  std::map<trace::EventId, trace::EventId> went_out_as_;  ///< the tampering or the other author that held a message up -> that message
  std::set<trace::EventId> handed_over_;
  std::map<trace::EventId, trace::EventId> superseded_;  ///< challenged request -> the one with credentials
  std::optional<Miswritten> miswritten_;
  trace::Trace trace_;
  std::set<trace::EventId> unanswered_;
  std::set<trace::EventId> withheld_;
  Instant last_activity_{};
  Duration late_{};
  WaitBoard waits_;
};

}  // namespace tollgate
