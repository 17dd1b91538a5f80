#include "reports/html/evidence.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "base/text.hpp"
#include "reports/account.hpp"
#include "reports/deflate.hpp"
#include "reports/html/message_view.hpp"
#include "reports/ladder_sharing.hpp"
#include "reports/ladder_svg.hpp"

namespace tollgate::reports {

/// From what a case cannot do without to all that a page shows.
static constexpr std::array<Grade, 4> grades{
    {{.rows = 12, .has_all_messages = false}, {.rows = 40, .has_all_messages = false}, {.rows = 150, .has_all_messages = false}, {}}};
static constexpr std::size_t lanes_most = 8;

/// Messages that the window shows, witnesses first.
static std::vector<trace::EventId> messages_of(trace::Ladder const& ladder, LadderWindow const& window,
                                               std::span<trace::EventId const> witnesses) {
  std::vector<trace::EventId> proof, rest;
  for (auto const& line : window.lines) {
    auto const& row = ladder.rows[line.row];
    if (line.left_out > 0 || row.kind != trace::Kind::message) continue;
    (std::ranges::find(witnesses, row.event) != witnesses.end() ? proof : rest).push_back(row.event);
  }
  proof.insert(proof.end(), rest.begin(), rest.end());
  return proof;
}

/// The messages behind the arrows of a window.
static std::string messages_behind(trace::Trace const& trace, trace::Ladder const& ladder, LadderWindow const& window,
                                   std::span<trace::EventId const> witnesses, bool has_all) {
  std::string out;
  auto const messages = messages_of(ladder, window, witnesses);
  std::size_t missing = 0;
  for (auto const id : messages) {
    if (has_all || std::ranges::find(witnesses, id) != witnesses.end())
      out += message_view(trace, id);
    else
      ++missing;
  }
  if (missing > 0)
    out += fmt::format(R"(<p class="rest">Of the {} messages {} are in the trace alone: the page has no room for more.</p>)",
                       messages.size(), missing);
  return out;
}

std::string picture(trace::Trace const& trace, std::span<trace::EventId const> witnesses, Grade grade) {
  auto const ladder = with_shared_lanes(trace::ladder(trace), lanes_most);
  auto const window = ladder_window(ladder, witnesses, {.rows = grade.rows, .lanes = lanes_most});
  return inline_ladder_svg(trace, ladder, window, witnesses) + messages_behind(trace, ladder, window, witnesses, grade.has_all_messages);
}

std::string running_picture(trace::Trace const& trace) {
  constexpr std::size_t rows_most = 40;
  auto const ladder = with_shared_lanes(trace::ladder(trace), lanes_most);
  auto const window = newest_window(ladder, {.rows = rows_most, .lanes = lanes_most});
  return inline_ladder_svg(trace, ladder, window) + messages_behind(trace, ladder, window, {}, true);
}

namespace {

/// What the page shows of one case.
struct Exhibit {
  CaseResult const* result = nullptr;
  std::string html;                ///< "" where there is no room at all
  std::size_t grade = 0;           ///< of `grades`
};

std::string drawn(CaseResult const& result, std::size_t grade) {
  return picture(result.trace, witnesses(result), grades.at(grade));
}

std::string boxed(std::string_view inside) {
  return fmt::format(R"(<div class="picture">{}</div>)", inside);
}

std::string packed(CaseResult const& result, std::size_t grade) {
  return boxed(fmt::format(R"(<script type="application/x-deflate">{}</script>)", to_base64(deflate(drawn(result, grade)))));
}

class Room {
 public:
  Room(std::span<CaseResult const* const> cases, std::size_t octets) : left_(octets), unpacked_(octets / 4) {
    for (auto const* result : cases) exhibits_.push_back({.result = result});
  }

  [[nodiscard]] std::vector<std::string> share() {
    if (!has_all()) {
      for (std::size_t grade = 0; grade < grades.size(); ++grade) raise_to(grade);
    }
    unpack();
    std::vector<std::string> out;
    for (auto& one : exhibits_)
      out.push_back(!one.html.empty()
                        ? std::move(one.html)
                        : boxed(R"(<p class="rest">The page has no room for this ladder: it and its messages are in the files.</p>)"));
    return out;
  }

 private:
  /// The best grade for everybody, where there is room for that.
  bool has_all() {
    std::size_t sum = 0;
    for (auto& one : exhibits_) {
      one = {.result = one.result, .html = packed(*one.result, grades.size() - 1), .grade = grades.size() - 1};
      sum += one.html.size();
      if (sum > left_) break;
    }
    if (sum <= left_) {
      left_ -= sum;
      return true;
    }
    for (auto& one : exhibits_) one = {.result = one.result};
    return false;
  }

  /// Those with the first claim first, of them the cheapest; who passed comes behind all others.
  void raise_to(std::size_t grade) {
    constexpr std::size_t least = 1000;  // octets that make a difference
    if (left_ < least) return;
    struct Offer {
      std::size_t place;
      std::string html;
    };
    for (bool const passed : {false, true}) {
      std::vector<Offer> offers;
      for (std::size_t i = 0; i < exhibits_.size(); ++i)
        if ((exhibits_[i].result->verdict == Verdict::pass) == passed) offers.push_back({i, packed(*exhibits_[i].result, grade)});
      std::ranges::sort(offers, {}, [](Offer const& one) { return std::pair(one.html.size(), one.place); });
      for (auto& offer : offers) take(exhibits_[offer.place], std::move(offer.html), grade);
    }
  }

  void take(Exhibit& one, std::string html, std::size_t grade) {
    if (html.size() > left_ + one.html.size()) return;
    left_ = left_ + one.html.size() - html.size();
    one.html = std::move(html);
    one.grade = grade;
  }

  /// So that it is seen without the script.
  void unpack() {
    constexpr std::size_t most = 100'000;  // of one case
    for (auto& one : exhibits_) {
      if (one.result->verdict == Verdict::pass || one.html.empty() || one.html.size() > unpacked_) continue;
      auto plain = boxed(drawn(*one.result, one.grade));
      if (plain.size() > most || plain.size() > unpacked_ || plain.size() > left_ + one.html.size()) continue;
      unpacked_ -= plain.size();
      take(one, std::move(plain), one.grade);
    }
  }

  std::size_t left_, unpacked_;
  std::vector<Exhibit> exhibits_;
};

}  // namespace

std::vector<std::string> evidence(std::span<CaseResult const* const> cases, std::size_t octets_most) {
  return Room(cases, octets_most).share();
}

}  // namespace tollgate::reports
