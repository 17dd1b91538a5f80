// G2: no content SEND before the 200 to the INVITE, none after BYE, none in a session that was refused.
#include "rules/msrp_session.hpp"

#include <fmt/format.h>

#include "rules/party_view.hpp"

namespace tollgate::rules {

Finding send_only_inside_the_session(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G2", "send_only_inside_the_session", "CR 6.3.2.8 (6-7); RFC 4975 8.2; RFC 3261 15.1.1");
  for (auto const& view : parties(trace)) {
    EventRef accepted = nullptr;
    EventRef refused = nullptr;
    EventRef bye = nullptr;
    for (auto const* e : view.events) {
      if (sent_answer(*e, "INVITE") && e->meaning.status >= 200) {
        (e->meaning.status < 300 ? accepted : refused) = e;
        if (e->meaning.status < 300) refused = bye = nullptr;
      }
      if (received_request(*e, "BYE")) bye = e;
      if (!content_send(*e)) continue;
      if (accepted == nullptr && refused == nullptr)
        fail(finding, cite(*e) + " was received, but no 200 to an INVITE had been sent", {e});
      else if (refused != nullptr)
        fail(finding, fmt::format("{} was received although {} refused the session", cite(*e), cite(*refused)), {refused, e});
      else if (bye != nullptr && e->at_ns > bye->at_ns + terms.epsilon_ns)  // two sockets: less may be chance
        fail(finding, fmt::format("{} was received after {}", cite(*e), cite(*bye)), {bye, e});
      else
        hold(finding, {accepted, e});
    }
  }
  return finding;
}

}  // namespace tollgate::rules
