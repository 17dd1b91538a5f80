#pragma once
/// Cuts a message into chunks that its sender may interrupt and its receiver put together again (RFC 4975 5.1).
#include <cstddef>
#include <vector>

#include "base/random.hpp"
#include "codec/msrp/message.hpp"

namespace tollgate::msrp {

/// `send` as SENDs of at most `octets` octets of its body each (at least 1): its header fields in their order with a
/// Byte-Range before the MIME headers, a transaction id of its own that does not occur in the chunk, "+" on all but the
/// last. The range-end is "*" where the chunk has more than 2048 octets. An empty body gives one chunk, 1-0/0.
/// A `send` without a body is given back as it is, with another transaction id.
[[nodiscard]] std::vector<Message> chunks(Message const& send, std::size_t octets, Random& random);

}  // namespace tollgate::msrp
