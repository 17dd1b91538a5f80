#pragma once
/// What a playing scenario has named: messages received and sent; and the texts that speak of them.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "actors/actor.hpp"
#include "actors/amendment.hpp"
#include "runner/bed.hpp"

namespace tollgate {

/// Every value of a field of a message, read from its octets; nothing when they cannot be read.
[[nodiscard]] std::vector<std::string> read_field(fields::Path const& path, trace::Event const& event);

class Names {
 public:
  explicit Names(Bed& bed) : bed_(bed) {}

  void received(std::string const& name, Received item);
  void sent(std::string const& name, trace::EventId event);
  void text(std::string const& name, std::string text);
  [[nodiscard]] bool has(std::string const& name) const { return events_.contains(name); }
  /// Throws CaseStopped inconc for an optional message that did not come.
  [[nodiscard]] Received const& request(std::string const& name) const;
  /// Throws CaseStopped inconc for what we could not send.
  [[nodiscard]] trace::EventId event(std::string const& name) const;

  /// Every value of a field of that message; of a request that was challenged of the one in its place, which the response answers.
  [[nodiscard]] std::vector<std::string> values(std::string const& name, std::string_view field) const;
  /// {role.word} and {name:field} filled in; the first value of a field, "" when there is none.
  [[nodiscard]] std::string expanded(std::string_view text) const;
  /// The same in a regular expression, in which what is filled in stands for itself.
  [[nodiscard]] std::string expanded_pattern(std::string_view pattern) const;
  [[nodiscard]] Amendment expanded(Amendment const& amendment) const;

 private:
  [[nodiscard]] std::string word(std::string_view inner) const;
  [[nodiscard]] std::string plain_word(std::string_view inner) const;

  Bed& bed_;
  std::map<std::string, Received> received_;
  std::map<std::string, trace::EventId> events_;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace tollgate
