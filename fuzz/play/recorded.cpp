#include "fuzz/play/recorded.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "fuzz/play/flow.hpp"

namespace tollgate::fuzz {

namespace {

using trace::Channel;
using trace::Direction;
using trace::Event;
using trace::Kind;

/// What a campaign has noted that it did: "200 OK: ... [msrp 1 drop]; ... [sip 2 late 30]".
void add_noted(std::vector<Change>& changes, std::string_view note) {
  for (auto at = note.find('['); at != std::string_view::npos; at = note.find('[', at + 1))
    if (auto change = parse_change(note.substr(at + 1, note.find(']', at) - at - 1))) changes.push_back(std::move(*change));
}

/// One user's push, read event by event.
class Push {
 public:
  void read(Event const& event, trace::Trace const& trace) {
    if (event.kind != Kind::message) return;
    event.direction == Direction::sent ? note_sent(event, trace) : note_received(event);
  }
  [[nodiscard]] bool has_registered() const { return registers_ > 0; }
  [[nodiscard]] Script script() const {
    Script out{.base = variant(), .changes = changes_};
    // In the flow the SIP messages begin with a MESSAGE for each that is stored, which another user sends.
    unsigned const stored = out.base == "push-three" ? 3 : 1;
    for (auto& change : out.changes) change.nth += change.channel == Channel::sip ? stored : 0;
    return out;
  }

 private:
  [[nodiscard]] std::string variant() const {
    constexpr std::size_t long_octets = 5000;
    if (to_reserve_ != 0) return "push-no-credit";
    if (to_invite_ != 0) return "push-refused";
    if (to_send_ != 0) return "push-rejected";
    if (registers_ > 1) return "push-and-leave";
    if (octets_ > long_octets) return "push-long";
    if (messages_ > 1) return "push-three";
    return is_tcp_ ? "push-tcp" : "push";
  }

  void note_sent(Event const& event, trace::Trace const& trace) {
    auto const channel = static_cast<std::size_t>(event.channel);
    if (event.repeats != 0) {
      auto const first = nth_of_.find(event.repeats);
      if (first != nth_of_.end()) note_repeat(event.channel, first->second);
      return;
    }
    auto const nth = ++counts_.at(channel);
    nth_of_.emplace(event.id, nth);
    constexpr std::int64_t ms = 1'000'000, late_least_ms = 50;
    auto const after_ms = event.about == 0 ? 0 : (event.at_ns - trace.at(event.about).at_ns) / ms;
    if (after_ms >= late_least_ms)
      changes_.push_back({.channel = event.channel,
                          .nth = nth,
                          .act = Change::Act::late,
                          .number = std::min<std::uint64_t>(static_cast<std::uint64_t>(after_ms), late_most_ms)});
    note_answer(event);
    if (event.channel == Channel::sip && event.meaning.name == "REGISTER" && event.meaning.is_request()) ++registers_;
    if (event.channel == Channel::sip) is_tcp_ |= event.transport == trace::Transport::tcp;
  }

  void note_repeat(Channel channel, unsigned nth) {
    auto const known = std::ranges::find_if(
        changes_, [&](Change const& one) { return one.channel == channel && one.nth == nth && one.act == Change::Act::repeat; });
    if (known == changes_.end())
      changes_.push_back({.channel = channel, .nth = nth, .act = Change::Act::repeat, .number = 2});
    else
      known->number = std::min(known->number + 1, repeats_most);
  }

  /// Those by which the variants differ.
  void note_answer(Event const& event) {
    constexpr int least_refusal = 300;
    auto const& [name, status] = std::pair(event.meaning.name, event.meaning.status);
    if (event.channel == Channel::ch2 && name == "reserve_units" && status != 0 && !event.meaning.grants_delivery) to_reserve_ = status;
    if (event.channel == Channel::sip && name == "INVITE" && status >= least_refusal) to_invite_ = status;
    if (event.channel == Channel::msrp && name == "SEND" && status >= least_refusal) to_send_ = status;
  }

  void note_received(Event const& event) {
    bool const carries = event.channel == Channel::msrp && event.meaning.name == "SEND" && event.meaning.has_body;
    if (!carries || event.repeats != 0) return;
    octets_ += event.octets.size();
    messages_ += event.meaning.flag == '$' ? 1 : 0;
  }

  std::array<unsigned, 3> counts_{};  ///< of our messages, by Channel
  std::map<trace::EventId, unsigned> nth_of_;
  std::vector<Change> changes_;
  unsigned registers_ = 0;
  std::size_t messages_ = 0, octets_ = 0;  ///< that came over MSRP
  int to_reserve_ = 0, to_invite_ = 0, to_send_ = 0;  ///< refusals
  bool is_tcp_ = false;
};

}  // namespace

std::vector<Script> recorded_in(trace::Trace const& trace) {
  constexpr std::size_t changes_most = 6;
  std::map<std::string, Push> pushes;
  std::vector<Change> noted;
  for (auto const& event : trace.events()) {
    if (event.kind == Kind::tampered) add_noted(noted, event.note);
    if (!event.party.empty()) pushes[event.party].read(event, trace);
  }
  std::vector<Script> out;
  for (auto const& [party, push] : pushes) {
    if (!push.has_registered()) continue;
    auto script = push.script();
    if (!noted.empty()) script.changes = noted;  // they count our messages as the flow does, and say all that was done
    script.changes.resize(std::min(script.changes.size(), changes_most));
    if (script.base != plain_push().name || !script.changes.empty()) out.push_back(std::move(script));
  }
  return out;
}

}  // namespace tollgate::fuzz
