/// A message is the octets of its chunks, each at the place that its Byte-Range gives (RFC 4975 5.1, 7.3.1).
#include "codec/msrp/reassembly.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tollgate::msrp {

static constexpr std::string_view clause = "RFC 4975 7.3.1";

/// The message's total as it is known with this chunk; refuses what does not fit what came before.
Parsed<std::optional<std::uint64_t>> Reassembly::check(Partial const& message, ByteRange const& range, std::string_view body,
                                                       char flag) const {
  auto const begin = range.start - 1;
  auto const claimed = std::max({range.total.value_or(0), range.end.value_or(0), begin});
  if (claimed > limits_.message || body.size() > limits_.message - begin)
    return over_limit(0, "Byte-Range", clause, "the message is too large");
  if (octets_ + body.size() > limits_.octets) return over_limit(0, "Byte-Range", clause, "too many octets wait for their messages' ends");
  if (message.pieces.size() >= limits_.pieces) return over_limit(0, "Byte-Range", clause, "too many gaps");

  auto const end = begin + body.size();
  auto total = range.total ? range.total : message.total;
  if (message.total && total != message.total) return invalid(0, "total", clause, "differs from an earlier chunk's");
  if (flag == '$') {
    if (total && *total != end) return invalid(0, "total", clause, "the last chunk ends elsewhere");
    total = end;
  }
  auto const last = message.pieces.empty() ? end : std::max(end, message.pieces.rbegin()->first + message.pieces.rbegin()->second.size());
  if (total && *total < last) return invalid(0, "total", clause, "less than what has come");
  return total;
}

/// Removes what stands in [begin, end) and answers how many octets that were.
std::uint64_t Reassembly::cut(Pieces& pieces, std::uint64_t begin, std::uint64_t end) {
  std::uint64_t removed = 0;
  auto piece = pieces.upper_bound(begin);
  if (piece != pieces.begin()) --piece;
  while (piece != pieces.end() && piece->first < end) {
    auto const at = piece->first;
    auto const piece_end = at + piece->second.size();
    if (piece_end <= begin) {
      ++piece;
      continue;
    }
    auto const from = std::max(at, begin), to = std::min(piece_end, end);
    removed += to - from;
    if (to < piece_end) pieces.emplace(to, piece->second.substr(to - at));
    if (at < from) piece->second.resize(from - at);
    piece = at < from ? std::next(piece) : pieces.erase(piece);
  }
  return removed;
}

/// Puts `body` into the gap that `cut` made, and joins it with its neighbours.
void Reassembly::put(Pieces& pieces, std::uint64_t begin, std::string_view body) {
  if (body.empty()) return;
  auto next = pieces.lower_bound(begin);
  auto piece = next;
  if (next != pieces.begin() && std::prev(next)->first + std::prev(next)->second.size() == begin) {
    piece = std::prev(next);
    piece->second.append(body);
  } else {
    piece = pieces.emplace_hint(next, begin, body);
  }
  if (next == pieces.end() || piece->first + piece->second.size() != next->first) return;
  piece->second.append(next->second);
  pieces.erase(next);
}

Parsed<Reassembly::Progress> Reassembly::add(std::string_view message_id, ByteRange const& range, std::string_view body, char flag) {
  if (range.start == 0) return invalid(0, "range-start", clause, "octets count from 1");
  if (flag == '#') {
    drop(message_id);
    return Progress{.state = State::aborted};
  }
  auto found = messages_.find(message_id);
  static Partial const none;
  auto const total = check(found == messages_.end() ? none : found->second, range, body, flag);
  if (!total) return std::unexpected(total.error());
  if (found == messages_.end()) {
    if (messages_.size() >= limits_.messages) return over_limit(0, "Message-ID", clause, "too many messages at once");
    found = messages_.try_emplace(std::string(message_id)).first;
  }

  auto& message = found->second;
  message.total = *total;
  auto const begin = range.start - 1;
  Progress progress{.overlapped = cut(message.pieces, begin, begin + body.size())};
  put(message.pieces, begin, body);
  message.received += body.size() - progress.overlapped;
  octets_ += body.size() - progress.overlapped;
  progress.received = message.received;
  if (message.total != message.received) return progress;
  progress.state = State::complete;
  if (!message.pieces.empty()) progress.content = std::move(message.pieces.begin()->second);
  octets_ -= message.received;
  messages_.erase(found);
  return progress;
}

Parsed<Reassembly::Progress> Reassembly::add(Message const& chunk) {
  auto const id = chunk.value("Message-ID");
  if (!id) return invalid(0, "Message-ID", "RFC 4975 7.1.1", "missing");
  auto const range = byte_range(chunk);
  if (!range) return std::unexpected(range.error());
  return add(*id, *range, chunk.body(), chunk.flag());
}

void Reassembly::drop(std::string_view message_id) {
  auto const found = messages_.find(message_id);
  if (found == messages_.end()) return;
  octets_ -= found->second.received;
  messages_.erase(found);
}

}  // namespace tollgate::msrp
