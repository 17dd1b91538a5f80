// G7: a Session-Id of its own for each push, numbers that count, one subscriber a session: the one who registered.
// RFC 6733 8.8; RFC 8506 5.2, 8.2, 8.46-8.48.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "codec/sip/subscriber.hpp"
#include "rules/credit_identity.hpp"
#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

struct Session {
  EventRef opened = nullptr;
  std::map<std::uint32_t, EventRef> numbers;
};

class Names {
 public:
  explicit Names(Finding& finding) : finding_(finding) {}

  void note(trace::Event const& e) {
    if (e.channel == trace::Channel::sip && !e.party.empty()) {
      has_sip_ = true;
      if (e.direction == trace::Direction::sent && is_request(e, "REGISTER")) registered_.insert(e.party);
    }
    bool const is_ccr = e.channel == trace::Channel::ch2 && e.direction == trace::Direction::received && e.meaning.status == 0;
    if (is_ccr && !e.meaning.session_id.empty()) take(e);
  }

 private:
  void take(trace::Event const& e) {
    Session& session = sessions_[e.meaning.session_id];
    auto const seen = session.numbers.find(e.meaning.number);
    if (session.opened == nullptr) return open(session, e);
    if (seen != session.numbers.end() && e.meaning.is_resent) return;  // RFC 8506 5.7
    if (e.meaning.opens_session || e.meaning.is_event)
      return fail(
          finding_,
          fmt::format("{} begins credit session {} again, which {} had begun", cite(e), e.meaning.session_id, cite(*session.opened)),
          {session.opened, &e});
    if (seen != session.numbers.end())
      return fail(
          finding_,
          fmt::format("{} has CC-Request-Number {} like {} of the same credit session", cite(e), e.meaning.number, cite(*seen->second)),
          {seen->second, &e});
    if (!sip::is_same_user(e.meaning.subscriber, session.opened->meaning.subscriber))
      return fail(finding_,
                  fmt::format("{} charges {}, but {} of the same credit session charged {}", cite(e), e.meaning.subscriber,
                              cite(*session.opened), session.opened->meaning.subscriber),
                  {session.opened, &e});
    std::uint32_t const expected = session.numbers.rbegin()->first + 1;
    session.numbers.emplace(e.meaning.number, &e);
    counts(e, expected, session.opened);
  }

  void open(Session& session, trace::Event const& e) {
    session.opened = &e;
    session.numbers.emplace(e.meaning.number, &e);
    if (has_sip_ && !has_registered(e.meaning.subscriber))
      return fail(finding_, fmt::format("{} charges {}, who has not registered", cite(e), e.meaning.subscriber), {&e});
    counts(e, 0, &e);
  }

  /// In whatever spelling; most often in that of SIP.
  [[nodiscard]] bool has_registered(std::string const& subscriber) const {
    return registered_.contains(subscriber) ||
           std::ranges::any_of(registered_, [&](auto const& user) { return sip::is_same_user(user, subscriber); });
  }

  /// RFC 8506 8.2 only says how to count is easy: 0, 1, 2. Another way is worth a warning.
  void counts(trace::Event const& e, std::uint32_t expected, EventRef opened) {
    if (e.meaning.number == expected) return hold(finding_, {opened, &e});
    doubt(finding_,
          fmt::format("warning: {} has CC-Request-Number {}, not {} (RFC 8506 8.2 leaves the choice)", cite(e), e.meaning.number, expected),
          {opened, &e});
  }

  Finding& finding_;
  std::map<std::string, Session> sessions_;
  std::set<std::string> registered_;
  bool has_sip_ = false;
};

}  // namespace

Finding credit_sessions_are_named_once(trace::Trace const& trace, Terms const&) {
  Finding finding = begin("G7", "credit_sessions_are_named_once", "RFC 6733 8.8; RFC 8506 5.2, 8.2, 8.46");
  Names names(finding);
  for (auto const& e : trace.events())
    if (e.repeats == 0 && e.kind == trace::Kind::message) names.note(e);
  return finding;
}

}  // namespace tollgate::rules
