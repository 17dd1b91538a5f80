#include "reports/ladder_svg.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <utility>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/ladder_window.hpp"

namespace tollgate::reports {

namespace {

using trace::Kind;
using trace::Ladder;
using trace::Row;

// All lengths in pixels.
constexpr int gutter = 176, gap = 236, side = 96, titles_height = 58, heads_height = 50, row_height = 36, row_above = 22, foot = 34,
              title_height = 34;
constexpr WindowSize file_most{.rows = 200, .lanes = 16};  ///< a picture of more helps nobody; the trace file has the rest

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

std::string shortened(std::string_view label) {
  constexpr std::size_t most = 64;
  auto text = one_line(label);
  return text.size() <= most ? text : capped(text, most - 1, "").substr(0, most - 1) + "…";
}

class Picture {
 public:
  /// `title` is that of a file of its own; nothing for a part of a page.
  Picture(trace::Trace const& trace, Ladder const& ladder, LadderWindow const& window, std::span<trace::EventId const> witnesses,
          std::optional<std::string_view> title)
      : trace_(trace), ladder_(ladder), lines_(window.lines), witnesses_(witnesses), title_(title.value_or("")), is_inline_(!title) {
    top_ = title_.empty() ? 0 : title_height;
    for (bool const one : window.lanes) places_.push_back(one ? std::optional(columns_++) : std::nullopt);
    width_ = gutter + side + std::max(static_cast<int>(columns_) - 1, 0) * gap + side;
  }

  [[nodiscard]] std::string draw() {
    if (is_inline_) {  // the heads stay in view while the rows below them are scrolled
      put(R"(<div class="ladder lanes"><svg class="heads" aria-hidden="true" viewBox="0 0 {0} {1}" width="{0}" height="{1}"><rect class="paper" width="{0}" height="{1}"/>)",
          width_, heads_height);
      draw_titles();
      put("</svg>");
    }
    int const above = is_inline_ ? heads_height : 0, height = y(lines_.size()) + foot - above;
    put(R"(<svg xmlns="http://www.w3.org/2000/svg" class="ladder"{2} viewBox="0 {3} {0} {1}" width="{0}" height="{1}">)", width_, height,
        is_inline_ ? "" : R"( role="img")", above);
    if (!is_inline_) put("<style>\n{}</style>", ladder_style());
    put("<title>{}</title>", markup(title_.empty() ? "ladder" : capped(title_, title_most, "cut")));
    put(R"(<rect class="paper" y="{}" width="{}" height="{}"/>)", above, width_, height);
    if (!title_.empty()) put(R"(<text class="top" x="16" y="24">{}</text>)", markup(one_line(capped(title_, title_most, "cut"))));
    for (std::size_t i = 0; i < lines_.size(); ++i) draw_back(i);
    draw_lifelines();
    for (std::size_t i = 0; i < lines_.size(); ++i) lines_[i].left_out > 0 ? draw_gap(i) : draw_row(i);
    if (!is_inline_) draw_titles();
    draw_key();
    svg_ += is_inline_ ? "</svg></div>\n" : "</svg>\n";
    return std::move(svg_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(svg_), form, std::forward<Args>(args)...);
    svg_ += '\n';
  }
  [[nodiscard]] int x(std::size_t column) const { return gutter + side + static_cast<int>(places_[column].value_or(0)) * gap; }
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

  /// Below the lifelines, so that these stay visible on a row that is lit.
  void draw_back(std::size_t line) {
    if (lines_[line].left_out > 0 || !is_witness(ladder_.rows[lines_[line].row])) return;
    put(R"(<rect class="back" x="8" y="{}" width="{}" height="{}" rx="4"/>)", y(line) - row_above, width_ - 16, row_height);
  }

  /// Where the lifelines are interrupted.
  void draw_gap(std::size_t line) {
    put(R"(<rect class="paper" x="{}" y="{}" width="{}" height="{}"/><text class="gap" x="{}" y="{}">⋮ {} event{} left out: see the trace</text>)",
        gutter, y(line) - row_above, width_ - gutter, row_height - 8, (gutter + width_) / 2, y(line), lines_[line].left_out,
        lines_[line].left_out == 1 ? "" : "s");
  }

  void draw_titles() {
    constexpr int box_width = 150, box_height = 42;
    if (columns_ < ladder_.columns.size())
      put(R"(<text class="part" x="16" y="{}">{} of {} lanes</text>)", top_ + 26, columns_, ladder_.columns.size());
    if (auto const missing = left_out(lines_); missing > 0)
      put(R"(<text class="part" x="16" y="{}">{} of {} events</text>)", top_ + 42, ladder_.rows.size() - missing, ladder_.rows.size());
    for (std::size_t i = 0; i < ladder_.columns.size(); ++i) {
      if (!places_[i]) continue;
      auto const& column = ladder_.columns[i];
      bool const named = !column.actor.empty();
      put(R"(<rect class="box" x="{}" y="{}" width="{}" height="{}" rx="6"/>)", x(i) - box_width / 2, top_ + 8, box_width, box_height);
      put(R"(<text class="role" x="{}" y="{}">{}</text>)", x(i), top_ + (named ? 26 : 34), to_string(column.role));
      if (named) put(R"(<text class="actor" x="{}" y="{}">{}</text>)", x(i), top_ + 42, markup(shortened(column.actor)));
    }
  }

