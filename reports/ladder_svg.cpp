#include "reports/ladder_svg.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <utility>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/ladder_layout.hpp"
#include "reports/ladder_sharing.hpp"
#include "reports/ladder_window.hpp"
#include "reports/ladder_words.hpp"

namespace tollgate::reports {

namespace {

using trace::Kind;
using trace::Ladder;
using trace::Row;

// All lengths in pixels.
constexpr int gutter = LadderLayout::gutter, titles_height = 58, heads_height = 50, row_height = 36, row_above = 22, foot = 12,
              line_height = 20, edge = 8;
constexpr double letter = 7.25, key_letter = 6.7, title_letter = 9.2;  ///< widths of a character
constexpr WindowSize file_most{.rows = 200, .lanes = 16};  ///< a picture of more helps nobody; the trace file has the rest

int width_of(std::string_view text) {
  return static_cast<int>(letter * static_cast<double>(length_of(text)));
}
/// Characters in so many pixels.
std::size_t characters_in(int pixels, double one = letter) {
  return static_cast<std::size_t>(std::max(pixels, 0) / one);
}

/// What a pointer that rests on a row shows.
std::string tooltip(trace::Trace const& trace, Row const& row, bool is_inline) {
  constexpr std::size_t octets_most = 480;
  auto const& event = trace.at(row.event);
  auto text = fmt::format("#{} {}  +{} ms", row.event, row.label, milliseconds(row.since_start_ns));
  if (row.step != 0) text += fmt::format("\nstep {} of 12", row.step);
  if (event.kind != Kind::message) return text;
  bool const sent = event.direction == trace::Direction::sent;
  text += fmt::format("\n{} over {}, {} -> {}", to_string(event.channel), to_string(event.transport), sent ? event.local : event.remote,
                      sent ? event.remote : event.local);
  if (row.repeats != 0) text += fmt::format("\nrepeats #{}", row.repeats);
  if (!event.note.empty()) text += "\n" + event.note;
  if (is_inline) return text;
  if (event.channel == trace::Channel::ch2)
    return text + fmt::format("\nSession-Id {}, CC-Request-Number {}", event.meaning.session_id, event.meaning.number);
  std::string octets = capped(event.octets, octets_most, "see the trace");
  std::erase(octets, '\r');
  return text + "\n\n" + octets;
}

/// What the marks mean that this ladder has.
std::vector<std::string_view> key_of(Ladder const& ladder) {
  std::vector<std::string_view> out{"time in ms since the first event"};
  if (std::ranges::any_of(ladder.rows, [](Row const& row) { return row.step != 0; })) out.emplace_back("circles: steps 1-12");
  if (std::ranges::any_of(ladder.rows, [](Row const& row) { return row.repeats != 0; })) out.emplace_back("dashed: sent again");
  if (!ladder.withheld.empty()) out.emplace_back("shaded: withheld");
  return out;
}

class Picture {
 public:
  /// `title` is that of a file of its own; nothing for a part of a page.
  Picture(trace::Trace const& trace, Ladder const& ladder, LadderWindow const& window, std::span<trace::EventId const> witnesses,
          std::optional<std::string_view> title)
      : trace_(trace), ladder_(ladder), lines_(window.lines), witnesses_(witnesses), title_(title.value_or("")), is_inline_(!title),
        layout_(ladder_layout(ladder, window.lanes)), lanes_(static_cast<std::size_t>(std::ranges::count(window.lanes, true))) {
    if (!title_.empty()) titles_ = wrapped(capped(title_, title_most, "cut"), characters_in(layout_.width - 4 * edge, title_letter), 4);
    top_ = titles_.empty() ? 0 : static_cast<int>(titles_.size()) * line_height + 14;
  }

  /// A file: everything in one picture.
  [[nodiscard]] std::string draw() {
    auto const key = key_lines();
    int const height = y(lines_.size()) + foot + static_cast<int>(key.size()) * line_height;
    put(R"(<svg xmlns="http://www.w3.org/2000/svg" class="ladder" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}">)",
        layout_.width, height);
    put("<style>\n{}</style>", ladder_style());
    put("<title>{}</title>", markup(title_.empty() ? "ladder" : capped(title_, title_most, "cut")));
    put(R"(<rect class="paper" width="{}" height="{}"/>)", layout_.width, height);
    for (std::size_t i = 0; i < titles_.size(); ++i)
      put(R"(<text class="top" x="16" y="{}">{}</text>)", 24 + static_cast<int>(i) * line_height, markup(titles_[i]));
    auto const [lanes, events] = parts();
    if (!lanes.empty()) put(R"(<text class="part" x="16" y="{}">{}</text>)", top_ + 26, lanes);
    if (!events.empty()) put(R"(<text class="part" x="16" y="{}">{}</text>)", top_ + 42, events);
    draw_rows();
    draw_heads();
    for (std::size_t i = 0; i < key.size(); ++i)
      put(R"(<text class="key" x="16" y="{}" xml:space="preserve">{}</text>)", y(lines_.size()) + 4 + static_cast<int>(i) * line_height,
          key[i]);
    return std::move(svg_) + "</svg>\n";
  }

