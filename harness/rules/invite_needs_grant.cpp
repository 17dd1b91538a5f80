// G1: an INVITE needs a reservation that was granted and is still open. CR 6.3.2.8 steps 3-5; RFC 8506 5.2, 5.7, Table 3.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "rules/broken_answer.hpp"
#include "rules/charging_order.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

constexpr int success = 2001, limited_success = 2002, not_applicable = 4011, user_unknown = 5030;

/// One credit session from its INITIAL_REQUEST on.
struct Reservation {
  std::vector<EventRef> requests;  ///< the INITIAL_REQUEST and its copies after a failover
  EventRef answer = nullptr;       ///< the first that belongs to it
  EventRef ended = nullptr;        ///< TERMINATION_REQUEST; for what has no credit session the end of its dialog
  bool has_invited = false;        ///< an INVITE came while it was open
  bool is_late = false;            ///< answered when Tx had passed: the SUT had given up (RFC 8506 Table 3)

  [[nodiscard]] bool is_granted() const { return answer != nullptr && !is_late && answer->meaning.grants_delivery; }
  /// By a success that neither RFC 6733 nor RFC 8506 names.
  [[nodiscard]] bool is_granted_by_class() const {
    if (answer == nullptr || is_late) return false;
    int const result = answer->meaning.status;
    return result / 1000 == 2 && result != success && result != limited_success;
  }
  /// RFC 8506 Table 3: failed and protocol errors, which CCFH CONTINUE overrides; 4010, 4012 and 5030 refuse for good.
  [[nodiscard]] bool has_failed() const {
    if (answer == nullptr || is_late) return false;
    int const result = answer->meaning.status;
    return result / 1000 == 3 || (result / 1000 == 5 && result != user_unknown);
  }
};

/// The reservations of one party.
class Credit {
 public:
  Credit(trace::Trace const& trace, Terms const& terms) : trace_(trace), terms_(terms) {}

  void note(trace::Event const& e) {
    if (received_request(e, "reserve_units") && e.meaning.opens_session) return take_request(e);
    if (sent_answer(e, "reserve_units")) return take_answer(e);
    bool const ends = e.channel == trace::Channel::ch2 && e.direction == trace::Direction::received && e.meaning.ends_session;
    for (auto& reservation : reservations_) {
      if (reservation.ended != nullptr) continue;
      if (ends && reservation.requests.front()->meaning.session_id == e.meaning.session_id) reservation.ended = &e;
      bool const has_session = reservation.is_granted() && reservation.answer->meaning.status != not_applicable;
      if (is_request(e, "BYE") && !has_session && reservation.has_invited) reservation.ended = &e;
    }
  }
  void invited() {
    for (auto& reservation : reservations_) reservation.has_invited |= reservation.ended == nullptr;
  }
  [[nodiscard]] std::vector<Reservation> const& reservations() const { return reservations_; }

  /// Tx had passed when `e` came, and no answer had, or none that the SUT has to take.
  [[nodiscard]] bool unanswered(Reservation const& r, trace::Event const& e) const {
    return (r.answer == nullptr || r.is_late || may_be_dropped(trace_, *r.answer)) &&
           e.at_ns >= r.requests.back()->at_ns + terms_.diameter_tx_ns - terms_.epsilon_ns;
  }

 private:
  void take_request(trace::Event const& e) {
    for (auto& reservation : reservations_)
      if (e.meaning.is_resent && reservation.requests.front()->meaning.session_id == e.meaning.session_id)
        return reservation.requests.push_back(&e);
    reservations_.push_back({.requests = {&e}});
  }
  /// An answer belongs to a request by its identifiers (RFC 6733 3) and by the session and number that it names (8.8).
  void take_answer(trace::Event const& e) {
    for (auto& reservation : reservations_) {
      auto const asked = std::ranges::find_if(reservation.requests, [&](EventRef request) { return answers(e, *request); });
      if (asked == reservation.requests.end()) continue;
      bool const has_answer = reservation.answer != nullptr && !says_nothing(reservation.answer->meaning);
      if (has_answer && !is_lost(*reservation.answer, **asked)) continue;
      reservation.answer = &e;
      reservation.is_late = e.at_ns > reservation.requests.back()->at_ns + terms_.diameter_tx_ns + terms_.epsilon_ns;
    }
  }
  /// The SUT has asked again over another connection: what went over the first one it need not have read (RFC 6733 5.5.4).
  [[nodiscard]] static bool is_lost(trace::Event const& answer, trace::Event const& asked_again) {
    bool const is_elsewhere = answer.remote != asked_again.remote || answer.local != asked_again.local;
    return asked_again.id > answer.id && asked_again.meaning.is_resent && is_elsewhere;
  }
  /// Neither a grant nor a refusal, so that a proper answer may follow: without Result-Code, or a success that nobody can use.
  [[nodiscard]] static bool says_nothing(trace::Meaning const& answer) {
    constexpr int success_class = 2;
    return !answer.grants_delivery && (answer.status == 0 || answer.status / 1000 == success_class);
  }
  [[nodiscard]] static bool answers(trace::Event const& answer, trace::Event const& request) {
    auto const& a = answer.meaning;
    auto const& r = request.meaning;
    bool const names_it = a.session_id == r.session_id && a.number == r.number;
    return a.hop_by_hop == r.hop_by_hop && a.end_to_end == r.end_to_end && (names_it || !a.grants_delivery);
  }

