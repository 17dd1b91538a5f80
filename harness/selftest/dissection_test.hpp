#pragma once
/// What tshark reads in messages, taken from its PDML, and how that is held beside what we read.
#include <map>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "trace/event.hpp"

namespace tollgate::selftest {

/// Readings of one message: the values of each field in the order of the message, under the name of tshark's filter.
using Facts = std::map<std::string, std::vector<std::string>>;

struct Dissected {
  std::string name;              ///< of the sample
  Octets octets;                 ///< one message
  pugi::xml_node protocol = {};  ///< tshark's element of the channel's protocol; null when it found none
};

/// Writes the messages as a capture with our own writer, gives it to tshark, and fills in what it found. A tshark that
/// is not there, or that does not answer for each message, fails the test.
[[nodiscard]] pugi::xml_document dissect(trace::Channel channel, std::vector<Dissected>& messages);

/// The octets that a field covers.
[[nodiscard]] std::string octets_of(pugi::xml_node field);
/// Every field below `node` whose name is among `names`, in document order: what it shows, without folding.
[[nodiscard]] Facts facts_of(pugi::xml_node node, std::span<std::string_view const> names);
/// Runs of white space as one space, none at the ends.
[[nodiscard]] std::string unfolded(std::string_view text);

/// A disagreement that was looked into, with who is wrong and why.
struct Excuse {
  std::string_view file;
  std::vector<std::string_view> fields;
  std::string_view reason;
};

/// Fails for each field that the two read differently, and for each excuse that nothing needs.
class Agreement {
 public:
  explicit Agreement(std::span<Excuse const> excuses) : excuses_(excuses) {}
  void compare(std::string const& sample, Facts const& ours, Facts const& tsharks);
  void finish(std::size_t fields_at_least) const;

 private:
  [[nodiscard]] bool is_excused(std::string const& sample, std::string const& field);

  std::span<Excuse const> excuses_;
  std::vector<std::string> used_;
  std::size_t compared_ = 0;
};

}  // namespace tollgate::selftest
