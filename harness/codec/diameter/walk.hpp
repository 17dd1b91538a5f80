#pragma once
/// Visits every AVP of a message, those inside Grouped ones too, without allocating.
#include <array>
#include <cstddef>
#include <string_view>

#include "codec/diameter/avp_cursor.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::diameter {

inline constexpr std::size_t walk_depth_max = 64;

/// Calls `visit(AvpView const&, AvpRule const*, depth)` for each AVP in the order of the octets; the rule is null where
/// the dictionary does not know the AVP, the depth is 0 at the top. Groups deeper than `limits.depth` (at most
/// `walk_depth_max`) are an error, as is what cannot be read; offsets count from the start of the message.
template <class Visit>
[[nodiscard]] Parsed<void> walk(std::string_view message, Dictionary const& dictionary, Visit visit, Limits const& limits = {}) {
  if (auto const header = parse_header(message, limits); !header) return std::unexpected(header.error());
  std::array<AvpCursor, walk_depth_max + 1> groups;
  groups[0] = AvpCursor(message.substr(message_header_size), message_header_size);
  auto const depth_max = limits.depth < walk_depth_max ? limits.depth : walk_depth_max;
  std::size_t count = 0;
  for (std::size_t depth = 0;;) {
    if (groups[depth].at_end()) {
      if (depth == 0) return {};
      --depth;
      continue;
    }
    auto const avp = groups[depth].next();
    if (!avp) return std::unexpected(avp.error());
    if (++count > limits.avps) return over_limit(avp->offset, "AVP", "RFC 6733 4.1", "too many AVPs");
    AvpRule const* const rule = dictionary.avp(avp->code, avp->vendor);
    visit(*avp, rule, depth);
    if (rule == nullptr || rule->type != Type::grouped) continue;
    if (depth == depth_max) return over_limit(avp->offset, "Grouped", "RFC 6733 4.4", "groups too deep");
    groups[++depth] = AvpCursor(avp->data, avp->data_offset());
  }
}

}  // namespace tollgate::diameter
