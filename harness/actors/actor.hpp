#pragma once
/// What the IM Client and the Charging Enabler have in common: an inbox of what the SUT sent, and the steps that wait at it.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/recorder.hpp"
#include "base/verdict.hpp"
#include "codec/ch2/ch2.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "sim/mailbox.hpp"
#include "sim/task.hpp"

namespace tollgate {

/// A test step that was not met. Thrown by actors and cases, caught by the runner, nowhere else.
struct CaseStopped {
  Verdict verdict = Verdict::fail;
  std::string reason;   ///< short and stable: "unexpected INVITE"
  std::string because;  ///< one sentence
  std::vector<trace::EventId> witnesses;
  bool is_timed = false;  ///< a time that had passed is part of the reason: our own lag could have made it
};

/// A message of the SUT as it lies in an inbox; the member of its channel is set.
struct Received {
  trace::EventId event = 0;
  std::string name;     ///< as Meaning::name: "INVITE", "SEND", "reserve_units"
  int status = 0;       ///< 0 for a request
  std::string type;     ///< of a CCR: "INITIAL", "UPDATE", "TERMINATION", "EVENT"
  std::string content;  ///< of a SEND: the whole message, unwrapped from CPIM
  std::optional<sip::Message> sip;
  std::optional<msrp::Message> msrp;
  std::optional<ch2::Request> charge;
  std::optional<diameter::Message> ccr;

  [[nodiscard]] std::string label() const;
};

/// What a trace keeps of a message, enough for `is_called`.
[[nodiscard]] Received as_received(trace::Meaning const& meaning);
/// "INVITE" is the request, "200 REGISTER" the response, "200" any response with that status, "4xx REGISTER" one of that class,
/// "* REGISTER" any final response, "TERMINATION" a CCR of that type, "closed" the end of a connection, "*" anything but that and what is no
/// CCR of the Diameter connection,
/// "A|B" either.
[[nodiscard]] bool is_called(Received const& item, std::string_view label);

/// The label in words: "any message", "a final response to REGISTER", "SEND or BYE".
[[nodiscard]] std::string spoken(std::string_view label);
/// That none of it comes: "nothing", "no INVITE", "no SEND or BYE".
[[nodiscard]] std::string spoken_none(std::string_view label);

/// Why a message may come where none was expected: `holds` is asked, and once more after `crossing`, as what excuses it may
/// be read from another socket a little later.
struct Excuse {
  std::function<bool(Received const&)> holds = nullptr;
  Duration crossing{};
};

class Actor {
 public:
  Actor(Clock& clock, Recorder& recorder, std::string name) : clock_(clock), recorder_(recorder), inbox_(clock), name_(std::move(name)) {}
  virtual ~Actor() = default;
  Actor(Actor const&) = delete;
  Actor& operator=(Actor const&) = delete;

  /// The next message of that label, others wait. `party` picks one served user's. Throws CaseStopped "missing LABEL" when
  /// `within` passes.
  [[nodiscard]] Task<Received> receives(std::string label, Duration within, std::string party = "");
  /// Throws CaseStopped "unexpected LABEL" when one is there or comes; every answer that we owe counts as withheld meanwhile.
  /// What is excused breaks no silence, ends it, and stays to be received.
  [[nodiscard]] Task<void> hears_no(std::string label, Duration during, std::string party = "", Excuse excuse = {});
  /// None comes until `until` does, which must within `within` and stays to be received; what comes closer to it than
  /// `epsilon` crossed it.
  [[nodiscard]] Task<void> hears_no_until(std::string label, std::string until, Duration within, Duration epsilon);
  /// Like `receives`, but nothing instead of a failure.
  [[nodiscard]] Task<std::optional<Received>> may_receive(std::string label, Duration within, std::string party = "");

  /// Answers at once, with success, whatever comes from now on; cases that end leave their actors like this.
  virtual void acts_alone() = 0;
  /// Like `acts_alone`, and answers with success what was left unanswered: what is under way goes on to its end.
  virtual void completes() = 0;
  /// Like `acts_alone`, and settles what was left unanswered: nothing new begins.
  virtual void winds_up() = 0;
  /// Nothing of ours is open that the SUT should still end.
  [[nodiscard]] virtual bool is_settled() const = 0;

  [[nodiscard]] std::string const& name() const { return name_; }

 protected:
  Clock& clock_;
  Recorder& recorder_;
  Mailbox<Received> inbox_;

 private:
  [[nodiscard]] Task<std::optional<Received>> takes(std::string label, Duration within, std::string party);
  /// That served user's flow is ours.
  [[nodiscard]] virtual bool is_of(std::string const& party) const = 0;
  [[nodiscard]] std::string heard_meanwhile() const;
  [[nodiscard]] std::string withholding() const;
  /// One of our party's messages, by whichever of us: what should have brought an answer or the next step.
  [[nodiscard]] trace::Event const* last_sent() const;
  [[nodiscard]] CaseStopped missing(std::string const& label, Duration within) const;
  /// Says in the trace, too, which answers we withheld when it came.
  [[nodiscard]] CaseStopped broken_silence(Received const& item);
  [[nodiscard]] bool is_at_the_edge(Received const& item, Instant until) const;
  [[nodiscard]] CaseStopped at_the_edge(Received const& item) const;
  /// What came to us but to no case, as the end of a sentence; "" when nothing did.
  [[nodiscard]] virtual std::string heard_elsewhere() const { return ""; }
  std::string name_;
};

}  // namespace tollgate
