#include "fuzz/oracle/problem.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

#include "base/text.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"
#include "fuzz/oracle/echo.hpp"
#include "fuzz/oracle/sanitizer_report.hpp"
#include "fuzz/script/tamper.hpp"
#include "rules/deviations.hpp"

namespace tollgate::fuzz {

namespace {

/// `reads`: the channels whose messages of ours the rule goes by: s, m, c, or S: where we are called goes by every octet, or J: what a server
/// has to reject, or was sent again with a change, it may have stored or not, and its answer may match nothing of ours, or R: what was
/// delivered may have gone where a changed REGISTER led. G14 is not among them: a server may drop what is malformed, and whether it lives
/// the campaign asks by itself.
struct KindOfRule {
  std::string_view rule, kind, reads;
};
constexpr std::array kinds{KindOfRule{"G1", "uncharged", "c"},    KindOfRule{"G2", "uncharged", "s"}, KindOfRule{"G3", "overcharge", "mcR"},
                           KindOfRule{"G4", "overcharge", "mcR"}, KindOfRule{"G5", "held", "c"},      KindOfRule{"G6", "overcharge", "c"},
                           KindOfRule{"G7", "wrong-user", ""},    KindOfRule{"G8", "confused", "c"},  KindOfRule{"G9", "confused", "s"},
                           KindOfRule{"G10", "confused", "S"},    KindOfRule{"G11", "confused", "m"}, KindOfRule{"G12", "malformed", "smc"},
                           KindOfRule{"G13", "lost", "smcJR"}};

constexpr std::string_view letters = "smc";  ///< by trace::Channel

char letter_of(trace::Event const& event) {
  return letters[static_cast<std::size_t>(event.channel)];
}

/// What a copy with a change leaves open. Of a MESSAGE it may be one more, or a merged request (RFC 3261 8.2.2.2); of a message that was
/// changed itself a server may drop the one or the other, and nobody knows which counts.
std::string left_open(trace::Event const& tampered) {
  auto const changes = changes_told(tampered.note);
  if (std::ranges::find(changes, Change::Act::again, &Change::act) == changes.end()) return "";
  std::string out = tampered.note.starts_with("MESSAGE") ? "J" : "";
  if (changes.size() > 1) out += letter_of(tampered);
  return out;
}

/// Its contact may be the port of another flow, who took the call.
bool may_be_called_elsewhere(trace::Trace const& trace) {
  auto const is_changed = [](trace::Event const& event) {
    return event.kind == trace::Kind::tampered && event.note.starts_with("REGISTER") &&
           std::ranges::any_of(changes_told(event.note),
                               [](Change const& one) { return changes_octets(one) || one.act == Change::Act::foreign; });
  };
  auto const calls = [](trace::Event const& event) {
    return event.direction == trace::Direction::received && event.meaning.name == "INVITE" && event.meaning.status == 0;
  };
  return std::ranges::any_of(trace.events(), is_changed) && std::ranges::none_of(trace.events(), calls);
}

/// The channels on which something of ours went out that is no message; S where a SIP message was changed at all, J where one has to be
/// rejected, or may be stored once more, R where somebody else may have been called.
std::string unreadable_channels(trace::Trace const& trace) {
  std::string out = may_be_called_elsewhere(trace) ? "R" : "";
  for (auto const& event : trace.events()) {
    bool const is_sip = event.channel == trace::Channel::sip;
    if (event.kind == trace::Kind::tampered && is_sip) out += 'S';
    if (event.kind == trace::Kind::tampered) out += left_open(event);
    if (event.kind != trace::Kind::message || event.direction != trace::Direction::sent) continue;
    if (is_sip && rules::judgement(event).outcome == Outcome::reject) out += 'J';
    auto const said = trace::read_meaning(event.channel, event.octets);
    if (said.name.empty() && said.status == 0) out += letter_of(event);
  }
  return out;
}

/// A SIP request to a user who is none of these.
bool calls_another(std::string_view octets, std::set<std::string> const& here) {
  auto const request = sip::Message::parse(octets);
  if (!request || !request->is_request()) return false;
  auto const to = sip::to(*request);
  auto const uri = to ? sip::parse_uri(to->uri) : std::unexpected(to.error());
  return uri && !here.contains(uri->address_of_record());
}

/// A port of a flow that has ended may be another flow's now, for SIP or for MSRP: what the server still sends there is for a user who
/// is not here.
bool is_for_somebody_else(trace::Trace const& trace) {
  std::set<std::string> here;
  for (auto const& event : trace.events())
    if (!event.party.empty()) here.insert(event.party);
  return std::ranges::any_of(trace.events(), [&](trace::Event const& event) {
    if (event.kind != trace::Kind::message || event.direction != trace::Direction::received) return false;
    bool const is_sip = event.channel == trace::Channel::sip;
    if (is_sip && event.octets.starts_with("MSRP ")) return true;
    return event.channel != trace::Channel::ch2 && calls_another(event.octets, here);
  });
}

KindOfRule const* kind_of(Finding const& finding) {
  auto const found = std::ranges::find(kinds, std::string_view(finding.rule), &KindOfRule::rule);
  return found == kinds.end() ? nullptr : &*found;
}

}  // namespace

bool may_meet(Problem const& problem) {
  return problem.kind == "crash" || problem.kind == "hang";
}

bool is_its_own_word(Problem const& problem) {
  return is_kind_of_its_own_word(problem.kind);
}

bool is_kind_of_its_own_word(std::string_view kind) {
  return kind == "crash" || kind == "hang" || kind == "leak";
}

std::vector<Problem> problems_in(CaseResult const& result) {
  std::vector<Problem> out;
  auto const fails = [](Finding const& one) { return one.verdict == Verdict::fail && kind_of(one) != nullptr; };
  if (std::ranges::none_of(result.findings, fails) || is_for_somebody_else(result.trace)) return out;  // most flows end here
  auto const unreadable = unreadable_channels(result.trace);
  for (auto const& finding : result.findings) {
    if (!fails(finding) || (finding.rule == "G12" && only_says_back(result.trace, finding))) continue;
    if (kind_of(finding)->reads.find_first_of(unreadable) == std::string_view::npos) out.push_back(problem_of(finding, result.trace));
  }
  return out;
}

std::string Problem::name() const {
  return fmt::format("{}-{:08x}", kind, static_cast<std::uint32_t>(hash_of(key())));
}

std::string Problem::key() const {
  return step.empty() ? bucket : fmt::format("{} behind {}", bucket, step);
}

bool says_no_place(Problem const& problem) {
  return problem.report.empty() && (problem.kind == "crash" || (problem.kind == "hang" && problem.bucket == hang("").bucket));
}

std::string says_where(Problem const& seen, Problem const& known) {
  auto const behind = known.step.empty() ? "" : fmt::format(", behind {}", known.step);
  return seen.says.ends_with(behind) ? seen.says : seen.says + behind;
}

trace::Event const* last_changed(trace::Trace const& flow) {
  auto const& events = flow.events();
  auto const last = std::ranges::find(events.rbegin(), events.rend(), trace::Kind::tampered, &trace::Event::kind);
  return last == events.rend() ? nullptr : &*last;
}

std::string step_of(trace::Trace const& flow) {
  auto const* const told = last_changed(flow);
  if (told == nullptr) return "";
  auto label = told->note.substr(0, told->note.find(':'));
  auto const sent = std::ranges::find_if(flow.events(), [&](trace::Event const& event) {
    return event.id > told->id && event.kind == trace::Kind::message && event.direction == trace::Direction::sent &&
           event.channel == told->channel;
  });
  if (sent == flow.events().end()) return label;
  auto const deviations = rules::deviations(*sent);
  return deviations.empty() ? label : fmt::format("{}, {}", label, deviations.front().rule);
}

Problem const* find_problem(std::span<Problem const> problems, std::string_view bucket) {
  auto const found = std::ranges::find(problems, bucket, &Problem::bucket);
  return found == problems.end() ? nullptr : &*found;
}

std::vector<Problem> problems_of_end(std::string const& how_it_ended, std::string const& output) {
  bool const is_deaf = how_it_ended.starts_with("no answer");  // it runs, and answers nothing
  auto const reports = sanitizer_reports(output);
  if (!reports.empty() && is_deaf) {
    auto const& report = reports.front();
    auto out = hang(how_it_ended + (report.frames.empty() ? "" : "; it was in " + report.frames.front()));
    out.bucket = fmt::format("hang {}", fmt::join(report.frames, " < "));
    out.report = report.text;
    return {out};
  }
  std::vector<Problem> out;
  for (auto const& report : reports) {
    bool const leaks = report.kind == "leak";
    auto const where = report.frames.empty() ? std::string("no frame of its own") : report.frames.front();
    out.push_back({.kind = leaks ? "leak" : "crash",
                   .bucket = report.bucket(),
                   .says = fmt::format("{} in {}", leaks ? "memory leaked" : report.kind, where),
                   .report = report.text});
  }
  if (!out.empty()) return out;
  if (is_deaf) return {hang(how_it_ended)};
  if (how_it_ended.empty() || how_it_ended == "exit 0") return {};
  auto const verb = how_it_ended.starts_with("did not") ? "" : "ended with ";
  return {{.kind = "crash", .bucket = how_it_ended, .says = fmt::format("the server {}{}", verb, how_it_ended), .report = {}}};
}

Problem hang(std::string how) {
  return {.kind = "hang", .bucket = "hang", .says = std::move(how), .report = {}};
}

/// The rule and the step: what breaks the grammar by the grammar's rule, everything else by the message that the last witness is.
Problem problem_of(Finding const& finding, trace::Trace const& trace) {
  auto const* const kind = kind_of(finding);
  auto step = finding.broken;
  if (step.empty() && !finding.witnesses.empty()) step = trace.at(finding.witnesses.back()).meaning.label();
  return {.kind = std::string(kind == nullptr ? "breach" : kind->kind),
          .bucket = fmt::format("{} {}", finding.rule, step.empty() ? finding.reason : step),
          .says = fmt::format("{}: {}", finding.rule, finding.because),
          .report = {}};
}

}  // namespace tollgate::fuzz
