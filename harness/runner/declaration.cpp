#include "runner/declaration.hpp"

#include <fmt/format.h>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "runner/axes.hpp"
#include "runner/conclusion.hpp"
#include "runner/timers.hpp"

namespace tollgate {

namespace {

std::string fact_name(NamedTimer const& timer) {
  return fmt::format("{}_ns", timer.name);
}

}  // namespace

rules::Terms terms_of(Profile const& profile, Ixit const& timers) {
  rules::Terms terms;
  terms.msrp_transaction_ns = timers.msrp_transaction.count();
  terms.epsilon_ns = timers.epsilon.count();
  terms.diameter_tx_ns = timers.diameter_tx.count();
  terms.live_ns = timers.live.count();
  apply(profile, terms);
  if (!timers.msrp_relay.empty()) terms.debit_before_outcome = true;  // it has the response of the relay, which we do not see
  return terms;
}

rules::Terms terms_of(Declaration const& declaration) {
  auto terms = terms_of(declaration.profile, declaration.timers);
  terms.is_cut_off = declaration.is_cut_off;
  return terms;
}

trace::Facts facts_of(Profile const& profile, Ixit const& timers) {
  trace::Facts facts;
  facts["bundle"] = profile.bundle;
  for (auto const& axis : axes())
    if (axis.declared != nullptr && !(profile.*axis.declared).empty()) facts[std::string(axis.key)] = profile.*axis.declared;
  for (auto const& timer : named_timers) facts[fact_name(timer)] = fmt::format("{}", (timers.*timer.value).count());
  if (!timers.msrp_relay.empty()) facts["msrp_relay"] = timers.msrp_relay;
  return facts;
}

std::expected<Declaration, std::string> declaration_in(trace::Facts const& facts) {
  Declaration out;
  if (auto const at = facts.find("bundle"); at != facts.end()) out.profile.bundle = at->second;
  for (auto const& axis : axes())
    if (auto const at = facts.find(std::string(axis.key)); axis.declared != nullptr && at != facts.end())
      out.profile.*axis.declared = at->second;
  if (auto const why = contradiction(out.profile)) return std::unexpected(*why);
  auto const read = [&facts](std::string const& name, Duration& value) -> std::optional<std::string> {
    auto const at = facts.find(name);
    if (at == facts.end()) return std::nullopt;
    auto const ns = to_number<std::uint64_t>(at->second);
    constexpr std::uint64_t most = 3'600'000'000'000'000;  // a thousand hours
    if (!ns || *ns > most) return fmt::format("{} is no time: \"{}\"", name, printable(at->second, 40));
    value = Duration(static_cast<std::int64_t>(*ns));
    return std::nullopt;
  };
  for (auto const& timer : named_timers)
    if (auto const why = read(fact_name(timer), out.timers.*timer.value)) return std::unexpected(*why);
  if (auto const why = read("lag_ns", out.lag)) return std::unexpected(*why);
  out.is_cut_off = facts.contains("cut_off");
  if (auto const at = facts.find("msrp_relay"); at != facts.end()) out.timers.msrp_relay = at->second;
  if (auto const at = facts.find("witnesses"); at != facts.end()) {
    auto witnesses = event_ids(at->second);
    if (!witnesses) return std::unexpected(fmt::format("witnesses names no event: \"{}\"", printable(at->second, 40)));
    out.witnesses = std::move(*witnesses);
  }
  auto steps = steps_in(facts);
  if (!steps) return std::unexpected(steps.error());
  out.steps = std::move(*steps);
  return out;
}

}  // namespace tollgate
