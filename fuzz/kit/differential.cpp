#include "fuzz/kit/differential.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "codec/diameter/judge.hpp"
#include "codec/sip/judge.hpp"
#include "fuzz/kit/peers.hpp"
#include "fuzz/support/target.hpp"

namespace tollgate::fuzz {

std::span<Peer const> peers() {
  static auto const ready = [] {
    std::vector<Peer> all;
    for (auto const& peer : linked_peers()) {
      require(peer.init() == 0, fmt::format("{} is not ready", peer.name));
      all.push_back(peer);
    }
    return all;
  }();
  return ready;
}

/// Whether the message is refused for its form: 400 and 505 of SIP, and what is discarded without an answer.
static bool is_of_form(Protocol protocol, std::optional<std::uint32_t> answer) {
  constexpr std::uint32_t bad_request = 400, version_not_supported = 505;
  return protocol == Protocol::diameter || !answer || answer == bad_request || answer == version_not_supported;
}

Reading our_reading(Protocol protocol, std::string_view octets) {
  auto const judgement = protocol == Protocol::diameter ? diameter::judge(octets) : sip::judge(octets, sip::Framing::datagram);
  Reading reading;
  if (judgement.outcome == Outcome::accept) {
    reading.accepts = true;
    return reading;
  }
  if (judgement.outcome == Outcome::reject && is_of_form(protocol, judgement.answer)) reading.accepts = false;
  auto const must = std::ranges::find(judgement.diagnostics, Strength::must, &Diagnostic::strength);
  auto const& first = must == judgement.diagnostics.end() ? judgement.diagnostics.begin() : must;
  if (first != judgement.diagnostics.end()) reading.reason = fmt::format("{} ({})", first->rule, first->clause);
  return reading;
}

std::string Bucket::text() const {
  return fmt::format("{} {}, we {}{}", peer, we_accept ? "refuses" : "accepts", we_accept ? "accept" : "refuse",
                     our_reason.empty() ? "" : ": " + our_reason);
}

std::vector<Bucket> Disagreements::compare(Protocol protocol, std::string_view octets, std::string const& name,
                                           std::string const& why_good) {
  std::vector<Bucket> found;
  auto const ours = our_reading(protocol, octets);
  if (!ours.accepts) return found;
  for (auto const& peer : peers()) {
    if (peer.protocol != protocol) continue;
    int const said = peer.parse(reinterpret_cast<std::uint8_t const*>(octets.data()), octets.size(), static_cast<int>(protocol));
    if (said < 0 || (said == 1) == *ours.accepts) continue;
    Bucket const bucket{std::string(peer.name), *ours.accepts, *ours.accepts ? why_good : ours.reason};
    buckets_[bucket].push_back(name);
    found.push_back(bucket);
  }
  return found;
}

std::size_t Disagreements::count() const {
  std::size_t all = 0;
  for (auto const& [bucket, names] : buckets_) all += names.size();
  return all;
}

}  // namespace tollgate::fuzz
