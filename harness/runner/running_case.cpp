#include "runner/running_case.hpp"

#include <fmt/ranges.h>
#include <optional>
#include <ranges>

#include "base/text.hpp"
#include "codec/utf8.hpp"
#include "runner/conclusion.hpp"
#include "runner/monitoring.hpp"
#include "runner/own_lag.hpp"
#include "runner/pulse.hpp"

namespace tollgate {

RunningCase::RunningCase(World& world, Case const& what, CaseResult& result, rules::Terms const& terms, Random random, Duration guard,
                         Listener listener)
    : world_(world), case_(what), result_(result), terms_(terms), guard_(guard), listener_(std::move(listener)), random_(random) {
  own_.rule = case_.info.id;
  own_.name = "steps";
  own_.clause = case_.info.clause;
}

RunningCase::~RunningCase() {
  world_.clock.cancel(guard_timer_);
}

void RunningCase::start() {
  result_.started = world_.clock.now();
  guard_timer_ = world_.clock.after(guard_, [this] {
    stop(Verdict::inconc, "guard",
         fmt::format("the case did not end within its guard of {:.0f} s", std::chrono::duration<double>(guard_).count()));
  });
  scope_.start(body());
}

std::string RunningCase::waits_for() const {
  if (finished_) return "its monitors";
  if (!bed_) return "the SUT to start";
  auto newest = bed_->recorder().waits().newest();
  if (!newest.empty()) return newest;
  return world_.pulse != nullptr && world_.pulse->is_asking() ? "a sign of life of the SUT" : "its next step";
}

/// What the steps said goes with the trace, and the witnesses of the verdict.
static void conclude_from_findings(CaseResult& result) {
  auto conclusion = concluded(result.findings, result.trace);
  auto facts = result.trace.facts();
  if (!result.trace.empty()) keep_steps(result.findings.front(), facts);
  bool const is_proved = conclusion.verdict != Verdict::pass && conclusion.verdict != Verdict::na && !conclusion.witnesses.empty();
  if (is_proved) facts["witnesses"] = fmt::format("{}", fmt::join(conclusion.witnesses, " "));
  result.trace.declare(std::move(facts));
  result.verdict = conclusion.verdict;
  result.reason = std::move(conclusion.reason);
  result.because = std::move(conclusion.because);
}

/// Nothing came from the SUT since the last silence began.
static bool ends_in_silence(trace::Trace const& trace) {
  for (auto const& event : trace.events() | std::views::reverse) {
    if (event.kind == trace::Kind::silence) return true;
    if (event.kind == trace::Kind::message && event.direction == trace::Direction::received) return false;
  }
  return false;
}

Task<void> RunningCase::body() {
  std::optional<CaseStopped> why;
  try {
    if (world_.restarts_each_case) co_await world_.restart();
    bed_ = std::make_unique<Bed>(world_, random_, case_.alone);
    co_await case_.run(*bed_);
    own_.verdict = Verdict::pass;
  } catch (CaseStopped const& caught) {
    why = caught;
  } catch (std::exception const& error) {  // ours, never charged to the SUT
    conclude({Verdict::error, "harness error", error.what(), {}});
  }
  if (!bed_) {
    if (why) conclude(*why);
    co_return finish();
  }
  if (why)
    co_await stopped(std::move(*why));
  else if (world_.pulse != nullptr && (world_.pulse->is_asking() || ends_in_silence(bed_->recorder().trace())))
    co_await world_.pulse->asked("after a silence that a case had watched");  // which proves nothing of a SUT that is dead
  co_await wind_up();
  blames_sipp();
  co_await bed_->gives_users_back();
  finish();
}

/// Who has failed need not wait for the SUT's slowest timer: the rules then draw nothing from what did not come. But the next case
/// finds the connection as one that has it for itself leaves it.
Task<void> RunningCase::wind_up() {
  if (own_.verdict == Verdict::fail && !case_.alone)
    is_cut_off_ = !co_await bed_->wind_up(world_.ixit.live);
  else
    co_await bed_->wind_up();
}

/// What is still handed over on that channel the SUT waits for too: a message of SIPp's, a path of the MSRP relay's.
static trace::Event const* owed_by_another(Recorder const& recorder, trace::Channel channel) {
  for (auto const id : recorder.handed_over())
    if (auto const& event = recorder.trace().at(id); event.channel == channel) return &event;
  return nullptr;
}

static std::string never_written(trace::Event const& owed, trace::Trace const& trace) {
  return fmt::format("#{} was never written: {}{}", owed.id, owed.note, complaints_of_sipp(trace));
}

void RunningCase::blames_sipp() {
  auto const& recorder = bed_->recorder();
  auto const& trace = recorder.trace();
  bool const said_something = own_.verdict == Verdict::pass || own_.verdict == Verdict::fail || own_.verdict == Verdict::inconc;
  if (auto const& other = recorder.miswritten(); other && said_something) {
    auto const so_far = own_.because.empty() ? "" : "; with that, " + own_.because;
    conclude({Verdict::error, other->how, other->because + complaints_of_sipp(trace) + so_far, {other->sent}});
  } else if (auto const* owed = owed_by_another(recorder, trace::Channel::sip); owed != nullptr && own_.verdict == Verdict::pass) {
    conclude({Verdict::error, "SIPp wrote nothing", never_written(*owed, trace), {owed->id}});
  }
}

/// What did not come may have been written to a connection that came to nothing, which is the finding then (G12).
static trace::Event const* first_unsecured(trace::Trace const& trace) {
  auto const found = std::ranges::find(trace.events(), trace::Kind::unsecured, &trace::Event::kind);
  return found == trace.events().end() ? nullptr : &*found;
}

Task<void> RunningCase::stopped(CaseStopped why) {
  auto const& recorder = bed_->recorder();
  bool const has_lost_contact = why.is_timed || why.reason == "not stored";
  bool may_be_excused = why.is_timed && (why.verdict == Verdict::fail || why.verdict == Verdict::inconc);  // once
  auto const excuse = [&](Verdict verdict, char const* reason, std::string const& because) {
    why.verdict = verdict;
    why.reason = reason;
    why.because += because;
    may_be_excused = false;
  };
  if (auto const* owed = owed_by_another(recorder, trace::Channel::msrp); owed != nullptr && may_be_excused)
    excuse(Verdict::inconc, "no MSRP path",
           fmt::format("; but #{} has not ended: {}{}", owed->id, owed->note, complaints_of_sipp(recorder.trace())));
  if (auto const lag = excused_by_lag({recorder.late(), recorder.worst_lag()}, recorder.trace(), world_.ixit); lag && may_be_excused)
    excuse(Verdict::inconc, "own lag", *lag);
  bool const wrote_something = recorder.miswritten().has_value();  // which says more
  if (auto const* owed = owed_by_another(recorder, trace::Channel::sip); owed != nullptr && may_be_excused && !wrote_something)
    excuse(Verdict::error, "SIPp wrote nothing", "; but " + never_written(*owed, recorder.trace()));
  if (auto const* unsecured = first_unsecured(recorder.trace()); unsecured != nullptr && why.verdict == Verdict::fail)
    excuse(Verdict::inconc, "no TLS", fmt::format("; but #{}, a connection over TLS, came to nothing: {}", unsecured->id, unsecured->note));
  // A SUT that turns out to be dead ends the run, and this case with it.
  if (world_.pulse != nullptr && has_lost_contact) co_await world_.pulse->asked("which a case had lost contact with");
  bool const comes_late = why.reason.starts_with("missing ") || why.reason.starts_with("unexpected ");
  has_missed_ = why.verdict == Verdict::fail && comes_late;
  conclude(why);
}

/// The words may repeat what the SUT sent, and stay with the trace as facts, for which a capture has little room.
static std::string as_text(std::string const& words) {
  constexpr std::size_t most = 6000;
  return words.size() <= most && first_not_utf8(words) == words.size() ? words : printable(words, most);
}

void RunningCase::conclude(CaseStopped const& stopped) {
  own_.verdict = stopped.verdict;
  own_.reason = as_text(stopped.reason);
  own_.because = as_text(stopped.because);
  own_.witnesses = stopped.witnesses;
}

void RunningCase::stop(Verdict verdict, std::string reason, std::string because) {
  if (finished_) return;
  scope_.clear();
  is_cut_off_ = true;
  has_lost_sut_ = verdict == Verdict::fail;
  // What its own steps have shown before stays.
  if (own_.verdict != Verdict::fail && own_.verdict != Verdict::error) conclude({verdict, std::move(reason), std::move(because), {}});
  finish();
}

static void judge(CaseResult& result, rules::Terms const& terms) {
  try {
    for (auto& finding : monitored(result.trace, terms, result.lag)) result.findings.push_back(std::move(finding));
  } catch (std::exception const& error) {  // ours, and no case may wait for a judge that is gone
    result.findings.front().verdict = Verdict::error;
    result.findings.front().reason = "harness error";
    result.findings.front().because = fmt::format("a monitor ended with: {}", error.what());
  }
  conclude_from_findings(result);
}

void RunningCase::finish() {
  finished_ = true;
  world_.clock.cancel(guard_timer_);
  auto result = std::make_shared<CaseResult>(result_);  // nobody else looks at it while it is judged
  result->duration = world_.clock.now() - result->started;
  result->findings = {own_};
  if (bed_) bed_->dismisses_authors();
  if (bed_) result->trace = bed_->recorder().trace();  // what still comes goes on being recorded, and refers to it
  result->lag = world_.clock.worst_lag(result->started);
  result->held_up =
      listener_.is_beside_others && has_missed_ && !has_lost_sut_ && world_.charging_enabler.may_have_held_up(result->started);
  auto facts = world_.facts;
  if (result->lag > lag_most) facts["lag_ns"] = fmt::format("{}", result->lag.count());
  auto terms = terms_;
  terms.is_cut_off = is_cut_off_;
  if (is_cut_off_) facts["cut_off"] = own_.reason;
  result->trace.declare(std::move(facts));
  world_.clock.aside(
      [result, terms, judged = listener_.judged] {
        judge(*result, terms);
        result->finished = true;
        if (judged && !deserves_another_play(*result)) judged(*result);
      },
      [this, result] {
        result_ = std::move(*result);
        listener_.finished();
      });
}

}  // namespace tollgate
