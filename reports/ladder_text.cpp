#include "reports/ladder_text.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "trace/ladder.hpp"

namespace tollgate::reports {

namespace {

using trace::Kind;
using trace::Ladder;
using trace::Row;

constexpr std::size_t width_most = 100, margin = 8, gap_most = 26, gap_least = 14;
constexpr std::string_view head = " event         ms step ";

/// One line of characters that can be written over.
class Line {
 public:
  explicit Line(std::string text) : text_(std::move(text)) {}
  void put(std::size_t at, std::string_view some) {
    if (text_.size() < at + some.size()) text_.resize(at + some.size(), ' ');
    text_.replace(at, some.size(), some);
  }
  /// Around `middle`, shifted so that it stays right of the head and inside a page of that width if it can.
  void centre(std::size_t middle, std::string_view some, std::size_t width) {
    auto const last = width - std::min(width, some.size());
    put(std::max(head.size(), std::min(last, middle - std::min(middle, some.size() / 2))), some);
  }
  [[nodiscard]] std::string text() const { return text_.substr(0, text_.find_last_not_of(' ') + 1) + "\n"; }

 private:
  std::string text_;
};

class Drawing {
 public:
  Drawing(Ladder const& ladder, std::span<trace::EventId const> witnesses) : ladder_(ladder), witnesses_(witnesses) {
    auto const gaps = std::max<std::size_t>(ladder.columns.size(), 2) - 1;
    gap_ = std::clamp((width_most - head.size() - 2 * margin) / gaps, gap_least, gap_most);
    width_ = std::max(width_most, x(gaps) + margin);
  }

  [[nodiscard]] std::string draw() {
    std::string text = titles();
    for (std::size_t i = 0; i < ladder_.rows.size(); ++i) text += draw_row(i);
    return text;
  }

 private:
  [[nodiscard]] std::size_t x(std::size_t column) const { return head.size() + margin + column * gap_; }

  [[nodiscard]] std::string titles() const {
    Line roles{std::string(head)};
    Line actors{""};
    for (std::size_t i = 0; i < ladder_.columns.size(); ++i) {
      auto const& column = ladder_.columns[i];
      roles.centre(x(i), to_string(column.role).substr(0, gap_ - 1), width_);
      actors.centre(x(i), one_line(column.actor).substr(0, gap_ - 1), width_);
    }
    return roles.text() + actors.text();
  }

  /// The lifelines beside a row: '#' while an answer of that column is withheld.
  [[nodiscard]] Line lifelines(std::size_t row, std::string prefix) const {
    Line line(std::move(prefix));
    for (std::size_t i = 0; i < ladder_.columns.size(); ++i) line.put(x(i), "|");
    for (auto const& span : ladder_.withheld)
      if (span.first <= row && row <= span.last) line.put(x(span.column), "#");
    return line;
  }

  [[nodiscard]] std::string prefix(Row const& row) const {
    bool const witness = std::ranges::find(witnesses_, row.event) != witnesses_.end();
    return fmt::format("{}{:>5} {:>10}  {:>2}  ", witness ? '*' : ' ', fmt::format("#{}", row.event), milliseconds(row.since_start_ns),
                       row.step == 0 ? "" : fmt::format("{}", row.step));
  }

  [[nodiscard]] std::string draw_row(std::size_t index) const {
    Row const& row = ladder_.rows[index];
    std::string label = one_line(row.label);
    if (row.repeats != 0) label += fmt::format(" (again #{})", row.repeats);
    if (row.kind == Kind::message) return draw_arrow(index, label);
    auto line = lifelines(index, prefix(row));
    if (row.kind != Kind::closed && row.kind != Kind::opened) {
      line.centre(x(row.from), fmt::format("[{}]", label), width_);
      return line.text();
    }
    auto const [left, right] = std::minmax(row.from, row.to);
    line.put(x(left) + 1, std::string(x(right) - x(left) - 1, '.'));
    line.centre((x(left) + x(right)) / 2, fmt::format("[{}]", label), width_);
    return line.text();
  }

  /// The label stands in the arrow, or on a line of its own above an arrow that is too short.
  [[nodiscard]] std::string draw_arrow(std::size_t index, std::string label) const {
    Row const& row = ladder_.rows[index];
    auto const [left, right] = std::minmax(row.from, row.to);
    auto const length = right == left ? 1 : x(right) - x(left) - 1;
    auto const with_detail = row.detail.empty() ? label : fmt::format("{}, {}", label, one_line(row.detail));
    constexpr std::size_t head_and_dashes = 6;  // "-- " and " ->"
    if (with_detail.size() + head_and_dashes <= length) label = with_detail;

    auto arrow = lifelines(index, prefix(row));
    std::string shaft(length, '-');
    (row.to > row.from ? shaft.back() : shaft.front()) = row.to > row.from ? '>' : '<';
    arrow.put(x(left) + 1, shaft);
    auto const middle = (x(left) + x(right) + 1) / 2;
    if (label.size() + head_and_dashes <= length) {
      arrow.centre(middle, fmt::format(" {} ", label), width_);
      return arrow.text();
    }
    auto above = lifelines(index, std::string(head.size(), ' '));
    above.centre(middle, with_detail.size() <= length ? with_detail : label, width_);
    return above.text() + arrow.text();
  }

  Ladder const& ladder_;
  std::span<trace::EventId const> witnesses_;
  std::size_t gap_ = gap_most;
  std::size_t width_ = width_most;
};

}  // namespace

std::string ladder_text(trace::Trace const& trace, std::span<trace::EventId const> witnesses) {
  auto const ladder = trace::ladder(trace);
  return Drawing(ladder, witnesses).draw();
}

}  // namespace tollgate::reports
