#include <fmt/format.h>

#include "codec/msrp/views.hpp"
#include "runner/claims.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/msrp/msrp.hpp"

namespace tollgate::deferred_push {

static constexpr auto wrong_range = "wrong msrp.Byte-Range";

/// Each chunk begins behind the one before; its end is "*" or exact, the total the same in all of them (RFC 4975 7.1.1).
class Ranges {
 public:
  explicit Ranges(Bed& bed) : bed_(bed) {}

  /// Whether that chunk is the last one.
  bool takes(Received const& chunk) {
    auto const range = msrp::byte_range(*chunk.msrp);
    std::string const value(chunk.msrp->value("Byte-Range").value_or(""));
    auto const require = [&](bool holds, std::string const& because) {
      bed_.require(holds, wrong_range, fmt::format("#{} has Byte-Range '{}', {}", chunk.event, value, because), {chunk.event});
    };
    require(range.has_value(), range ? "" : fmt::format("which is none: {}", describe(range.error())));
    require(come_ == 0 || !value.empty(), "and every chunk behind the first says where it belongs");
    require(range->start == come_ + 1, fmt::format("but {} octets had come before", come_));
    auto const octets = chunk.msrp->body().size();
    require(!range->end || *range->end == come_ + octets, fmt::format("but its last octet is number {}", come_ + octets));
    if (come_ > 0) require(range->total == total_, "with another total than the chunk before");
    total_ = range->total;
    come_ += octets;
    bool const is_last = chunk.msrp->flag() == '$';
    require(!is_last || !total_ || *total_ == come_, fmt::format("but the message ends with octet {}", come_));
    return is_last;
  }

 private:
  Bed& bed_;
  std::uint64_t come_ = 0;
  std::optional<std::uint64_t> total_;
};

/// with  a message of 5000 octets
/// when  it is sent, in one chunk or in several, each of which is answered 200
/// then  the ranges of the chunks follow one another from octet 1 to the last one, and make up the message
static Task<void> ranges_follow(Bed& bed) {
  constexpr std::size_t octets = 5000;
  bed.wishes("alice", {.msrp = {.every_chunk = true}});
  auto& alice = bed.client("alice");
  co_await bed.deposit("alice", long_text(octets));
  (void)co_await reach(bed, PushState::in_session, "alice", 1);
  Ranges ranges(bed);
  for (bool is_last = false; !is_last;) {
    auto const chunk = co_await alice.receives("SEND", bed.ixit().live);  // 7
    is_last = ranges.takes(chunk);
    alice.answers(chunk, 200);  // 10
  }
  bool const is_whole = alice.delivered() == bed.stored_for("alice");
  bed.require(is_whole, "wrong delivery", "put together by their ranges the chunks are not the message that was stored");
  bed.ocs().completes();
  alice.answers(co_await alice.receives("BYE", bed.ixit().live), 200);  // 11, 12
}

Case ms_05() {
  return {.info = {.id = "MS-05",
                   .group = "ms",
                   .purpose = "Byte-Range starts at 1, and the ranges of the chunks follow one another to the end that the total says.",
                   .clause = "RFC 4975 7.1.1",
                   .strength = "rfc-must",
                   .kind = "field",
                   .file = __FILE_NAME__,
                   .line = __LINE__,
                   .detects = {"M103"}},
          .needs = {std::string(claim_msrp_peer)},
          .run = ranges_follow};
}

}  // namespace tollgate::deferred_push
