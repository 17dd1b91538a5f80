#include "fuzz/script/generate.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "fuzz/script/capabilities.hpp"
#include "fuzz/script/mutations.hpp"
#include "fuzz/script/stimulus.hpp"

namespace tollgate::fuzz {

namespace {

constexpr std::uint64_t rarely = 40;  ///< what has been found is drawn so much more seldom

constexpr std::array all_channels{trace::Channel::sip, trace::Channel::msrp, trace::Channel::ch2};

/// One of 32 that breaks what every flow shares, the Diameter connection, does so; the others become another change.
bool spares_the_connection(Change const& change, Random& random) {
  constexpr std::uint64_t seldom = 32;
  if (change.channel != trace::Channel::ch2) return true;
  auto const* const mutation = draws_mutation(change.act) ? find_mutation(change.what) : nullptr;
  bool const breaks = change.act == Change::Act::close || change.act == Change::Act::reset || change.act == Change::Act::cut ||
                      (mutation != nullptr && mutation->framing == Framing::broken);
  return !breaks || random.below(seldom) == 0;
}

Change::Act draw_act(Random& random) {
  using enum Change::Act;
  constexpr std::uint64_t hundred = 100;
  struct Share {
    std::uint64_t below;
    Change::Act act;
  };
  constexpr std::array shares{Share{66, mutate}, Share{70, drop},  Share{75, repeat},  Share{79, late},  Share{83, cut},
                              Share{86, close},  Share{88, reset}, Share{91, foreign}, Share{95, again}, Share{100, also}};
  auto const drawn = random.below(hundred);
  return std::ranges::find_if(shares, [&](auto const& share) { return drawn < share.below; })->act;
}

std::uint64_t draw_number(Change::Act act, Random& random) {
  constexpr std::array<std::uint64_t, 6> repeats{2, 2, 2, 3, 5, 20};
  constexpr std::array<std::uint64_t, 16> late{1,   1,   10,  10,   50,   50,   150,    150,  // the last two are behind a Tx of 10 s and
                                               300, 700, 700, 1500, 2500, 4500, 11'000, 33'000};  // RFC 3261's 64*T1
  constexpr std::array<std::uint64_t, 6> pieces{1, 3, 7, 20, 64, 300};
  switch (act) {
    case Change::Act::mutate:
    case Change::Act::again: return random.next() % 1'000'000'000;
    case Change::Act::repeat: return repeats[random.below(repeats.size())];
    case Change::Act::late: return late[random.below(late.size())];
    case Change::Act::cut: return pieces[random.below(pieces.size())];
    default: return 0;
  }
}

}  // namespace

bool Channels::has(trace::Channel channel) const {
  return channel == trace::Channel::sip ? sip : channel == trace::Channel::msrp ? msrp : ch2;
}

Generator::Generator(std::uint64_t seed, std::vector<FlowProfile> profiles, Channels channels, Draws draws)
    : seed_(seed), profiles_(std::move(profiles)), channels_(channels), draws_(draws) {
  std::erase_if(profiles_, [&](auto const& one) {
    return std::ranges::none_of(all_channels, [&](auto c) { return channels_.has(c) && one.sent.at(static_cast<std::size_t>(c)) > 0; });
  });
}

FlowProfile const& Generator::profile_of(std::string const& base) const {
  TOLLGATE_ASSERT(can_change_any());
  auto const found = std::ranges::find(profiles_, base, &FlowProfile::base);
  return found == profiles_.end() ? profiles_.front() : *found;
}

Change Generator::draw(FlowProfile const& profile, Random& random) const {
  std::vector<trace::Channel> open;
  for (auto const channel : all_channels)
    if (channels_.has(channel) && profile.sent.at(static_cast<std::size_t>(channel)) > 0) open.push_back(channel);
  while (true) {
    Change out{.channel = open[random.below(open.size())]};
    out.nth = 1 + static_cast<unsigned>(random.below(profile.sent.at(static_cast<std::size_t>(out.channel))));
    out.act = draws_.mutates_only ? Change::Act::mutate : draw_act(random);
    if (draws_mutation(out.act)) {
      auto const those = mutations_on(out.channel, channels_.binding);
      out.what = those[random.below(those.size())]->name;
    }
    if (out.act == Change::Act::also) out.what = stimuli()[random.below(stimuli().size())];
    out.number = draw_number(out.act, random);
    if (draws_.avoids_found && avoids(out) && random.below(rarely) != 0) continue;
    if (spares_the_connection(out, random)) return out;
  }
}

bool Generator::avoids(Change const& change) const {
  return std::ranges::any_of(found_, [&](Change const& one) {
    return one.channel == change.channel && one.act == change.act && one.what == change.what &&
           (one.nth == change.nth || draws_mutation(one.act));
  });
}

Script Generator::capabilities_case(std::uint64_t number, Random random) const {
  auto const those = mutations_on(trace::Channel::ch2, channels_.binding);
  Change change{.channel = trace::Channel::ch2, .nth = nth_of_capabilities};
  do {
    change.what = those[random.below(those.size())]->name;
    change.number = draw_number(change.act, random);
  } while (draws_.avoids_found && avoids(change) && random.below(rarely) != 0);
  return {.base = profiles_.front().base, .changes = {change}, .number = number};
}

Script Generator::make(std::uint64_t number, Script const* parent) const {
  auto random = Random::of({seed_, number});
  constexpr std::uint64_t in_so_many = 1000;
  if (draws_.capabilities && number % in_so_many == in_so_many / 2) return capabilities_case(number, random);
  Script out{.base = {}, .changes = {}, .number = number};
  constexpr std::size_t most_changes = 6;
  if (parent != nullptr && !parent->changes.empty()) {
    out.base = parent->base;
    out.changes = parent->changes;
    constexpr std::uint64_t one_fewer = 5;
    bool const lose = out.changes.size() > 1 && (out.changes.size() >= most_changes || random.below(one_fewer) == 0);
    if (lose) out.changes.erase(out.changes.begin() + static_cast<std::ptrdiff_t>(random.below(out.changes.size())));
    out.changes.push_back(draw(profile_of(out.base), random));
    return out;
  }
  auto const& profile = profiles_[random.below(profiles_.size())];
  out.base = profile.base;
  constexpr std::array<unsigned, 8> how_many{1, 1, 1, 1, 1, 2, 2, 3};
  for (auto n = how_many[random.below(how_many.size())]; n > 0; --n) out.changes.push_back(draw(profile, random));
  return out;
}

}  // namespace tollgate::fuzz