  trace::Trace const& trace_;
  Terms const& terms_;
  std::vector<Reservation> reservations_;
};

void refuse(Finding& finding, Credit const& credit, trace::Event const& invite, Terms const& terms) {
  if (credit.reservations().empty()) return fail(finding, cite(invite) + " was received, but no reserve request had come", {&invite});
  Reservation const& last = credit.reservations().back();
  auto const* reserve = last.requests.front();
  if (last.is_granted())
    return fail(finding,
                fmt::format("{} was received, but {} had ended what {} granted", cite(invite), cite(*last.ended), cite(*last.answer)),
                {last.answer, last.ended, &invite});
  if (last.answer != nullptr && last.is_late)
    return fail(finding,
                fmt::format("{} was received, but {} came {:.1f} s after {}, when Tx had passed", cite(invite), cite(*last.answer),
                            static_cast<double>(terms.diameter_tx_ns) / 1e9, cite(*reserve)),
                {reserve, last.answer, &invite});
  if (last.answer != nullptr)
    return fail(finding, fmt::format("{} was received although {} refused", cite(invite), cite(*last.answer)),
                {reserve, last.answer, &invite});
  fail(finding, fmt::format("{} was received, but no successful answer to {} had been sent", cite(invite), cite(*reserve)),
       {reserve, &invite});
}

void judge(Finding& finding, Credit const& credit, trace::Event const& invite, bool continues, Terms const& terms) {
  auto const allows = [&](Reservation const& r) {
    return r.is_granted() || (terms.takes_unknown_success && r.is_granted_by_class()) ||
           (continues && (r.has_failed() || credit.unanswered(r, invite)));
  };
  auto const& all = credit.reservations();
  for (auto const& r : all)
    if (r.ended == nullptr && allows(r)) return hold(finding, {r.answer != nullptr ? r.answer : r.requests.front(), &invite});
  if (!all.empty() && all.back().ended != nullptr && allows(all.back()) && is_close(*all.back().ended, invite, terms))
    return doubt(finding,
                 fmt::format("{} came within {} ms of {}: two sockets do not say which was first", cite(invite),
                             terms.epsilon_ns / 1'000'000, cite(*all.back().ended)),
                 {all.back().ended, &invite});
  if (continues && all.empty())
    return doubt(finding, cite(invite) + " came without a reserve request, which CCFH CONTINUE allows where it could not be sent",
                 {&invite});
  refuse(finding, credit, invite, terms);
}

}  // namespace

/// A retry or a redirection within an open reservation needs no other one. CCFH CONTINUE, configured (X-OPEN) or learned
/// from an earlier answer, lets the service go on when Tx has passed or the answer failed.
Finding invite_needs_grant(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G1", "invite_needs_grant", "CR 6.3.2.8 (3-5); RFC 8506 5.2");
  std::optional<std::uint32_t> learned;
  constexpr std::uint32_t ccfh_continue = 1;
  std::map<std::string, Credit> parties;
  for (auto const& e : trace.events()) {
    if (e.party.empty() || e.repeats != 0) continue;
    Credit& credit = parties.try_emplace(e.party, trace, terms).first->second;
    credit.note(e);
    if (e.direction == trace::Direction::sent && e.meaning.failure_handling) learned = e.meaning.failure_handling;
    if (!received_request(e, "INVITE") || !e.meaning.to_tag.empty()) continue;
    judge(finding, credit, e, learned ? *learned == ccfh_continue : terms.fails_open, terms);
    credit.invited();
  }
  return finding;
}

}  // namespace tollgate::rules
