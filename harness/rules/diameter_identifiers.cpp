// G8: Hop-by-Hop unique among what is outstanding, End-to-End unique over the run, T only on what is sent again.
// RFC 6733 3, 5.5.4.
#include <fmt/format.h>
#include <map>

#include "codec/ch2/binding.hpp"
#include "rules/credit_identity.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

bool same_request(trace::Event const& a, trace::Event const& b) {
  return a.meaning.session_id == b.meaning.session_id && a.meaning.number == b.meaning.number && a.meaning.name == b.meaning.name;
}

class Identifiers {
 public:
  explicit Identifiers(Finding& finding) : finding_(finding) {}

  void note(trace::Event const& e) {
    bool const received = e.direction == trace::Direction::received;
    connection_ended_ |= e.kind != trace::Kind::message;
    if (e.kind == trace::Kind::closed) outstanding_.clear();
    if (e.kind != trace::Kind::message) return;
    if (!received && e.about != 0 && e.meaning.status != 0)
      std::erase_if(outstanding_, [&](auto const& one) { return one.second->id == e.about; });
    if (received && e.meaning.is_request()) take(e);
  }

 private:
  void take(trace::Event const& e) {
    auto const [waiting, is_free] = outstanding_.try_emplace({e.local + e.remote, e.meaning.hop_by_hop}, &e);
    auto const [known, is_new] = known_.try_emplace(e.meaning.end_to_end, &e);
    if (!is_free)
      return fail(finding_,
                  fmt::format("{} has Hop-by-Hop {:#x} while {} with the same was unanswered", cite(e), e.meaning.hop_by_hop,
                              cite(*waiting->second)),
                  {waiting->second, &e});
    if (!is_new && !(e.meaning.is_resent && same_request(*known->second, e)))
      return fail(finding_, fmt::format("{} has End-to-End {:#x}, which {} had", cite(e), e.meaning.end_to_end, cite(*known->second)),
                  {known->second, &e});
    if (is_new && e.meaning.is_resent && !connection_ended_)
      return fail(finding_, cite(e) + " has the T flag, but no copy of it came before and no connection had ended", {&e});
    hold(finding_, {&e});
  }

  Finding& finding_;
  std::map<std::pair<std::string, std::uint32_t>, EventRef> outstanding_;  ///< by connection and Hop-by-Hop
  std::map<std::uint32_t, EventRef> known_;                                ///< by End-to-End
  bool connection_ended_ = false;
};

}  // namespace

/// A SUT that gives a number again before we have sent the answer to its first holder did so without that answer.
Finding identifiers_are_unique(trace::Trace const& trace, Terms const&) {
  Finding finding = begin("G8", "identifiers_are_unique", "RFC 6733 3, 5.5.4");
  Identifiers identifiers(finding);
  for (auto const& e : trace.events()) {
    bool const concerns = e.kind == trace::Kind::message || e.kind == trace::Kind::closed || e.kind == trace::Kind::opened;
    bool const is_diameter = e.kind != trace::Kind::message || ch2::binding_of(e.octets) == ch2::Binding::diameter;
    if (e.repeats == 0 && e.channel == trace::Channel::ch2 && concerns && is_diameter) identifiers.note(e);
  }
  return finding;
}

}  // namespace tollgate::rules
