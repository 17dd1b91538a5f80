#include "runner/inference.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "base/sum.hpp"
#include "rules/party_view.hpp"
#include "runner/plan.hpp"

namespace tollgate {

namespace {

using rules::EventRef;

/// What one push shows of steps 3 to 11.
struct Delivery {
  std::vector<EventRef> sends;    ///< content, last chunks
  std::vector<EventRef> answers;  ///< ours to them
  std::vector<EventRef> debits;
  std::vector<EventRef> debit_answers;  ///< ours
  std::vector<EventRef> reserves;
  EventRef grant = nullptr;  ///< the first successful answer to a reservation
  EventRef bye = nullptr;    ///< the first
  EventRef cut_short = nullptr;  ///< what ended it before its last message had an answer of its own
  bool closes = false;       ///< a credit session was closed without units

  [[nodiscard]] bool reserved_once() const { return reserves.size() == 1; }
  /// Of the SENDs that we answered so.
  [[nodiscard]] std::size_t answered(int hundreds) const {
    return static_cast<std::size_t>(std::ranges::count_if(answers, [&](auto const* e) { return e->meaning.status / 100 == hundreds; }));
  }
};

/// What makes every message that has no answer yet fail at once: then any reading debits, and nothing tells them apart.
bool cuts_short(trace::Event const& e) {
  constexpr int no_session = 481;  // RFC 4975 10.8
  bool const is_ours = e.direction == trace::Direction::sent;
  return rules::ends_msrp(e) || (is_ours && rules::asks_for_the_end(e)) ||
         (rules::sent_answer(e, "SEND") && e.meaning.status == no_session);
}

Delivery delivery_of(trace::Trace const& trace, rules::PartyView const& view) {
  Delivery out;
  auto const is_message = [](trace::Event const& e) { return rules::content_send(e) && e.meaning.flag != '+'; };
  for (auto const* e : view.events) {
    if (is_message(*e)) out.sends.push_back(e);
    if (rules::sent_answer(*e, "SEND") && e->about != 0 && is_message(trace.at(e->about))) out.answers.push_back(e);
    if (rules::received_request(*e, "debit_units")) out.debits.push_back(e);
    if (rules::sent_answer(*e, "debit_units")) out.debit_answers.push_back(e);
    if (rules::received_request(*e, "reserve_units")) out.reserves.push_back(e);
    if (out.grant == nullptr && rules::sent_answer(*e, "reserve_units") && e->meaning.grants_delivery) out.grant = e;
    if (out.bye == nullptr && rules::received_request(*e, "BYE")) out.bye = e;
    if (out.cut_short == nullptr && cuts_short(*e)) out.cut_short = e;
    out.closes = out.closes || rules::received_request(*e, "close");
  }
  return out;
}

/// What 4011 leaves free has no credit session that a debit could be in (X-4011-DEBIT).
void infer_credit(Delivery const& delivery, Readings& values) {
  constexpr int not_applicable = 4011;
  if (delivery.grant != nullptr && delivery.grant->meaning.status == not_applicable) return;
  for (auto const* debit : delivery.debits) {
    auto const& meaning = debit->meaning;
    values["credit"].insert(meaning.ends_session ? "ecur" : meaning.is_event ? "split" : "ecuru");
  }
}

/// A SEND had been without an answer for as long as it may be when that came.
bool is_past_a_limit(Delivery const& d, trace::Event const& at, Ixit const& ixit) {
  auto const limit = (ixit.msrp_transaction - ixit.epsilon).count();
  return std::ranges::any_of(d.sends, [&](auto const* send) {
    bool const is_answered = std::ranges::any_of(d.answers, [&](auto const* e) { return e->about == send->id && e->id < at.id; });
    return !is_answered && at.at_ns >= send->at_ns + limit;
  });
}

void infer_debit(Delivery const& d, Readings& values, Ixit const& ixit) {
  if (!d.reserved_once() || d.sends.size() < 2 || d.debits.empty() || !ixit.msrp_relay.empty()) return;
  auto const& first = *d.debits.front();
  if ((d.cut_short != nullptr && d.cut_short->id < first.id) || is_past_a_limit(d, first, ixit)) return;
  if (d.answers.empty() || first.id < d.answers.front()->id) {
    values["debit"].insert("pre");
    return;
  }
  if (d.answers.size() < 2) return;
  if (d.debits.size() > 1)
    values["debit"].insert("each");
  else if (first.id < d.answers.back()->id)
    values["debit"].insert("first");
  else if (d.sends.back()->id < d.answers.front()->id && d.answers.back()->at_ns - d.answers.front()->at_ns > ixit.live.count() / 2)
    values["debit"].insert("all");  // everything had been sent, so that D-FIRST would have debited at the first answer
}

/// Where as many units fit two readings, the push says nothing (DBT-10).
void infer_units(Delivery const& d, Readings& values) {
  if (!d.reserved_once() || d.bye == nullptr || d.debits.empty()) return;
  std::uint64_t used = 0;
  for (auto const* debit : d.debits) used = sum_of(used, debit->meaning.used.value_or(0));
  std::vector<std::string> fitting;
  if (used == d.sends.size()) fitting.emplace_back("sent");
  if (used == d.answered(2)) fitting.emplace_back("ok");
  bool const is_one_each = d.debits.size() > 1 && d.debits.size() == d.sends.size();  // D-EACH: one unit a debit is one a message
  if (used == d.debits.size() && !is_one_each) fitting.emplace_back("flat");
  if (fitting.size() == 1) values["units"].insert(fitting.front());
}

/// BYE while the answer to the debit was withheld, or only behind it although it was withheld for long (ORD-07).
void infer_release(Delivery const& d, Readings& values, Ixit const& ixit) {
  if (d.bye == nullptr || d.debits.size() != 1) return;
  auto const& debit = *d.debits.front();
  if (d.bye->id < debit.id) return;
  auto const answer = std::ranges::find(d.debit_answers, debit.id, &trace::Event::about);
  bool const by_tx = d.bye->at_ns - debit.at_ns >= (ixit.diameter_tx - ixit.epsilon).count();  // nobody waits longer for an answer
  if (answer == d.debit_answers.end() || d.bye->id < (*answer)->id) {
    if (!by_tx) values["release"].insert("loose");
    return;
  }
  auto const outcome = d.answers.empty() ? debit.at_ns : d.answers.back()->at_ns;  // which BYE waits for as well
  if ((*answer)->at_ns - std::max(debit.at_ns, outcome) >= ixit.live.count()) values["release"].insert("strict");
}

/// A 5xx, which step 8 does not list (DBT-05).
void infer_unlisted(Delivery const& d, Readings& values) {
  if (d.sends.size() != 1 || d.answered(5) != 1) return;
  if (!d.debits.empty())
    values["unlisted"].insert("settle");
  else if (d.closes)
    values["unlisted"].insert("strict");
}

/// How much it asks for, and what it does with less (NC-09).
void infer_quota(Delivery const& d, Readings& values) {
  if (!d.reserved_once() || d.grant == nullptr || d.grant->meaning.granted.value_or(0) == 0) return;
  auto const requested = d.reserves.front()->meaning.requested.value_or(0);
  if (d.sends.size() > *d.grant->meaning.granted)
    values["quota"].insert("soft");
  else if (requested > 1)
    values["quota"].insert("count");
  else if (d.sends.size() > 1)
    values["quota"].insert("any");
}

}  // namespace

/// The purposes that were made to tell the readings apart.
static constexpr std::array tells{std::pair{"credit", "DBT-07"},  std::pair{"debit", "DBT-12"},    std::pair{"units", "DBT-10"},
                                  std::pair{"release", "ORD-07"}, std::pair{"unlisted", "DBT-05"}, std::pair{"quota", "NC-09"}};

static bool tells_apart(std::string_view case_id, std::string_view axis) {
  return std::ranges::find(tells, std::pair(axis, case_id),
                           [](auto const& one) { return std::pair<std::string_view, std::string_view>(one); }) != tells.end();
}

Readings readings_of(CaseResult const& result, Ixit const& ixit) {
  Readings values;
  for (auto const& view : rules::parties(result.trace)) {
    auto const delivery = delivery_of(result.trace, view);
    infer_credit(delivery, values);
    infer_debit(delivery, values, ixit);
    infer_units(delivery, values);
    infer_release(delivery, values, ixit);
    infer_unlisted(delivery, values);
    infer_quota(delivery, values);
  }
  if (!tells_apart(result.info.id, "units")) values["units"].erase("flat");
  return values;
}

/// Where one that tells has shown something, it speaks alone; else whatever the others have shown, but for those that break what
/// they play by chance.
std::map<std::string, std::string> infer_profile(std::span<CaseResult const> cases, Ixit const& ixit, std::string_view level) {
  Readings told, shown;
  for (auto const& result : cases) {
    if (result.info.kind == "invariant" || !is_of_level(result.info.strength, level)) continue;
    for (auto& [axis, seen] : readings_of(result, ixit)) {
      if (!seen.empty()) (tells_apart(result.info.id, axis) ? told : shown)[axis].merge(seen);
    }
  }
  std::map<std::string, std::string> out;
  told.merge(shown);  // what was told stays
  if (auto const debit = told.find("debit"); debit != told.end()) settle_debit(debit->second);
  for (auto const& [axis, seen] : told) out[axis] = fmt::format("{}", fmt::join(seen, " or "));
  return out;
}

}  // namespace tollgate
