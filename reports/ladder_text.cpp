#include "reports/ladder_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <vector>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "trace/ladder.hpp"

namespace tollgate::reports {

namespace {

using trace::Kind;
using trace::Ladder;
using trace::Row;

constexpr std::size_t width = 100, margin = 8, gap_most = 26, gap_most_folded = 30, columns_most = 4;
constexpr std::string_view head = " event         ms step ";

/// One line of characters that can be written over.
class Line {
 public:
  explicit Line(std::string text) : text_(std::move(text)) {}
  void put(std::size_t at, std::string_view some) {
    if (text_.size() < at + some.size()) text_.resize(at + some.size(), ' ');
    text_.replace(at, some.size(), some);
  }
  /// Around `middle`, shifted so that it stays between the head and the end of the page, and cut where it is longer.
  void centre(std::size_t middle, std::string_view some) {
    constexpr std::size_t room = width - head.size();
    constexpr std::string_view more = "...";
    if (some.size() > room) return put(head.size(), std::string(some.substr(0, room - more.size())).append(more));
    put(std::clamp(middle - std::min(middle, some.size() / 2), head.size(), width - some.size()), some);
  }
  [[nodiscard]] std::string text() const { return text_.substr(0, text_.find_last_not_of(' ') + 1) + "\n"; }

 private:
  std::string text_;
};

/// More columns than a page holds become one for each role; what was said by the columns is said by the rows.
Ladder folded(Ladder ladder) {
  std::map<trace::Role, std::size_t> sizes, places;
  for (auto const& column : ladder.columns) ++sizes[column.role];
  std::vector<trace::Column> columns;
  std::vector<std::size_t> place_of;
  for (auto const& column : ladder.columns) {
    auto const size = sizes[column.role];
    auto const [place, is_first] = places.try_emplace(column.role, columns.size());
    if (is_first) columns.push_back(size == 1 ? column : trace::Column{column.role, fmt::format("{} of them", size)});
    place_of.push_back(place->second);
  }
  for (auto& row : ladder.rows)
    for (auto const column : {row.from, row.to})
      if (auto const& [role, actor] = ladder.columns[column]; sizes[role] > 1) {
        row.label = fmt::format("{}: {}", actor, row.label);
        break;
      }
  for (auto& row : ladder.rows) row.from = place_of[row.from], row.to = place_of[row.to];
  for (auto& span : ladder.withheld) span.column = place_of[span.column];
  ladder.columns = std::move(columns);
  return ladder;
}

class Drawing {
 public:
  Drawing(Ladder ladder, std::span<trace::EventId const> witnesses) : ladder_(std::move(ladder)), witnesses_(witnesses) {
    bool const folds = ladder_.columns.size() > columns_most;
    if (folds) ladder_ = folded(std::move(ladder_));
    auto const gaps = std::max<std::size_t>(ladder_.columns.size(), 2) - 1;
    gap_ = std::min((width - head.size() - 2 * margin) / gaps, folds ? gap_most_folded : gap_most);
  }

  [[nodiscard]] std::string draw() {
    std::string text = titles();
    for (std::size_t i = 0; i < ladder_.rows.size(); ++i) text += draw_row(i);
    return text + key();
  }

 private:
  [[nodiscard]] std::size_t x(std::size_t column) const { return head.size() + margin + column * gap_; }

  [[nodiscard]] std::string titles() const {
    Line roles{std::string(head)};
    Line actors{""};
    for (std::size_t i = 0; i < ladder_.columns.size(); ++i) {
      auto const& column = ladder_.columns[i];
      roles.centre(x(i), to_string(column.role).substr(0, gap_ - 1));
      actors.centre(x(i), one_line(column.actor).substr(0, gap_ - 1));
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

  /// What the marks mean that this ladder has.
  [[nodiscard]] std::string key() const {
    std::string text;
    auto const says = [&text](std::string_view what) { text += fmt::format("{}{}", text.empty() ? " " : "   ", what); };
    if (std::ranges::any_of(ladder_.rows, [this](Row const& row) { return is_witness(row); })) says("* witness of the verdict");
    if (!ladder_.withheld.empty()) says("# an answer is withheld");
    return text.empty() ? text : text + "\n";
  }

  [[nodiscard]] bool is_witness(Row const& row) const { return std::ranges::find(witnesses_, row.event) != witnesses_.end(); }

  [[nodiscard]] std::string prefix(Row const& row) const {
    return fmt::format("{}{:>5} {:>10}  {:>2}  ", is_witness(row) ? '*' : ' ', fmt::format("#{}", row.event),
                       milliseconds(row.since_start_ns), row.step == 0 ? "" : fmt::format("{}", row.step));
  }

  [[nodiscard]] std::string draw_row(std::size_t index) const {
    Row const& row = ladder_.rows[index];
    std::string label = one_line(row.label);
    if (row.repeats != 0) label += fmt::format(" (again #{})", row.repeats);
    if (row.kind == Kind::message) return draw_arrow(index, label);
    auto line = lifelines(index, prefix(row));
    if (row.kind != Kind::closed && row.kind != Kind::opened && row.kind != Kind::unsecured) {
      line.centre(x(row.from), fmt::format("[{}]", label));
      return line.text();
    }
    auto const [left, right] = std::minmax(row.from, row.to);
    line.put(x(left) + 1, std::string(x(right) - x(left) - 1, '.'));
    line.centre((x(left) + x(right)) / 2, fmt::format("[{}]", label));
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
      arrow.centre(middle, fmt::format(" {} ", label));
      return arrow.text();
    }
    auto above = lifelines(index, std::string(head.size(), ' '));
    above.centre(middle, with_detail.size() <= length ? with_detail : label);
    return above.text() + arrow.text();
  }

  Ladder ladder_;
  std::span<trace::EventId const> witnesses_;
  std::size_t gap_ = gap_most;
};

}  // namespace

std::string ladder_text(trace::Trace const& trace, std::span<trace::EventId const> witnesses) {
  return Drawing(trace::ladder(trace), witnesses).draw();
}

}  // namespace tollgate::reports