  /// A part of a page: heads and times stay in view while the rows are scrolled.
  [[nodiscard]] std::string draw_inline() {
    int const height = y(lines_.size()) + foot - heads_height, lanes_width = layout_.width - gutter;
    auto const [lanes, events] = parts();
    put(R"(<div class="ladder lanes" style="--part:{:.3f}%;--full:{}px"><div class="corner">{}{}{}</div>)", 100.0 * gutter / layout_.width,
        layout_.width, lanes, lanes.empty() || events.empty() ? "" : "<br/>", events);
    put(R"(<svg class="heads" aria-hidden="true" viewBox="{0} 0 {1} {2}" width="{1}" height="{2}"><rect class="paper" x="{0}" width="{1}" height="{2}"/>)",
        gutter, lanes_width, heads_height);
    draw_heads();
    put(R"(</svg><svg class="times" aria-hidden="true" viewBox="0 {0} {1} {2}" width="{1}" height="{2}"><rect class="paper" y="{0}" width="{1}" height="{2}"/>)",
        heads_height, gutter, height);
    for (std::size_t i = 0; i < lines_.size(); ++i) draw_back(i);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].left_out > 0) continue;
      Row const& row = ladder_.rows[lines_[i].row];
      put(R"(<g class="at{}" data-at="{}">)", witness_class(row), row.event);
      put(R"(<rect class="hit" x="{}" y="{}" width="{}" height="{}"/>)", edge, y(i) - row_above, gutter - edge, row_height);
      draw_time(row, y(i));
      put("</g>");
    }
    put(R"(</svg><svg xmlns="http://www.w3.org/2000/svg" class="ladder" viewBox="{0} {1} {2} {3}" width="{2}" height="{3}"><title>ladder</title><rect class="paper" x="{0}" y="{1}" width="{2}" height="{3}"/>)",
        gutter, heads_height, lanes_width, height);
    draw_rows();
    put(R"(</svg></div><p class="ladder key"><b class="sip">SIP</b> <b class="msrp">MSRP</b> <b class="ch2">CH-2</b>)");
    for (auto const says : key_of(ladder_)) put("<span>{}</span>", says);
    put("</p>");
    return std::move(svg_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(svg_), form, std::forward<Args>(args)...);
    svg_ += '\n';
  }
  [[nodiscard]] int x(std::size_t column) const { return layout_.x[column].value_or(0); }
  /// Where that line's arrow lies.
  [[nodiscard]] int y(std::size_t line) const { return top_ + titles_height + 30 + static_cast<int>(line) * row_height; }
  /// The line that has the row, or leaves it out.
  [[nodiscard]] std::size_t line_of(std::size_t row) const {
    auto const behind = std::ranges::upper_bound(lines_, row, {}, &WindowLine::row);
    return static_cast<std::size_t>(std::max(behind - lines_.begin(), std::ptrdiff_t{1})) - 1;
  }
  [[nodiscard]] bool is_witness(Row const& row) const { return std::ranges::find(witnesses_, row.event) != witnesses_.end(); }
  /// A finding names last what broke the rule, and before it what led there.
  [[nodiscard]] std::string_view witness_class(Row const& row) const {
    return !is_witness(row) ? "" : row.event == witnesses_.back() ? " witness" : " witness cause";
  }

  /// "8 of 12 lanes", "150 of 300 events": what is left out.
  [[nodiscard]] std::pair<std::string, std::string> parts() const {
    auto const missing = left_out(lines_);
    return {lanes_ < ladder_.columns.size() ? fmt::format("{} of {} lanes", lanes_, ladder_.columns.size()) : "",
            missing > 0 ? fmt::format("{} of {} events", ladder_.rows.size() - missing, ladder_.rows.size()) : ""};
  }

  /// In lines as long as the picture is wide.
  [[nodiscard]] std::vector<std::string> key_lines() const {
    constexpr std::string_view colours =
        R"(<tspan class="sip">SIP</tspan>  <tspan class="msrp">MSRP</tspan>  <tspan class="ch2">CH-2</tspan>)";
    constexpr std::size_t colours_length = 15, apart = 3;
    auto const most = characters_in(layout_.width - 4 * edge, key_letter);
    std::vector<std::string> out{std::string(colours)};
    std::size_t length = colours_length;
    for (auto const says : key_of(ladder_)) {
      bool const fits = length + apart + says.size() <= most;
      if (!fits) out.emplace_back(), length = 0;
      out.back() += (fits ? std::string(apart, ' ') : "") + std::string(says);
      length += (fits ? apart : 0) + says.size();
    }
    return out;
  }

  void draw_rows() {
    for (std::size_t i = 0; i < lines_.size(); ++i) draw_back(i);
    draw_lifelines();
    for (std::size_t i = 0; i < lines_.size(); ++i) lines_[i].left_out > 0 ? draw_gap(i) : draw_row(i);
  }

  /// Below the lifelines, so that these stay visible on a row that is lit.
  void draw_back(std::size_t line) {
    if (lines_[line].left_out > 0 || !is_witness(ladder_.rows[lines_[line].row])) return;
    put(R"(<rect class="back" x="8" y="{}" width="{}" height="{}" rx="4"/>)", y(line) - row_above, layout_.width - 2 * edge, row_height);
  }

  /// Where the lifelines are interrupted. What begins with a gap is the end of something longer.
  void draw_gap(std::size_t line) {
    auto const count = lines_[line].left_out;
    auto const says = fmt::format("⋮ {} event{} {}", count, count == 1 ? "" : "s", line == 0 ? "came before" : "left out: see the trace");
    put(R"(<rect class="paper" x="{}" y="{}" width="{}" height="{}"/><text class="gap" x="{}" y="{}">{}</text>)", gutter,
        y(line) - row_above, layout_.width - gutter, row_height - 8, (gutter + layout_.width) / 2, y(line), says);
  }

  void draw_heads() {
    constexpr int box_height = 42, padding = 10;
    for (std::size_t i = 0; i < ladder_.columns.size(); ++i) {
      if (!layout_.x[i]) continue;
      auto const& column = ladder_.columns[i];
      bool const named = !column.actor.empty();
      int const width = layout_.head_width[i];
      auto const actor = shortened(column.actor, characters_in(width - padding));
      put(R"(<g class="head"><rect class="box" x="{}" y="{}" width="{}" height="{}" rx="6"/>)", x(i) - width / 2, top_ + 8, width,
          box_height);
      put(R"(<text class="role" x="{}" y="{}">{}</text>)", x(i), top_ + (named ? 26 : 34), to_string(column.role));
      if (named) put(R"(<text class="actor" x="{}" y="{}">{}</text>)", x(i), top_ + 42, markup(actor));
      if (named && actor != one_line(column.actor)) put("<title>{}</title>", markup(capped(column.actor, title_most, "cut")));
      put("</g>");
    }
  }

  void draw_lifelines() {
    int const end = y(lines_.size()) - row_height / 2;
    for (std::size_t i = 0; i < ladder_.columns.size(); ++i)
      if (layout_.x[i]) put(R"(<line class="life" x1="{0}" y1="{1}" x2="{0}" y2="{2}"/>)", x(i), top_ + heads_height, end);
    constexpr int width = 14;
    for (auto const& span : ladder_.withheld) {
      auto const first = line_of(span.first), last = line_of(span.last);
      if (!layout_.x[span.column] || (first == last && lines_[first].left_out > 0)) continue;  // it lies in what is left out
      int const from = y(first), to = y(last);
      put(R"(<rect class="hold" x="{}" y="{}" width="{}" height="{}" rx="3"><title>the answer to #{} is withheld</title></rect>)",
          x(span.column) - width / 2, from, width, std::max(to - from, width), span.about);
    }
  }

  void draw_row(std::size_t line) {
    Row const& row = ladder_.rows[lines_[line].row];
    bool const message = row.kind == Kind::message;
    auto const pressed = is_inline_ ? fmt::format(R"( data-event="{}"{})", row.event, message ? R"( tabindex="0" role="button")" : "") : "";
    put(R"(<g class="{} {}{}{}"{}><title>{}</title>)", message ? "message" : "note", to_string(row.channel), witness_class(row),
        row.repeats != 0 ? " again" : "", pressed, markup(tooltip(trace_, row, is_inline_)));
    int const at = y(line);
    put(R"(<rect class="hit" x="{}" y="{}" width="{}" height="{}"/>)", is_inline_ ? gutter : edge, at - row_above,
        layout_.width - edge - (is_inline_ ? gutter : edge), row_height);
    if (!is_inline_) draw_time(row, at);
    if (row.step != 0)
      put(R"(<circle class="badge" cx="{0}" cy="{1}" r="12"/><text class="step" x="{0}" y="{2}">{3}</text>)", gutter + 16, at, at + 4,
          row.step);
    if (message)
      draw_arrow(row, at);
    else
      draw_note(row, at);
    put("</g>");
  }

  void draw_time(Row const& row, int at) {
    put(R"(<text class="id" x="50" y="{0}">#{1}</text><text class="ms" x="126" y="{0}">{2}</text>)", at + 4, row.event,
        milliseconds(row.since_start_ns));
  }

  /// Nearest to `middle` where text of that width stays within the picture.
  [[nodiscard]] int centre(int middle, int width) const {
    int const least = gutter + 4 + width / 2;
    return std::clamp(middle, least, std::max(least, layout_.width - 4 - width / 2));
  }

  void draw_arrow(Row const& row, int at) {
    constexpr int head = 9, half = 5;
    constexpr int over_ends = 36;  // what a text above may stick out on either side
    constexpr std::size_t least = 16, more_least = 8;
    int const towards = row.to > row.from ? 1 : -1;
    int const end = x(row.to) - towards;
    put(R"(<line class="shaft" x1="{0}" y1="{1}" x2="{2}" y2="{1}"/><path class="tip" d="M{3} {1}l{4} {5}v{6}z"/>)", x(row.from), at,
        end - towards * head, end, -towards * head, -half, 2 * half);
    auto const room = std::max(characters_in(std::abs(end - x(row.from)) + 2 * over_ends), least);
    auto const label = shortened(row.label, std::min(room, label_most));
    auto const left = room - length_of(label);
    std::string more;
    if (!row.detail.empty()) more += " " + row.detail;
    if (row.repeats != 0) more += fmt::format(" again #{}", row.repeats);
    if (length_of(more) > left) more = left < more_least ? "" : shortened(more, left);
    put(R"(<text class="what" x="{}" y="{}">{}{}</text>)", centre((x(row.from) + x(row.to)) / 2, width_of(label + more)), at - 6,
        markup(label), more.empty() ? "" : fmt::format(R"(<tspan class="more">{}</tspan>)", markup(shortened(more, label_most))));
  }

  /// What crosses no wire stands beside its column, towards the middle; a closed connection between its ends.
  void draw_note(Row const& row, int at) {
    if (row.from != row.to) {
      put(R"(<line class="shaft" x1="{0}" y1="{1}" x2="{2}" y2="{1}"/>)", x(row.from), at, x(row.to));
      auto const label = shortened(row.label, label_most);
      put(R"(<text class="what" x="{}" y="{}">{}</text>)", centre((x(row.from) + x(row.to)) / 2, width_of(label)), at - 6, markup(label));
      return;
    }
    constexpr int beside = 14;
    bool const on_the_right = ladder_.columns[row.from].role != trace::Role::charging_enabler;
    int const from = x(row.from) + (on_the_right ? beside : -beside);
    auto const label =
        shortened(row.label, std::min(label_most, characters_in(on_the_right ? layout_.width - edge - from : from - gutter)));
    // In two lines where it would cross the next lane in one.
    auto const lines =
        width_of(label) > room_beside(row.from, on_the_right) ? wrapped(label, (length_of(label) + 6) / 2, 2) : std::vector{label};
    for (std::size_t i = 0; i < lines.size(); ++i)
      put(R"(<text class="what {}" x="{}" y="{}">{}</text>)", on_the_right ? "right" : "left", from,
          at + 4 +
              (lines.size() == 1 ? 0
               : i == 0          ? -8
                                 : 6),
          markup(lines[i]));
  }

  /// Up to the next lane.
  [[nodiscard]] int room_beside(std::size_t column, bool on_the_right) const {
    constexpr int apart = 24;
    int nearest = on_the_right ? layout_.width : gutter;
    for (auto const& lane : layout_.x)
      if (lane && (on_the_right ? *lane > x(column) && *lane < nearest : *lane < x(column) && *lane > nearest)) nearest = *lane;
    return std::abs(nearest - x(column)) - apart;
  }

  static constexpr std::size_t title_most = 1000, label_most = 64;
  trace::Trace const& trace_;
  Ladder const& ladder_;
  std::span<WindowLine const> lines_;
  std::span<trace::EventId const> witnesses_;
  std::string_view title_;
  bool is_inline_;
  LadderLayout layout_;
  std::size_t lanes_;  ///< that are drawn
  std::vector<std::string> titles_;
  int top_ = 0;
  std::string svg_;
};

}  // namespace

std::string ladder_svg(trace::Trace const& trace, std::string_view title, std::span<trace::EventId const> witnesses) {
  auto const ladder = with_shared_lanes(trace::ladder(trace), file_most.lanes);
  return Picture(trace, ladder, ladder_window(ladder, witnesses, file_most), witnesses, title).draw();
}

std::string case_ladder(CaseResult const& result) {
  return ladder_svg(result.trace, result.info.id + "  " + result.info.purpose, witnesses(result));
}

std::string inline_ladder_svg(trace::Trace const& trace, Ladder const& ladder, LadderWindow const& window,
                              std::span<trace::EventId const> witnesses) {
  return Picture(trace, ladder, window, witnesses, std::nullopt).draw_inline();
}

}  // namespace tollgate::reports
