#include "trace/ladder.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <unordered_map>

namespace tollgate::trace {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::im_client: return "IM Client";
    case Role::im_server: return "IM Server";
    case Role::charging_enabler: return "Charging Enabler";
  }
  return "";
}

namespace {

/// A message of the twelve steps, told by its name, its direction and whether it is a request or a success.
struct Step {
  int number;
  std::string_view name;
  Direction direction;
  bool answer;
};

constexpr std::array steps{
    Step{1, "REGISTER", Direction::sent, false},          Step{2, "REGISTER", Direction::received, true},
    Step{3, "reserve_units", Direction::received, false}, Step{4, "reserve_units", Direction::sent, true},
    Step{5, "INVITE", Direction::received, false},        Step{6, "INVITE", Direction::sent, true},
    Step{7, "SEND", Direction::received, false},          Step{8, "debit_units", Direction::received, false},
    Step{9, "debit_units", Direction::sent, true},        Step{10, "SEND", Direction::sent, true},
    Step{11, "BYE", Direction::received, false},          Step{12, "BYE", Direction::sent, true},
};

/// Steps 2, 6 and 12 are a 200; the results of CH-2 and MSRP may be any.
bool is_the_answer(Event const& event) {
  constexpr int success_first = 200, success_last = 299;
  if (event.channel != Channel::sip) return event.meaning.status != 0;
  return event.meaning.status >= success_first && event.meaning.status <= success_last;
}

/// The empty SEND that binds a connection, and the response to it, belong to no step.
bool carries_content(Trace const& trace, Event const& event) {
  if (event.meaning.name != "SEND") return true;
  if (event.meaning.status == 0) return event.meaning.has_body;
  return event.about != 0 && trace.at(event.about).meaning.has_body;
}

std::string counted(std::uint64_t count) {
  return fmt::format("{} unit{}", count, count == 1 ? "" : "s");
}

std::string detail_of(Event const& event) {
  auto const& meaning = event.meaning;
  switch (event.channel) {
    case Channel::sip: return meaning.cseq == 0 ? "" : fmt::format("CSeq {}", meaning.cseq);
    case Channel::msrp: {
      if (meaning.status != 0 || meaning.message_id.empty()) return "";
      return fmt::format("{} {}", meaning.message_id, meaning.flag == 0 ? '?' : meaning.flag);
    }
    case Channel::ch2: {
      if (meaning.used) return counted(*meaning.used);
      if (meaning.requested) return counted(*meaning.requested);
      return meaning.granted ? counted(*meaning.granted) : "";
    }
  }
  return "";
}

std::string label_of(Event const& event) {
  switch (event.kind) {
    case Kind::message: {
      auto label = event.meaning.label();
      return label.empty() ? fmt::format("{} octets, not readable", event.octets.size()) : label;
    }
    case Kind::opened: return "connection opened";
    case Kind::closed: return "connection closed" + (event.note.empty() ? "" : ": " + event.note);
    case Kind::withheld: return "withheld: " + event.note;
    case Kind::released: return "released: " + event.note;
    case Kind::tampered: return "tampered: " + event.note;
    case Kind::unsecured:
    case Kind::foreign:
    case Kind::unkept:
    case Kind::played:
    case Kind::silence:
    case Kind::measured: return event.note;
    case Kind::restarted: return "the SUT is " + event.note;
    case Kind::stored: return fmt::format("stored {} octets", event.octets.size());
  }
  return "";
}

class Builder {
 public:
  explicit Builder(Trace const& trace) : trace_(trace) {
    find_columns();
    for (Event const& event : trace.events()) add(event);
    for (auto& open : open_) open.last = ladder_.rows.size() - 1;
    ladder_.withheld.insert(ladder_.withheld.end(), open_.begin(), open_.end());
    std::ranges::sort(ladder_.withheld, {}, &Withheld::first);
  }
  [[nodiscard]] Ladder take() { return std::move(ladder_); }

 private:
  /// One of ours who ever speaks CH-2 is a Charging Enabler, everybody else an IM Client. The one of every case is
  /// called "ocs" and may have only listened.
  void find_columns() {
    std::set<std::string_view> enablers;
    for (Event const& event : trace_.events())
      if (event.channel == Channel::ch2 || event.actor == "ocs") enablers.insert(event.actor);
    for (Event const& event : trace_.events())
      if (!enablers.contains(event.actor)) give_column(Role::im_client, event.actor);
    server_ = ladder_.columns.size();
    ladder_.columns.push_back({Role::im_server, ""});
    for (Event const& event : trace_.events())
      if (enablers.contains(event.actor)) give_column(Role::charging_enabler, event.actor);
  }
  /// The first time that it is named.
  void give_column(Role role, std::string const& actor) {
    if (columns_.try_emplace(actor, ladder_.columns.size()).second) ladder_.columns.push_back({role, actor});
  }

  [[nodiscard]] std::size_t column_of(Event const& event) const {
    auto const column = columns_.find(event.actor);
    return column == columns_.end() ? server_ : column->second;
  }

  void add(Event const& event) {
    Row row{.event = event.id, .kind = event.kind, .channel = event.channel};
    row.since_start_ns = event.at_ns - trace_.events().front().at_ns;
    row.from = row.to = column_of(event);
    if (event.kind == Kind::message || event.kind == Kind::closed || event.kind == Kind::opened || event.kind == Kind::unsecured)
      (event.direction == Direction::sent ? row.to : row.from) = server_;
    row.label = label_of(event);
    if (event.kind == Kind::message) row.detail = detail_of(event);
    row.repeats = event.repeats;
    row.step = step_of(trace_, event);
    ladder_.rows.push_back(std::move(row));
    if (event.kind == Kind::withheld) hold(event);
    if (event.kind == Kind::released) release(event);
  }

  /// From the request on nobody answered it, whenever a case said so.
  void hold(Event const& event) {
    auto const row = ladder_.rows.size() - 1;
    bool const names_request = event.about != 0 && event.about < event.id;
    open_.push_back({.column = column_of(event), .first = names_request ? event.about - 1 : row, .last = row, .about = event.about});
  }
  void release(Event const& event) {
    auto const held = std::ranges::find(open_, event.about, &Withheld::about);
    if (held == open_.end()) return;  // let go without having been held: the row alone tells
    held->last = ladder_.rows.size() - 1;
    ladder_.withheld.push_back(*held);
    open_.erase(held);
  }

  Trace const& trace_;
  Ladder ladder_;
  std::unordered_map<std::string_view, std::size_t> columns_;  ///< by who has them
  std::size_t server_ = 0;
  std::vector<Withheld> open_;
};

}  // namespace

int step_of(Trace const& trace, Event const& event) {
  if (event.kind != Kind::message || event.repeats != 0 || !carries_content(trace, event)) return 0;
  for (auto const& step : steps) {
    bool const same = step.name == event.meaning.name && step.direction == event.direction;
    if (same && (step.answer ? is_the_answer(event) : event.meaning.status == 0)) return step.number;
  }
  return 0;
}

Ladder ladder(Trace const& trace) {
  return Builder(trace).take();
}

}  // namespace tollgate::trace
