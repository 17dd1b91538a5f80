#include "reports/html/evidence.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "reports/account.hpp"
#include "reports/deflate.hpp"
#include "reports/html/message_view.hpp"
#include "reports/ladder_svg.hpp"

namespace tollgate::reports {

bool Room::has_unpacked(std::size_t size) const {
  constexpr std::size_t most = 100'000;  // of one case
  return size <= std::min(most, unpacked_);
}

void Room::takes(std::size_t size) {
  left_ -= std::min(left_, size);
  cases_ -= std::min<std::size_t>(cases_, 1);
}

void Room::takes_unpacked(std::size_t size) {
  unpacked_ -= std::min(unpacked_, size);
  takes(size);
}

/// Messages that the window shows, witnesses first.
static std::vector<trace::EventId> messages_of(trace::Ladder const& ladder, std::span<WindowLine const> window,
                                               std::span<trace::EventId const> witnesses) {
  std::vector<trace::EventId> proof, rest;
  for (auto const& line : window) {
    auto const& row = ladder.rows[line.row];
    if (line.left_out > 0 || row.kind != trace::Kind::message) continue;
    (std::ranges::find(witnesses, row.event) != witnesses.end() ? proof : rest).push_back(row.event);
  }
  proof.insert(proof.end(), rest.begin(), rest.end());
  return proof;
}

/// The parts of a picture, drawn once: how many of the messages it has is another question.
struct Parts {
  std::string ladder;
  std::vector<std::string> messages;

  [[nodiscard]] std::string joined(std::size_t most) const {
    auto out = ladder;
    for (auto const& message : std::span(messages).first(std::min(messages.size(), most))) out += message;
    if (most < messages.size())
      out += fmt::format(R"(<p class="rest">Of the {} messages {} are in the trace alone: the page has no room for more.</p>)",
                         messages.size(), messages.size() - most);
    return out;
  }
};

static Parts parts_of(trace::Trace const& trace, std::span<trace::EventId const> witnesses) {
  constexpr std::size_t rows_most = 150;  // the file of the ladder has more
  auto const ladder = trace::ladder(trace);
  auto const window = ladder_window(ladder, witnesses, rows_most);
  Parts parts{.ladder = inline_ladder_svg(trace, ladder, window, witnesses)};
  for (auto const id : messages_of(ladder, window, witnesses)) parts.messages.push_back(message_view(trace, id));
  return parts;
}

std::string picture(trace::Trace const& trace, std::span<trace::EventId const> witnesses, std::size_t messages_most) {
  return parts_of(trace, witnesses).joined(messages_most);
}

std::string evidence(CaseResult const& result, Room& room) {
  auto const parts = parts_of(result.trace, witnesses(result));
  auto messages = parts.messages.size();
  auto inside = parts.joined(messages);
  if (result.verdict != Verdict::pass && room.has_unpacked(inside.size())) {
    room.takes_unpacked(inside.size());
    return fmt::format(R"(<div class="picture">{}</div>)", inside);
  }
  for (;;) {
    auto const packed = to_base64(deflate(inside));
    if (packed.size() <= room.share()) {
      room.takes(packed.size());
      return fmt::format(R"(<div class="picture"><script type="application/x-deflate">{}</script></div>)", packed);
    }
    if (messages == 0) break;
    messages = std::min(messages - 1, messages * room.share() / packed.size());  // of a page with little room
    inside = parts.joined(messages);
  }
  room.takes(0);
  return R"(<div class="picture"><p class="rest">The page has no room for this ladder: it and its messages are in the files.</p></div>)";
}

}  // namespace tollgate::reports
