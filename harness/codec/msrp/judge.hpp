#pragma once
/// What is wrong with an MSRP message and what its receiver has to make of it (RFC 4975 7, 9, 10; RFC 4976).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/judgement.hpp"
#include "codec/msrp/message.hpp"

namespace tollgate::msrp {

/// What the receiver knows besides the octets. What is left empty is not looked at.
struct Context {
  std::optional<std::vector<std::string>> sessions = {};      ///< our MSRP URIs: any other is answered 481
  std::optional<std::vector<std::string>> accept_types = {};  ///< of our SDP: any other is answered 415
  std::optional<std::vector<std::string>> transactions = {};  ///< ids of our open requests: other responses are stray
  std::optional<std::vector<std::string>> messages = {};      ///< Message-IDs we sent: REPORTs on others are ignored
  Limits limits = {};
  /// Octets of a whole message over all its chunks; what its Byte-Range claims beyond is answered 413.
  std::uint64_t message_octets_max = std::uint64_t{1} << 32;
};

/// Judges the octets of one message, as `frame` cut it or up to the end of the stream. `answer` is the status of the
/// response that the receiver sends because of what it found; nothing for a message that can be served, a response, a
/// REPORT, a request with Failure-Report no, or where the connection has to be closed instead.
/// The body of a whole message/cpim is judged as such.
[[nodiscard]] Judgement judge(std::string_view octets, Context const& context = {});

}  // namespace tollgate::msrp
