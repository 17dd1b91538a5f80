// The steps in which something must come, or must not, or must say something.
#include <fmt/format.h>

#include "runner/duration_expression.hpp"
#include "runner/scenario/labels.hpp"
#include "runner/scenario/read_step.hpp"

namespace tollgate {

step::Expect StepReader::expect(Element const& e) {
  e.allow_only(
      {"by", "message", "as", "within", "since", "not-before", "carries", "units", "requested", "profile", "for", "optional", "copy-of"});
  expects_ = true;
  auto const by = hearer(e);
  step::Expect out{.by = by,
                   .message = label(e, by),
                   .as = e.word("as"),
                   .within = e.duration("within", "live"),
                   .since = defined(e, "since"),
                   .not_before = e.duration("not-before", ""),
                   .of_role = e.get("for"),
                   .optional = e.is_yes("optional", false),
                   .copy_of = defined(e, "copy-of"),
                   .carries = e.may("carries"),
                   .units = e.number<std::uint64_t>("units"),
                   .requested = e.number<std::uint64_t>("requested"),
                   .profile = e.axes()};
  only_on(e, "carries", out.message, {"SEND"});
  for (char const* const what : {"units", "requested", "for"})
    if (e.has(what) && by != "ocs") only_on(e, what, out.message, {"reserve_units"});
  if (out.units)
    only_on(e, "units", out.message, {"debit_units", "close", "UPDATE", "TERMINATION", "EVENT", "debit_units|close", "close|debit_units"});
  if (out.requested) only_on(e, "requested", out.message, {"reserve_units", "debit_units", "INITIAL", "UPDATE", "EVENT"});
  if (out.carries) check_names_in(e, *out.carries);
  if (!out.copy_of.empty() && !names_.at(out.copy_of).received)
    e.refuse("copy-of", fmt::format("'{}' was sent by us; it is the SUT's to repeat", out.copy_of));
  name(e, out.as, {by, true, false, out.message});
  return out;
}

step::Unordered StepReader::unordered(Element const& e) {
  e.allow({});
  step::Unordered group;
  for (auto const& child : e.children()) {
    if (child.name() != "expect") child.refuse(fmt::format("<unordered> holds <expect> only, not <{}>", child.name()));
    group.all.push_back(expect(child));
  }
  if (group.all.empty()) e.refuse("<unordered> is empty");
  return group;
}

step::Silence StepReader::silence(Element const& e) {
  e.allow_only({"by", "message", "during", "since", "until", "for", "copies", "unless-closed", "profile"});
  expects_ = true;
  auto const by = hearer(e);
  step::Silence out{.by = by,
                    .message = label(e, by),
                    .during = e.duration("during", "quiet"),
                    .since = defined(e, "since"),
                    .of_role = e.get("for"),
                    .copies = e.is_yes("copies", false),
                    .until = e.has("until") ? label(e, by, "until") : "",
                    .unless_closed = e.has("unless-closed") ? client(e, "unless-closed") : "",
                    .profile = e.axes()};
  return out;
}

static std::optional<std::string> form(Element const& e, char const* attribute) {
  return e.has(attribute) ? std::optional(with_line_ends(e.get(attribute))) : std::nullopt;
}

step::Check StepReader::check(Element const& e) {
  bool const are_all_distinct = e.get("distinct") == "all";
  e.allow_only({"of",     "by",       "each",    "copies", "since",    "when", "field", "is",     "is-not",  "matches", "has",
                "series", "at-least", "at-most", "times",  "distinct", "bits", "nth",   "values", "profile", "like"});
  expects_ = true;
  step::Check out{.of = defined(e, "of"),
                  .by = e.has("by") ? hearers(e) : "",
                  .each = e.has("each") ? counted_label(e, e.get("by"), "each") : "",
                  .copies = e.is_yes("copies", false),
                  .since = defined(e, "since"),
                  .when = e.get("when"),
                  .field = e.need("field"),
                  .is = e.may("is"),
                  .is_not = e.may("is-not"),
                  .matches = form(e, "matches"),
                  .at_least = e.may("at-least"),
                  .at_most = e.may("at-most"),
                  .like = defined(e, "like"),
                  .has = form(e, "has"),
                  .series = form(e, "series"),
                  .times = e.number<std::uint64_t>("times"),
                  .distinct = are_all_distinct ? std::nullopt : e.number<std::uint64_t>("distinct"),
                  .are_all_distinct = are_all_distinct,
                  .bits = e.number<std::uint64_t>("bits"),
                  .nth = e.number<std::size_t>("nth").value_or(0),
                  .profile = e.axes()};
  if (e.has("values"))
    out.values = e.choice("values", {"all", "any", "if-present"}) == "any" ? step::Values::any
                 : e.get("values") == "if-present"                         ? step::Values::if_present
                                                                           : step::Values::all;
  check_scope(e, out);
  check_conditions(e, out);
  return out;
}

void StepReader::check_scope(Element const& e, step::Check const& check) const {
  if (check.of.empty() == check.each.empty()) e.refuse("<check> needs 'of', a message, or 'by' and 'each', the label of messages");
  if (!check.each.empty() && check.by.empty()) e.refuse("'each' needs 'by'");
  if (!check.since.empty() && !check.series && check.values != step::Values::if_present)
    e.refuse("since", "'since' is for a 'series', which may be of none, or for values=\"if-present\"");
  if (check.bits && check.each.empty()) e.refuse("bits", "'bits' lays the values of many messages side by side: it needs 'each'");
}

void StepReader::check_conditions(Element const& e, step::Check const& check) const {
  Named const every{.by = check.by, .message = check.each};
  for (auto const field : split(check.field, ' ')) check_field(e, "field", field, check.each.empty() ? named(check.of) : &every);
  for (auto const* text : {&check.is, &check.is_not, &check.at_least, &check.at_most})
    if (*text) check_names_in(e, **text);
  for (auto const& [word, pattern] :
       {std::pair("matches", &check.matches), std::pair("has", &check.has), std::pair("series", &check.series)})
    if (*pattern)
      if (auto const why = not_a_pattern(without_names(**pattern))) e.refuse(word, *why);
  bool const any = check.is || check.is_not || check.matches || check.has || check.series || check.at_least || check.at_most ||
                   check.times || check.distinct || check.are_all_distinct || check.bits || !check.like.empty();
  if (!any) e.refuse("<check> needs a condition: is is-not matches like has series at-least at-most times distinct bits");
}

step::Distinct StepReader::distinct(Element const& e) const {
  e.allow_only({"of", "field"});
  step::Distinct out{.of = {}, .field = e.need("field")};
  for (auto const word : split(e.need("of"), ' ')) {
    if (!word.empty()) out.of.emplace_back(word);
    if (!word.empty() && !names_.contains(out.of.back()))
      e.refuse("of", fmt::format("no message was received or sent as '{}' before", word));
  }
  if (out.of.size() < 2) e.refuse("of", "two messages or more are compared");
  for (auto const& name : out.of) check_field(e, "field", out.field, named(name));
  return out;
}

step::Copies StepReader::copies(Element const& e) const {
  e.allow_only({"of", "at"});
  step::Copies out{.of = e.need("of"), .at = {}};
  (void)defined(e, "of");
  for (auto const word : split(e.get("at"), ' ')) {
    if (word.empty()) continue;
    if (!read_duration(word, Ixit{})) e.refuse("at", fmt::format("'{}' is no duration", word));
    out.at.emplace_back(word);
  }
  return out;
}

step::Count StepReader::count(Element const& e) {
  e.allow_only({"by", "message", "copies", "is", "at-least", "at-most", "profile"});
  expects_ = true;
  auto const by = hearers(e);
  step::Count out{.by = by,
                  .message = counted_label(e, by, "message"),
                  .copies = e.is_yes("copies", false),
                  .is = e.number<std::uint64_t>("is"),
                  .at_least = e.number<std::uint64_t>("at-least"),
                  .at_most = e.number<std::uint64_t>("at-most"),
                  .profile = e.axes()};
  if (!out.is && !out.at_least && !out.at_most) e.refuse("<count> needs 'is', 'at-least' or 'at-most'");
  return out;
}

step::Sum StepReader::sum(Element const& e) {
  e.allow_only({"units", "for", "is", "at-most", "profile"});
  expects_ = true;
  step::Sum out{.used = e.choice("units", {"used", "requested"}) == "used",
                .role = e.get("for"),
                .is = e.may("is"),
                .at_most = e.may("at-most"),
                .profile = e.axes()};
  if (!out.is && !out.at_most) e.refuse("<sum> needs 'is' or 'at-most'");
  for (auto const& [attribute, text] : {std::pair("is", out.is), std::pair("at-most", out.at_most)}) {
    if (!text) continue;
    check_names_in(e, *text);
    if (!text->contains('{') && !to_number<std::uint64_t>(*text)) e.refuse(attribute, fmt::format("'{}' is not a number", *text));
  }
  return out;
}

std::optional<step::Any> StepReader::expectation(Element const& e) {
  auto const verb = e.name();
  if (verb == "expect") return expect(e);
  if (verb == "unordered") return unordered(e);
  if (verb == "silence") return silence(e);
  if (verb == "check") return check(e);
  if (verb == "count") return count(e);
  if (verb == "sum") return sum(e);
  if (verb == "skip") {
    e.allow_only({"by", "message"});
    auto const by = hearer(e);
    return step::Skip{by, label(e, by)};
  }
  if (verb != "distinct" && verb != "copies" && verb != "delivered" && verb != "completes" && verb != "probe") return std::nullopt;
  expects_ = true;
  if (verb == "distinct") return distinct(e);
  if (verb == "copies") return copies(e);
  if (verb == "delivered") {
    e.allow_only({"to", "within"});
    return step::Delivered{client(e, "to"), e.duration("within", "live")};
  }
  if (verb == "completes") {
    e.allow_only({"by", "within"});
    return step::Completes{e.get("by") == "*" ? hearers(e) : client(e, "by"), e.duration("within", "msrp_transaction+live")};
  }
  e.allow_only({"by"});
  return step::Probe{client(e, "by")};
}

}  // namespace tollgate
