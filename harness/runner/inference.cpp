#include "runner/inference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <vector>

#include "rules/party_view.hpp"

namespace tollgate {

namespace {

using rules::EventRef;
using Values = std::map<std::string, std::set<std::string>>;

/// What one push shows of steps 7 to 10.
struct Delivery {
  std::vector<EventRef> sends;    ///< content, last chunks
  std::vector<EventRef> answers;  ///< ours to them
  std::vector<EventRef> debits;
  bool reserved_once = true;
};

Delivery delivery_of(rules::PartyView const& view) {
  Delivery out;
  int reserves = 0;
  for (auto const* e : view.events) {
    if (rules::content_send(*e) && e->meaning.flag != '+') out.sends.push_back(e);
    if (rules::sent_answer(*e, "SEND") && e->about != 0) out.answers.push_back(e);
    if (rules::received_request(*e, "debit_units")) out.debits.push_back(e);
    if (rules::received_request(*e, "reserve_units")) ++reserves;
  }
  out.reserved_once = reserves == 1;
  return out;
}

void infer_credit(Delivery const& delivery, Values& values) {
  for (auto const* debit : delivery.debits) {
    auto const& meaning = debit->meaning;
    values["credit"].insert(meaning.ends_session ? "ecur" : meaning.is_event ? "split" : "ecuru");
  }
}

void infer_debit(Delivery const& d, Values& values, Ixit const& ixit) {
  if (!d.reserved_once || d.sends.size() < 2 || d.debits.empty()) return;
  auto const& first = *d.debits.front();
  if (d.answers.empty() || first.id < d.answers.front()->id) {
    bool const by_time_limit = first.at_ns >= d.sends.front()->at_ns + (ixit.msrp_transaction - ixit.epsilon).count();
    if (!by_time_limit) values["debit"].insert("pre");
    return;
  }
  if (d.answers.size() < 2) return;
  if (d.debits.size() > 1) values["debit"].insert("each");
  else if (first.id < d.answers.back()->id) values["debit"].insert("first");
  else if (d.answers.back()->at_ns - d.answers.front()->at_ns > ixit.live.count() / 2) values["debit"].insert("all");
}

}  // namespace

std::map<std::string, std::string> infer_profile(std::span<CaseResult const> cases, Ixit const& ixit) {
  Values values;
  for (auto const& result : cases)
    for (auto const& view : rules::parties(result.trace)) {
      auto const delivery = delivery_of(view);
      infer_credit(delivery, values);
      infer_debit(delivery, values, ixit);
    }
  std::map<std::string, std::string> out;
  for (auto const& [axis, seen] : values) out[axis] = fmt::format("{}", fmt::join(seen, " or "));
  return out;
}

}  // namespace tollgate
