/// Whatever dictionary text is accepted is consistent: names and codes are unique, each look-up finds the rule that the
/// list shows, and no group or command names an AVP that is not there.
#include <set>

#include "codec/diameter/dictionary.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using diameter::Dictionary;
using fuzz::require;

static void check_members(Dictionary const& dictionary, std::vector<diameter::Occurrence> const& members) {
  for (auto const& member : members) {
    require(member.avp == "AVP" || dictionary.avp(member.avp) != nullptr, "a grammar names an AVP that is not there");
    require(member.least <= member.most, "a grammar wants more of an AVP than it allows");
  }
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzz::text(data, size);
  auto const dictionary = Dictionary::parse(text);
  if (!dictionary) {
    require(dictionary.error().offset <= text.size(), "an error lies outside of the text");
    return 0;
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> codes;
  std::set<std::string_view> names;
  for (auto const& rule : dictionary->avps()) {
    require(codes.emplace(rule.vendor, rule.code).second && names.insert(rule.name).second, "an AVP stands there twice");
    require(dictionary->avp(rule.name) == &rule, "the look-up by name finds another rule");
    require(dictionary->avp(rule.code, rule.vendor) == &rule, "the look-up by code finds another rule");
    require(rule.members.empty() || rule.type == diameter::Type::grouped, "an AVP that is not Grouped has members");
    check_members(*dictionary, rule.members);
  }
  for (auto const& rule : dictionary->commands()) {
    require(dictionary->command(rule.code, rule.request) == &rule, "the look-up of a command finds another rule");
    check_members(*dictionary, rule.avps);
  }
  require(!names.contains("no such AVP") && dictionary->avp("no such AVP") == nullptr, "an unknown name is found");
  return 0;
}
