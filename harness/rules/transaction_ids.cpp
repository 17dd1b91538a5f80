// G11: a transaction id is unique among what is outstanding, and its end-line does not occur in the body. RFC 4975 7.1.
#include <fmt/format.h>
#include <map>

#include "codec/msrp/message.hpp"
#include "rules/msrp_session.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

/// A request is outstanding until we have sent its answer or its time limit has passed; where none may be sent, only in
/// the moment of its coming.
Finding transaction_ids_are_unique(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G11", "transaction_ids_are_unique", "RFC 4975 7.1");
  std::map<std::pair<std::string, std::string>, EventRef> outstanding;  // by connection and transaction id
  for (auto const& e : trace.events()) {
    if (e.repeats != 0 || e.channel != trace::Channel::msrp || e.kind == trace::Kind::withheld) continue;
    auto const is_over = [&](auto const& one) { return e.about == one.second->id; };
    if (e.direction == trace::Direction::sent && e.about != 0) std::erase_if(outstanding, is_over);
    if (!received_request(e, "SEND")) continue;
    auto const& tid = e.meaning.transaction_id;
    auto const [first, is_new] = outstanding.try_emplace({e.party + e.local + e.remote, tid}, &e);
    bool const has_ended = !is_new && e.at_ns >= first->second->at_ns + terms.msrp_transaction_ns - terms.epsilon_ns;
    if (!is_new && !has_ended)
      fail(finding, fmt::format("{} has the transaction id {} of {}, which was unanswered", cite(e), tid, cite(*first->second)),
           {first->second, &e});
    first->second = &e;
    auto const message = msrp::Message::parse(e.octets);
    if (message && message->body().contains("-------" + tid))
      fail(finding, fmt::format("{} holds its own end-line -------{} in its body", cite(e), tid), {&e});
    hold(finding, {&e});
  }
  return finding;
}

}  // namespace tollgate::rules
