#include "fuzz/script/shrink.hpp"

#include <algorithm>

#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

class Shrinking {
 public:
  Shrinking(std::vector<Script> scripts, std::function<bool(std::span<Script const>)> const& shows, unsigned trials,
            std::span<SimpleBase const> simple)
      : best_(std::move(scripts)), shows_(shows), left_(trials), simple_(simple) {}

  std::vector<Script> go() {
    fewer_flows();
    fewer_changes();
    simpler_bases();
    earlier_messages();
    no_copies();
    nothing_behind();
    smaller_numbers();
    other_choices();
    nothing_behind();
    return std::move(best_);
  }

 private:
  [[nodiscard]] bool may_go_on() const { return left_ > 0 && !was_interrupted(); }

  bool keeps(std::vector<Script> candidate) {
    if (!may_go_on() || candidate.empty()) return false;
    --left_;
    if (!shows_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  /// Zeller's ddmin: without one of ever smaller parts, the last first, as the culprit is rather among those.
  void fewer_flows() {
    for (std::size_t part = best_.size() / 2; part > 0; part /= 2)
      for (std::size_t end = best_.size(); end > 0 && left_ > 0;) {
        auto const from = end > part ? end - part : 0;
        auto fewer = best_;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(from), fewer.begin() + static_cast<std::ptrdiff_t>(end));
        keeps(std::move(fewer));
        end = from;
      }
  }

  void fewer_changes() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = best_[flow].changes.size(); change > 0; --change) {
        auto fewer = best_;
        fewer[flow].changes.erase(fewer[flow].changes.begin() + static_cast<std::ptrdiff_t>(change - 1));
        keeps(std::move(fewer));
      }
  }

  void simpler_bases() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (auto const& simple : simple_)
        if (best_[flow].base == simple.name || stands_on(flow, simple)) break;
  }

  /// There the messages may have lower numbers.
  bool stands_on(std::size_t flow, SimpleBase const& simple) {
    auto const& changes = best_[flow].changes;
    if (simple.requests > 0 && std::ranges::any_of(changes, [](Change const& one) { return one.channel != trace::Channel::sip; }))
      return false;
    auto const first = changes.empty() ? 1 : std::ranges::min(changes, {}, &Change::nth).nth;
    for (unsigned lower = 0; lower < std::max(first, 1U) && may_go_on(); ++lower) {
      auto simpler = best_;
      simpler[flow].base = simple.name;
      for (auto& change : simpler[flow].changes) change.nth -= lower;
      if (keeps(std::move(simpler))) return true;
    }
    return false;
  }

  /// What the third message shows the first may show, with less before it.
  void earlier_messages() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = 0; change < best_[flow].changes.size(); ++change)
        for (unsigned nth = 1; nth < best_[flow].changes[change].nth && may_go_on(); ++nth) {
          auto earlier = best_;
          earlier[flow].changes[change].nth = nth;
          if (keeps(std::move(earlier))) break;
        }
  }

  /// So many requests are all that we send in that flow; 0 where there is more.
  [[nodiscard]] unsigned requests_in(Script const& script) const {
    auto const base = std::ranges::find(simple_, std::string_view(script.base), &SimpleBase::name);
    return base == simple_.end() ? 0 : base->requests;
  }

  /// Where all of ours on that channel are of one shape, as the answers on CH-2 are, the mutation may choose in the first of them what it
  /// chose here. These are many trials.
  void other_choices() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = 0; change < best_[flow].changes.size(); ++change) {
        auto const& now = best_[flow].changes[change];
        bool const is_alike = now.channel == trace::Channel::ch2 || requests_in(best_[flow]) > 0;
        if (now.nth > 1 && is_alike && draws_mutation(now.act)) chooses_anew(flow, change);
      }
  }
  void chooses_anew(std::size_t flow, std::size_t change) {
    constexpr std::uint64_t choices = 16;
    auto first = best_;
    auto& moved = first[flow].changes[change];
    moved.nth = 1;
    for (moved.number = 1; moved.number <= choices; ++moved.number)
      if (keeps(first)) return;
  }

  /// What a changed copy behind the message shows the message may show.
  void no_copies() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = 0; change < best_[flow].changes.size(); ++change) {
        if (best_[flow].changes[change].act != Change::Act::again) continue;
        auto alone = best_;
        alone[flow].changes[change].act = Change::Act::mutate;
        keeps(std::move(alone));
      }
  }

  /// The rest of the requests is not sent.
  void nothing_behind() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow) {
      std::vector<bool> is_changed(requests_in(best_[flow]) + 1, false);
      unsigned last = 0;
      for (auto const& change : best_[flow].changes) {
        if (change.nth < is_changed.size()) is_changed[change.nth] = true;
        if (change.act != Change::Act::drop) last = std::max(last, change.nth);
      }
      for (auto first = last + 1; last > 0 && first < is_changed.size(); ++first) {
        auto shorter = best_;
        for (auto nth = first; nth < is_changed.size(); ++nth)
          if (!is_changed[nth]) shorter[flow].changes.push_back({.channel = trace::Channel::sip, .nth = nth, .act = Change::Act::drop});
        if (shorter == best_ || keeps(std::move(shorter))) break;
      }
    }
  }

  /// Two copies do where twenty did, and no delay where there was one.
  void smaller_numbers() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = 0; change < best_[flow].changes.size(); ++change) {
        auto const& now = best_[flow].changes[change];
        std::uint64_t const least = now.act == Change::Act::repeat ? 2 : now.act == Change::Act::late ? 1 : now.number;
        if (now.number <= least) continue;
        auto smaller = best_;
        smaller[flow].changes[change].number = least;
        keeps(std::move(smaller));
      }
  }

  std::vector<Script> best_;
  std::function<bool(std::span<Script const>)> const& shows_;
  unsigned left_;
  std::span<SimpleBase const> simple_;
};

}  // namespace

std::vector<Script> shrunk(std::vector<Script> scripts, std::function<bool(std::span<Script const>)> const& shows, unsigned trials_most,
                           std::span<SimpleBase const> simple) {
  return Shrinking(std::move(scripts), shows, trials_most, simple).go();
}

}  // namespace tollgate::fuzz
