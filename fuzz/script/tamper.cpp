#include "fuzz/script/tamper.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "fuzz/script/mutations.hpp"
#include "fuzz/script/named_users.hpp"
#include "fuzz/script/part.hpp"
#include "fuzz/script/stimulus.hpp"

namespace tollgate::fuzz {

void MessagePool::remember(trace::Channel channel, std::string const& label, std::string const& of, Octets octets) {
  auto& [newest, other] = kept_[{channel, label}];
  if (newest.of != of) other = std::move(newest);
  newest = {of, std::move(octets)};
}

Octets MessagePool::foreign(trace::Channel channel, std::string const& label, std::string_view not_of) const {
  auto const found = kept_.find({channel, label});
  if (found == kept_.end()) return "";
  auto const& [newest, other] = found->second;
  return newest.of != not_of ? newest.octets : other.octets;
}

namespace {

/// A millisecond each: more of them would be a message that is late.
constexpr std::size_t pieces_most = 50;

std::size_t pieces_of(Change const& cut, std::size_t octets) {
  return std::max<std::size_t>(cut.number, octets / pieces_most);
}

class FlowTamper {
 public:
  FlowTamper(Bed& bed, std::vector<Change> changes, MessagePool& pool)
      : bed_(bed), changes_(std::move(changes)), pool_(pool), later_(bed.clock()) {}

  ~FlowTamper() {
    for (auto const timer : events_) bed_.clock().cancel(timer);
  }
  FlowTamper(FlowTamper const&) = delete;
  FlowTamper& operator=(FlowTamper const&) = delete;

  Departure decide(trace::Event const& planned, Segments segments) {
    is_of_another_ = false;
    auto const nth = ++counts_.at(static_cast<std::size_t>(planned.channel));
    auto const label = label_of(planned);
    Departure out{.octets = planned.octets, .segments = segments};
    for (auto const& change : changes_)
      if (change.channel == planned.channel && change.nth == nth) apply(change, planned, label, out);
    // What has come to its own flow as it is: sent by another flow it is a repetition, and no flow's only answer. One of MSRP may
    // be late: on another connection than its request's it is no answer to that (RFC 4975 7.2).
    bool const is_only_late = planned.channel == trace::Channel::msrp && out.late > Duration::zero() && out.octets == planned.octets &&
                              out.copies == 1 && out.end == Departure::End::none;
    if (!is_of_another_) spends_users(planned.octets, {out.octets, out.behind});
    if (out.says.empty() || is_only_late) pool_.remember(planned.channel, label, planned.party, planned.octets);
    return out;
  }

 private:
  /// Whom a change names whom the message did not: a flow that is given that user would find what this one has left there.
  void spends_users(Octets const& planned, std::array<Octets, 2> const& sent) {
    auto const pattern = std::string_view(bed_.ixit().user_pattern);
    std::vector<unsigned> own;
    for (auto const& octets : sent) {
      if (octets.empty() || octets == planned) continue;
      if (own.empty()) own = named_users(pattern, planned);
      for (auto const number : named_users(pattern, octets))
        if (std::ranges::find(own, number) == own.end()) bed_.spends_user(number);
    }
  }

  /// An answer of MSRP or CH-2 is called by what it answers.
  [[nodiscard]] std::string label_of(trace::Event const& planned) const {
    auto meaning = trace::read_meaning(planned.channel, planned.octets);
    if (meaning.name.empty() && planned.about != 0) meaning.name = bed_.recorder().trace().at(planned.about).meaning.name;
    return meaning.label();
  }

  /// Behind the message, not inside what sends it.
  void stimulates(Change const& also) {
    auto const happens = [this, what = also.what] { stimulate(bed_, "alice", what); };
    if (also.number == 0)
      later_.post(happens);
    else
      events_.push_back(bed_.clock().after(std::chrono::milliseconds(also.number), happens));
  }

