#include "runner/left_behind.hpp"

#include "codec/sip/message.hpp"
#include "rules/party_view.hpp"

namespace tollgate {

static bool removes_all(trace::Event const& registers) {
  auto const message = sip::Message::parse(registers.octets);
  return message && message->value(sip::Name::contact) == "*";
}

namespace {

/// Messages that the SUT has taken for confirmed: their 200 came at once, and BYE so soon after the last of them that nothing else
/// than those answers can have ended the push. A 200 that comes late, or that is broken, confirms nothing.
class Confirmed {
 public:
  void note(trace::Trace const& trace, trace::Event const& e) {
    if (rules::sent_answer(e, "SEND") && e.about != 0) answer(trace.at(e.about), e);
    if (!rules::received_request(e, "BYE")) return;
    if (e.at_ns <= last_ns_ + soon_ns) whole_ += waiting_;
    waiting_ = 0;
  }
  [[nodiscard]] std::size_t count() const { return whole_; }

 private:
  void answer(trace::Event const& send, trace::Event const& e) {
    constexpr int ok = 200;
    bool const is_whole = rules::content_send(send) && send.meaning.flag == '$';
    if (!is_whole || e.meaning.status != ok || e.at_ns > send.at_ns + soon_ns) return;
    ++waiting_;
    last_ns_ = e.at_ns;
  }

  static constexpr std::int64_t soon_ns = 1'000'000'000;
  std::size_t whole_ = 0, waiting_ = 0;
  std::int64_t last_ns_ = 0;
};

}  // namespace

LeftBehind left_behind(trace::Trace const& trace, std::string const& user, std::size_t stored) {
  constexpr int ok = 200, success = 2001;
  LeftBehind out;
  Confirmed confirmed;
  for (auto const& e : trace.events()) {
    if (e.party != user || e.kind != trace::Kind::message || e.repeats != 0) continue;
    bool const sent = e.direction == trace::Direction::sent;
    if (sent && rules::is_request(e, "REGISTER")) out.binding = true;
    bool const removed = !sent && e.meaning.name == "REGISTER" && e.meaning.status == ok && e.about != 0 && removes_all(trace.at(e.about));
    if (removed) out.binding = false;
    confirmed.note(trace, e);
    bool const is_cca = sent && e.channel == trace::Channel::ch2 && e.meaning.status != 0;
    if (is_cca && (e.meaning.status != success || e.meaning.failure_handling)) out.more = true;
  }
  out.more = out.more || confirmed.count() < stored;
  return out;
}

}  // namespace tollgate
