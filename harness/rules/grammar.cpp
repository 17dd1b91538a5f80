// G12: every octet that the SUT sends parses under a strict grammar, and its session descriptions fit those before them.
#include "rules/grammar.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <vector>

#include "codec/sip/descriptions.hpp"
#include "rules/deviations.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

/// The strength of a clause binds the sender; what a receiver makes of it, and may have to bear, is no excuse.
class Grammar {
 public:
  explicit Grammar(trace::Trace const& trace) : trace_(trace) {}

  /// The first MUST that a message of the SUT breaks. Takes each message, ours too, in the order of the trace.
  std::optional<Diagnostic> broken_by(trace::Event const& e) {
    if (e.channel == trace::Channel::msrp && e.direction == trace::Direction::sent && !e.meaning.message_id.empty())
      ours_[e.meaning.message_id] = &e;
    if (e.channel == trace::Channel::sip && e.direction == trace::Direction::sent && e.meaning.status == 0) {
      asked_[key(e)] = asked_[connection(e)] = {&e};  // without a branch: the last of them
      asked_[e.meaning.branch].push_back(&e);
      asked_[call(e)].push_back(&e);
    }
    if (e.channel == trace::Channel::msrp && e.direction == trace::Direction::sent && e.meaning.status == 0)
      asked_[connection(e)] = asked_[written_id(e)] = {&e};
    if (sent_answer(e, "INVITE")) accepted_[e.meaning.call_id] = &e;
    auto said = e.channel == trace::Channel::sip ? descriptions_.judge(e.octets).diagnostics : std::vector<Diagnostic>();
    if (e.direction == trace::Direction::sent) return std::nullopt;
    auto all = deviations(e);
    std::ranges::move(said, std::back_inserter(all));
    std::erase_if(all, [](Diagnostic const& one) { return one.strength != Strength::must; });
    auto const* const asked = all.empty() ? nullptr : asked_by(e);
    auto const repeated = asked == nullptr ? std::vector<Diagnostic>() : deviations(*asked);
    auto const is_its_own = [&](Diagnostic const& one) { return !is_repeated(e, one, repeated) && !is_of_our_binding(e, one); };
    auto const first = std::ranges::find_if(all, is_its_own);
    return first == all.end() ? std::nullopt : std::optional(*first);
  }

 private:
  static bool has_must(std::vector<Diagnostic> const& all) {
    return std::ranges::any_of(all, [](Diagnostic const& one) { return one.strength == Strength::must; });
  }

  /// The same deviation as in what it answers, or one of a field that it copies where that is broken at all: what a copy
  /// lacks first need not be what the original lacks first.
  static bool is_repeated(trace::Event const& e, Diagnostic const& one, std::vector<Diagnostic> const& ours) {
    if (std::ranges::any_of(ours, [&](Diagnostic const& other) { return other.rule == one.rule && other.clause == one.clause; }))
      return true;
    if (!has_must(ours)) return false;
    if (e.channel != trace::Channel::sip) return e.channel == trace::Channel::msrp && e.meaning.status != 0;
    static constexpr std::array<std::string_view, 6> copied{"Via:", "From:", "To:", "Call-ID:", "CSeq:", "Record-Route:"};
    bool const is_of_copy = std::ranges::any_of(copied, [&](auto name) { return one.detail.starts_with(name); });
    return is_of_copy && one.rule != "tag-param";  // which the response adds
  }

  /// A registrar lists every binding of the address-of-record (RFC 3261 10.3 step 8), and what it made of a Contact that we broke is
  /// no less broken.
  [[nodiscard]] bool is_of_our_binding(trace::Event const& e, Diagnostic const& one) const {
    if (e.channel != trace::Channel::sip || e.meaning.name != "REGISTER" || !one.detail.starts_with("Contact:")) return false;
    return std::ranges::any_of(trace_.events(), [&](trace::Event const& ours) {
      return ours.id < e.id && ours.channel == trace::Channel::sip && ours.direction == trace::Direction::sent && ours.party == e.party &&
             ours.meaning.name == "REGISTER" &&
             std::ranges::any_of(deviations(ours), [](Diagnostic const& broken) { return broken.detail.starts_with("Contact:"); });
    });
  }