  void apply(Change const& change, trace::Event const& planned, std::string const& label, Departure& out) {
    std::string did;
    if (is_of_another_ && changes_octets(change)) return;
    switch (change.act) {
      case Change::Act::mutate:
        if (auto octets = mutated(change, out.octets)) {
          out.octets = std::move(*octets);
          did = find_mutation(change.what)->says;
        }
        break;
      case Change::Act::drop:
        out.copies = 0;
        did = "never sent";
        break;
      case Change::Act::repeat:
        out.copies = static_cast<unsigned>(change.number);
        did = fmt::format("sent {} times", change.number);
        break;
      case Change::Act::late:
        out.late = std::chrono::milliseconds(change.number);
        did = fmt::format("{} ms late", change.number);
        break;
      case Change::Act::cut:
        out.segments = {.octets = pieces_of(change, out.octets.size())};
        did = fmt::format("in pieces of {} octets", out.segments.octets);
        break;
      case Change::Act::close:
      case Change::Act::reset:
        out.end = change.act == Change::Act::reset ? Departure::End::reset : Departure::End::close;
        did = change.act == Change::Act::reset ? "then the connection is reset" : "then the connection is closed";
        break;
      case Change::Act::foreign:
        if (auto other = pool_.foreign(change.channel, label, planned.party); !other.empty()) {
          out.octets = std::move(other);
          out.behind.clear();
          is_of_another_ = true;
          did = "that of another flow instead";
        }
        break;
      case Change::Act::again:
        if (auto octets = mutated(change, out.octets)) {
          out.behind = std::move(*octets);
          did = fmt::format("then a copy in which {}", find_mutation(change.what)->says);
        }
        break;
      case Change::Act::also:
        stimulates(change);
        did = "then " + change.what;
        break;
      case Change::Act::without:
        out.octets = tollgate::fuzz::without(change.channel, out.octets, change.what);
        did = "without " + change.what;
        break;
    }
    if (did.empty()) return;
    out.says += fmt::format("{}{}: {} [{}]", out.says.empty() ? "" : "; ", label, did, to_text(change));
  }

  Bed& bed_;
  std::vector<Change> changes_;
  MessagePool& pool_;
  bool is_of_another_ = false;  ///< what goes out now: another flow's message is not changed, for that flow would have to answer for it
  std::array<unsigned, 3> counts_{};
  std::vector<TimerId> events_;
  Later later_;
};

}  // namespace

std::vector<Change> changes_told(std::string_view told) {
  std::vector<Change> out;
  for (auto at = told.find('['); at != std::string_view::npos; at = told.find('[', at + 1))
    if (auto change = parse_change(told.substr(at + 1, told.find(']', at) - at - 1))) out.push_back(std::move(*change));
  return out;
}

std::size_t piece_octets(std::string_view told, std::size_t octets) {
  for (auto const& change : changes_told(told))
    if (change.act == Change::Act::cut) return pieces_of(change, octets);
  return 0;
}

Octets octets_sent(trace::Trace const& trace, trace::Channel channel, unsigned nth) {
  auto const change = fmt::format("[{} {} ", trace::to_string(channel), nth);
  auto const told = std::ranges::find_if(
      trace.events(), [&](trace::Event const& event) { return event.kind == trace::Kind::tampered && event.note.contains(change); });
  if (told == trace.events().end()) return "";
  auto const sent = std::find_if(told, trace.events().end(), [&](trace::Event const& event) {
    return event.kind == trace::Kind::message && event.direction == trace::Direction::sent && event.channel == channel;
  });
  return sent == trace.events().end() ? "" : sent->octets;
}

void tampers(Bed& bed, std::vector<Change> changes, MessagePool& pool) {
  auto const tamper = std::make_shared<FlowTamper>(bed, std::move(changes), pool);
  bed.recorder().tampers([tamper](trace::Event const& planned, Segments segments) { return tamper->decide(planned, segments); });
}

}  // namespace tollgate::fuzz
