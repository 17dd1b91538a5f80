#include "runner/axes.hpp"

#include <algorithm>

namespace tollgate {

std::span<Axis const> axes() {
  static std::vector<Axis> const all{
      {"debit", &Profile::debit, {{"first", "D-FIRST"}, {"each", "D-EACH"}, {"all", "D-ALL"}, {"pre", "D-PRE"}}, {}},
      {"credit",
       &Profile::credit,
       {{"ecur", "C-ECUR"}, {"ecuru", "C-ECURU"}, {"split", "C-SPLIT"}, {"literal", "C-LITERAL"}},
       {"C-ECUR", "C-ECURU", "C-SPLIT"}},
      {"units", &Profile::units, {{"sent", "U-SENT"}, {"ok", "U-OK"}, {"flat", "U-FLAT"}}, {}},
      {"release", &Profile::release, {{"loose", "G-LOOSE"}, {"strict", "G-STRICT"}}, {}},
      {"unlisted", &Profile::unlisted, {{"settle", "E-SETTLE"}, {"strict", "E-STRICT"}}, {"E-SETTLE"}},
      {"denial", &Profile::denial, {{"deny", "X-DENY"}, {"table3", "X-TABLE3"}, {"open", "X-OPEN"}}, {"X-DENY"}},
      {"not_applicable", &Profile::not_applicable, {{"free", "X-4011-FREE"}, {"debit", "X-4011-DEBIT"}}, {"X-4011-FREE"}},
      {"quota", &Profile::quota, {{"count", "Q-COUNT"}, {"any", "Q-ANY"}, {"soft", "Q-SOFT"}}, {"Q-COUNT"}},
      {"trigger", &Profile::trigger, {{"pending", "R-ONPENDING"}, {"every", "R-EVERY"}}, {"R-ONPENDING"}},
      {"note", &Profile::note, {{"bye", "N-BYE"}, {"msrp", "N-MSRP"}}, {"N-BYE"}},
      {"setup", &Profile::setup, {{"actpass", "S-ACTPASS"}, {"legacy", "S-LEGACY"}}, {"S-ACTPASS"}},
      {"content", &Profile::content, {{"cpim", "M-CPIM"}, {"plain", "M-PLAIN"}}, {}},
      {"feature", &Profile::feature, {{"oma", "F-OMA"}, {"rcs", "F-RCS"}}, {"F-OMA"}},
      // What the SUT file says elsewhere, by charging.binding, ics.third_party_register and ics.tls: here each is as good as another.
      {"", nullptr, {{"", "B-DIA"}}, {}},
      {"", nullptr, {{"", "R-DIRECT"}, {"", "R-3PTY"}}, {}},
      {"", nullptr, {{"", "S-TLS"}}, {}},
  };
  return all;
}

static Axis const* axis_of(std::string_view value) {
  auto const has = [&](Axis const& axis) {
    return std::ranges::find(axis.words, value, [](auto const& word) { return word.second; }) != axis.words.end();
  };
  auto const found = std::ranges::find_if(axes(), has);
  return found == axes().end() ? nullptr : &*found;
}

std::vector<std::string_view> axis_values() {
  std::vector<std::string_view> out;
  for (auto const& axis : axes())
    for (auto const& [word, value] : axis.words) out.push_back(value);
  return out;
}

bool is_axis_value(std::string_view word) {
  return axis_of(word) != nullptr;
}

std::vector<std::string_view> possible(Profile const& profile, std::string_view value) {
  auto const* const axis = axis_of(value);
  if (axis == nullptr) return {};
  std::vector<std::string_view> words;
  if (axis->declared != nullptr && !(profile.*axis->declared).empty())
    words = {profile.*axis->declared};
  else if (axis->declared != nullptr)
    words = allowed_by(profile.bundle, axis->key);
  if (words.empty() && !axis->otherwise.empty()) return axis->otherwise;
  std::vector<std::string_view> out;
  for (auto const& [word, named] : axis->words)
    if (words.empty() || std::ranges::find(words, word) != words.end()) out.push_back(named);
  return out;
}

/// For each axis that `words` name, whether `holds(what is possible on it)`.
template <class Holds>
static bool on_each_axis(Profile const& profile, std::span<std::string const> words, Holds holds) {
  return std::ranges::all_of(words, [&](auto const& word) { return holds(possible(profile, word)); });
}

bool is_certain(Profile const& profile, std::span<std::string const> words) {
  return on_each_axis(profile, words, [&](auto const& values) {
    return std::ranges::all_of(values, [&](auto value) { return std::ranges::find(words, value) != words.end(); });
  });
}

bool is_possible(Profile const& profile, std::span<std::string const> words) {
  return on_each_axis(profile, words, [&](auto const& values) {
    return std::ranges::any_of(values, [&](auto value) { return std::ranges::find(words, value) != words.end(); });
  });
}

}  // namespace tollgate
