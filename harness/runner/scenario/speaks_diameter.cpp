#include "runner/scenario/speaks_diameter.hpp"

#include <algorithm>

#include "codec/ch2/elements.hpp"
#include "runner/scenario/labels.hpp"
#include "runner/scenario/named_fields.hpp"

namespace tollgate {

namespace {

bool is_of_diameter(fields::Path const& path) {
  if (path.protocol != fields::Protocol::diameter) return false;
  if (path.parents.empty() && path.name == "flags.T") return false;  // a document says it by an attribute
  std::vector<std::string_view> const parents(path.parents.begin(), path.parents.end());
  return !ch2::has_element(parents, path.name);
}

bool looks_at_diameter(std::string_view attribute) {
  return std::ranges::any_of(fields_in(attribute), is_of_diameter);
}

bool names_diameter(std::string_view text) {
  return names_field(text, is_of_diameter);
}

bool hears_diameter(std::string_view by, std::string_view label) {
  return by == "ocs" && std::ranges::any_of(split(label, '|'), [](auto const word) { return is_peer_label(word); });
}

bool changes_diameter(std::string_view by, Amendment const& changes) {
  auto const is_edit = [](fields::Edit const& edit) { return is_of_diameter(edit.path) || names_diameter(edit.value); };
  bool const at_connection = by == "ocs" && (!changes.octets.empty() || changes.segments.with_next);
  return at_connection || std::ranges::any_of(changes.edits, is_edit);
}

struct Speaks {
  bool operator()(step::Send const& s) const { return s.by == "ocs" || changes_diameter(s.by, s.changes); }
  /// HTTP has one response to a request.
  bool operator()(step::Answer const& s) const { return (s.by == "ocs" && s.again) || changes_diameter(s.by, s.changes); }
  bool operator()(step::Repeat const& s) const { return s.by == "ocs"; }
  bool operator()(step::Scripts const& s) const { return s.by == "ocs" && (s.message == "CER" || s.message == "DWR"); }
  bool operator()(step::Close const& s) const { return s.by == "ocs"; }
  bool operator()(step::Expect const& s) const { return hears_diameter(s.by, s.message); }
  bool operator()(step::Unordered const& s) const { return std::ranges::any_of(s.all, *this); }
  bool operator()(step::Silence const& s) const { return hears_diameter(s.by, s.message) || hears_diameter(s.by, s.until); }
  bool operator()(step::Count const& s) const { return hears_diameter(s.by, s.message); }
  bool operator()(step::Skip const& s) const { return hears_diameter(s.by, s.message); }
  bool operator()(step::Distinct const& s) const { return looks_at_diameter(s.field); }
  bool operator()(step::Check const& s) const {
    auto const names = [](auto const& text) { return text && names_diameter(*text); };
    bool const must_not_be_there = s.times == 0U;  // as it is not where no element stands for it
    return (looks_at_diameter(s.field) && !must_not_be_there) || hears_diameter(s.by, s.each) || names(s.is) || names(s.is_not) ||
           names(s.matches);
  }
  template <class Other>
  bool operator()(Other const&) const {
    return false;
  }
};

}  // namespace

bool speaks_diameter(Flow const& flow) {
  return std::ranges::any_of(flow.steps, [](Step const& step) { return std::visit(Speaks(), step.what); });
}

}  // namespace tollgate
