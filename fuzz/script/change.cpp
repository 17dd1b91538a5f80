#include "fuzz/script/change.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

#include "fuzz/script/mutations.hpp"
#include "fuzz/script/part.hpp"
#include "fuzz/script/stimulus.hpp"

namespace tollgate::fuzz {

namespace {

struct ActWord {
  Change::Act act;
  std::string_view word;
  bool has_what, has_number;
};
constexpr std::array acts{
    ActWord{Change::Act::mutate, "mutate", true, true},    ActWord{Change::Act::drop, "drop", false, false},
    ActWord{Change::Act::repeat, "repeat", false, true},   ActWord{Change::Act::late, "late", false, true},
    ActWord{Change::Act::cut, "cut", false, true},         ActWord{Change::Act::close, "close", false, false},
    ActWord{Change::Act::reset, "reset", false, false},    ActWord{Change::Act::foreign, "foreign", false, false},
    ActWord{Change::Act::again, "again", true, true},      ActWord{Change::Act::also, "also", true, false},
    ActWord{Change::Act::without, "without", true, false},
};

ActWord const& word_of(Change::Act act) {
  return *std::ranges::find(acts, act, &ActWord::act);
}

/// Why the number of that act means nothing; "" when it does.
std::string out_of_range(Change const& change) {
  bool const is_time = change.act == Change::Act::late || change.act == Change::Act::also;
  auto const most = change.act == Change::Act::repeat ? repeats_most : is_time ? late_most_ms : UINT64_MAX;
  if (change.act == Change::Act::cut && change.number == 0) return "pieces have an octet or more";
  return change.number > most ? fmt::format("{} is the most", most) : "";
}

}  // namespace

bool draws_mutation(Change::Act act) {
  return act == Change::Act::mutate || act == Change::Act::again;
}

std::string to_text(Change const& change) {
  auto const& act = word_of(change.act);
  auto out = fmt::format("{} {} {}", trace::to_string(change.channel), change.nth, act.word);
  if (act.has_what) out += " " + change.what;
  if (act.has_number || (change.act == Change::Act::also && change.number > 0)) out += fmt::format(" {}", change.number);
  return out;
}

std::expected<Change, std::string> parse_change(std::string_view text) {
  auto const words = split(text, ' ');
  auto const bad = [&](std::string_view why) { return std::unexpected(fmt::format("\"{}\": {}", text, why)); };
  if (words.size() < 3) return bad("a change is channel, number, act: \"sip 3 drop\"");
  Change out;
  constexpr std::array channels{trace::Channel::sip, trace::Channel::msrp, trace::Channel::ch2};
  auto const channel = std::ranges::find(channels, words[0], [](auto one) { return trace::to_string(one); });
  if (channel == channels.end()) return bad("the channel is sip, msrp or ch2");
  out.channel = *channel;
  auto const nth = to_number<unsigned>(words[1]);
  constexpr unsigned nth_most = 10'000;
  if (!nth || *nth > nth_most) return bad("the second word is the number of a message, from 1 to 10000");
  out.nth = *nth;
  auto const act = std::ranges::find(acts, words[2], &ActWord::word);
  if (act == acts.end()) return bad("the third word is mutate, drop, repeat, late, cut, close, reset, foreign, again, also or without");
  out.act = act->act;
  constexpr std::size_t also_later = 5;  // its number may be left out
  bool const has_number = act->has_number || (out.act == Change::Act::also && words.size() == also_later);
  bool const is_of_capabilities = out.channel == trace::Channel::ch2 && out.act == Change::Act::mutate;
  if (out.nth == 0 && !is_of_capabilities) return bad("messages are counted from 1; ch2 0, the answer to a CER, is only mutated");
  std::size_t const expected = 3U + (act->has_what ? 1U : 0U) + (has_number ? 1U : 0U);
  if (words.size() != expected) return bad(fmt::format("{} takes {} words behind it", act->word, expected - 3));
  if (act->has_what) out.what = words[3];
  if (draws_mutation(out.act) && find_mutation(out.what) == nullptr) return bad("there is no such mutation");
  if (out.act == Change::Act::also && !is_stimulus(out.what)) return bad(fmt::format("there is {}", stimulus_words()));
  if (out.act == Change::Act::without && !is_part(out.what)) return bad("a part is a header field, the code of an AVP, or octets: 120+40");
  if (has_number) {
    auto const number = to_number<std::uint64_t>(words.back());
    if (!number) return bad("the last word is a number");
    out.number = *number;
  }
  if (auto const why = out_of_range(out); !why.empty()) return bad(why);
  return out;
}

}  // namespace tollgate::fuzz