  void draw_lifelines() {
    int const end = y(lines_.size()) - row_height / 2;
    for (std::size_t i = 0; i < ladder_.columns.size(); ++i)
      if (places_[i]) put(R"(<line class="life" x1="{0}" y1="{1}" x2="{0}" y2="{2}"/>)", x(i), top_ + heads_height, end);
    constexpr int width = 14;
    for (auto const& span : ladder_.withheld) {
      auto const first = line_of(span.first), last = line_of(span.last);
      if (!places_[span.column] || (first == last && lines_[first].left_out > 0)) continue;  // it lies in what is left out
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
    put(R"(<rect class="hit" x="8" y="{}" width="{}" height="{}" rx="4"/>)", at - row_above, width_ - 16, row_height);
    put(R"(<text class="id" x="44" y="{0}">#{1}</text><text class="ms" x="124" y="{0}">{2}</text>)", at + 4, row.event,
        milliseconds(row.since_start_ns));
    if (row.step != 0)
      put(R"(<circle class="badge" cx="150" cy="{}" r="12"/><text class="step" x="150" y="{}">{}</text>)", at, at + 4, row.step);
    if (message)
      draw_arrow(row, at);
    else
      draw_note(row, at);
    put("</g>");
  }

  void draw_arrow(Row const& row, int at) {
    constexpr int head = 9, half = 5;
    int const towards = row.to > row.from ? 1 : -1;
    int const end = x(row.to) - towards;
    put(R"(<line class="shaft" x1="{0}" y1="{1}" x2="{2}" y2="{1}"/><path class="tip" d="M{3} {1}l{4} {5}v{6}z"/>)", x(row.from), at,
        end - towards * head, end, -towards * head, -half, 2 * half);
    std::string more;
    if (!row.detail.empty()) more += "  " + row.detail;
    if (row.repeats != 0) more += fmt::format("  again #{}", row.repeats);
    put(R"(<text class="what" x="{}" y="{}">{}<tspan class="more">{}</tspan></text>)", (x(row.from) + x(row.to)) / 2, at - 6,
        markup(shortened(row.label)), markup(shortened(more)));
  }

  /// What crosses no wire stands beside its column, towards the middle; a closed connection between its ends.
  void draw_note(Row const& row, int at) {
    auto const text = markup(shortened(row.label));
    if (row.from != row.to) {
      put(R"(<line class="shaft" x1="{0}" y1="{1}" x2="{2}" y2="{1}"/>)", x(row.from), at, x(row.to));
      put(R"(<text class="what" x="{}" y="{}">{}</text>)", (x(row.from) + x(row.to)) / 2, at - 6, text);
      return;
    }
    constexpr int beside = 14;
    bool const on_the_right = ladder_.columns[row.from].role == trace::Role::charging_enabler;
    put(R"(<text class="what {}" x="{}" y="{}">{}</text>)", on_the_right ? "left" : "right",
        x(row.from) + (on_the_right ? -beside : beside), at + 4, text);
  }

  void draw_key() {
    constexpr std::string_view key = R"(<tspan class="sip">SIP</tspan>  <tspan class="msrp">MSRP</tspan>  <tspan class="ch2">CH-2</tspan>)";
    std::string more = "   time in ms since the first event   circles: steps 1-12   dashed: sent again";
    if (!ladder_.withheld.empty()) more += "   shaded: withheld";
    put(R"(<text class="key" x="16" y="{}" xml:space="preserve">{}{}</text>)", y(lines_.size()) + foot - 14, key, more);
  }

  static constexpr std::size_t title_most = 1000;
  trace::Trace const& trace_;
  Ladder const& ladder_;
  std::span<WindowLine const> lines_;
  std::span<trace::EventId const> witnesses_;
  std::string_view title_;
  bool is_inline_;
  std::vector<std::optional<std::size_t>> places_;  ///< of the columns, from the left
  std::size_t columns_ = 0;                         ///< that are drawn
  int top_ = 0, width_ = 0;
  std::string svg_;
};

}  // namespace

std::string ladder_svg(trace::Trace const& trace, std::string_view title, std::span<trace::EventId const> witnesses) {
  auto const ladder = trace::ladder(trace);
  return Picture(trace, ladder, ladder_window(ladder, witnesses, file_most), witnesses, title).draw();
}

std::string case_ladder(CaseResult const& result) {
  return ladder_svg(result.trace, result.info.id + "  " + result.info.purpose, witnesses(result));
}

std::string inline_ladder_svg(trace::Trace const& trace, Ladder const& ladder, LadderWindow const& window,
                              std::span<trace::EventId const> witnesses) {
  return Picture(trace, ladder, window, witnesses, std::nullopt).draw();
}

}  // namespace tollgate::reports
