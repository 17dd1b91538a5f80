#pragma once
/// What proves a verdict, as it stands in a row of a page: the ladder and the messages behind its arrows. What passed is packed (RFC 1950,
/// base64) and the page's script shows it; so is what failed, where a page has many failures. A page has room for so much: beyond it a row
/// keeps its ladder, and says where the messages are.
#include <cstddef>
#include <limits>
#include <span>
#include <string>

#include "reports/artefacts.hpp"

namespace tollgate::reports {

/// The octets that the evidence of a page may take, shared evenly: what a case leaves, those behind it may have.
class Room {
 public:
  Room(std::size_t octets, std::size_t cases) : left_(octets), cases_(cases), unpacked_(octets / 4) {}
  [[nodiscard]] std::size_t share() const { return left_ / (cases_ == 0 ? 1 : cases_); }
  /// Whether so much may stand there as it is, to be seen without the script.
  [[nodiscard]] bool has_unpacked(std::size_t size) const;
  void takes(std::size_t size);
  void takes_unpacked(std::size_t size);

 private:
  std::size_t left_, cases_, unpacked_;
};

/// The ladder of `trace` around its witnesses, and the messages behind at most so many of its arrows, the witnesses' first.
[[nodiscard]] std::string picture(trace::Trace const& trace, std::span<trace::EventId const> witnesses = {},
                                  std::size_t messages_most = std::numeric_limits<std::size_t>::max());

/// `<div class="picture">` of a case that has artefacts, within its share of the room.
[[nodiscard]] std::string evidence(CaseResult const& result, Room& room);

}  // namespace tollgate::reports