  /// What a response, a request in a dialog or a REPORT repeats the fields of, and the deviations in them: a message of ours
  /// (RFC 3261 8.2.6.2; RFC 4975 7.1.2, 7.2; RFC 6733 6.2).
  [[nodiscard]] EventRef asked_by(trace::Event const& e) const {
    if (e.about != 0) return &trace_.at(e.about);
    // Of a request whose Via, CSeq or transaction identifier we broke the response matches none.
    if (e.meaning.status != 0) {
      auto const keys = e.channel == trace::Channel::msrp ? std::vector{written_id(e), connection(e)}
                        : e.meaning.branch.empty()        ? std::vector{key(e), call(e), connection(e)}
                                                          : std::vector{e.meaning.branch, connection(e)};
      auto const found = std::ranges::find_if(keys, [this](auto const& one) { return asked_.contains(one); });
      return found == keys.end() ? nullptr : likeliest(asked_.at(*found));
    }
    if (e.channel == trace::Channel::sip) {  // in a dialog To, Route and the Request-URI are of our response (RFC 3261 12.1.2)
      auto const response = accepted_.find(e.meaning.call_id);
      return response == accepted_.end() ? nullptr : response->second;
    }
    auto const send = e.meaning.name == "REPORT" ? ours_.find(e.meaning.message_id) : ours_.end();
    return send == ours_.end() ? nullptr : send->second;
  }

  /// What answers late, or a repetition, may be made of what came before, and is broken where that was.
  static EventRef likeliest(std::vector<EventRef> const& asked) {
    auto const broken = std::ranges::find_if(asked.begin(), asked.end() - 1, [](EventRef one) { return has_must(deviations(*one)); });
    return *broken;
  }

  /// The transaction identifier as it stands there, whatever it is.
  static std::string written_id(trace::Event const& e) {
    auto const words = split(std::string_view(e.octets).substr(0, e.octets.find_first_of("\r\n")), ' ');
    return fmt::format("{} {}", connection(e), words.size() > 1 ? words[1] : std::string_view());
  }
  static std::string call(trace::Event const& e) { return fmt::format("call {}", e.meaning.call_id); }
  static std::string connection(trace::Event const& e) { return fmt::format("{} {}", e.local, e.remote); }
  static std::string key(trace::Event const& e) {
    return fmt::format("{} {} {} {}", e.party, e.meaning.call_id, e.meaning.cseq, e.meaning.name);
  }

  trace::Trace const& trace_;
  sip::Descriptions descriptions_;
  std::map<std::string, EventRef> ours_;  ///< SENDs of ours by Message-ID
  std::map<std::string, EventRef> accepted_;  ///< our last response to an INVITE, by Call-ID
  /// Requests by what a response copies of them: of a branch and of a call all, in their order, else the last.
  std::map<std::string, std::vector<EventRef>> asked_;
};

/// The first speaks for all; a few of the others by their numbers.
std::string and_others(std::vector<trace::EventId> const& broken) {
  constexpr std::size_t shown_most = 5;
  if (broken.size() < 2) return "";
  auto text = fmt::format("; {} more did so:", broken.size() - 1);
  for (std::size_t i = 1; i < broken.size() && i <= shown_most; ++i) text += fmt::format(" #{}", broken[i]);
  return text + (broken.size() > shown_most + 1 ? " ..." : "");
}

}  // namespace

Finding every_octet_parses(trace::Trace const& trace, Terms const&) {
  Finding finding = begin("G12", "every_octet_parses", "RFC 3261 25.1; RFC 8866 9; RFC 3264; RFC 4975 9; RFC 6733 3, 4; RFC 8506 3");
  Grammar grammar(trace);
  std::vector<trace::EventId> all;
  std::string unkept;
  auto const breaks = [&](trace::Event const& e, std::string how) {
    all.push_back(e.id);
    fail(finding, std::move(how), {&e});
  };
  for (auto const& e : trace.events()) {
    if (e.kind == trace::Kind::unsecured)
      breaks(e, fmt::format("#{} a connection between {} and {} came to nothing: {} (RFC 3261 26.2.1; RFC 4975 14.2; RFC 8122 5; RFC 6733 "
                            "13.1; RFC 8446 4)",
                            e.id, e.local, e.remote, e.note));
    if (e.kind == trace::Kind::unkept) unkept += fmt::format("; #{} {}", e.id, e.note);
    if (e.kind != trace::Kind::message || e.repeats != 0) continue;
    auto const broken = grammar.broken_by(e);
    if (!broken && e.is_http && !e.note.empty())  // sound, and for nobody here
      breaks(e, fmt::format("#{} an EventRequest of {} octets was refused: {} (RFC 9110 15.5.5)", e.id, e.octets.size(), e.note));
    else if (broken && e.is_http)  // its note says it as the HTTP server that refused it did
      breaks(e, fmt::format("#{} {} octets are no EventRequest: {}", e.id, e.octets.size(), e.note));
    else if (broken) {
      if (all.empty()) finding.broken = broken->rule;
      breaks(e, fmt::format("{} breaks {} at octet {}: {} ({})", cite(e), broken->rule, broken->offset, broken->detail, broken->clause));
    } else if (e.direction == trace::Direction::received)
      hold(finding, {&e});
  }
  finding.because += and_others(all);
  if (!all.empty()) finding.because += unkept;
  return finding;
}

}  // namespace tollgate::rules
