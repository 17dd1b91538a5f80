#include "runner/scenario/neighbours.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "runner/scenario/labels.hpp"
#include "runner/scenario/named_fields.hpp"

namespace tollgate {

namespace {

bool is_any_of(std::string_view word, std::span<std::string_view const> all) {
  return std::ranges::find(all, word) != all.end();
}

/// What every step has in common: the fields that it looks at, in a `field` of its own, one or more, and in braces.
bool looks_at(std::string const& field, std::initializer_list<std::optional<std::string>> texts, bool (*is_meant)(fields::Path const&)) {
  auto const names = [&](auto const& text) { return text && names_field(*text, is_meant); };
  return std::ranges::any_of(fields_in(field), is_meant) || std::ranges::any_of(texts, names);
}

bool changes(Amendment const& amendment, bool (*is_meant)(fields::Path const&)) {
  return std::ranges::any_of(amendment.edits,
                             [&](fields::Edit const& edit) { return is_meant(edit.path) || names_field(edit.value, is_meant); });
}

/// A relay agent gives each request a Hop-by-Hop Identifier of its own, and answers what is no answer of that request itself.
bool is_of_diameter_hop(fields::Path const& field) {
  static constexpr std::array<std::string_view, 5> header{"hopbyhopid", "version", "length", "cmd.code", "flags.request"};
  return field.protocol == fields::Protocol::diameter && is_any_of(field.name, header);
}

struct ChargingHop {
  static bool hears(std::string_view by, std::string_view labels) {
    return by == "ocs" && std::ranges::any_of(split(labels, '|'), [](auto const label) { return is_hop_label(label); });
  }
  static bool breaks(std::string_view by, Amendment const& changed) {
    return by == "ocs" && (changes(changed, is_of_diameter_hop) || !changed.octets.empty() || changed.segments.with_next);
  }

  bool operator()(step::Send const& s) const {
    static constexpr std::array<std::string_view, 2> passed_on{"RAR", "ASR"};
    return (s.by == "ocs" && !is_any_of(s.message, passed_on)) || breaks(s.by, s.changes);
  }
  bool operator()(step::Answer const& s) const { return (s.by == "ocs" && s.again) || breaks(s.by, s.changes); }
  bool operator()(step::Repeat const& s) const { return s.by == "ocs"; }
  bool operator()(step::Scripts const& s) const { return hears(s.by, s.message); }
  bool operator()(step::Close const& s) const { return s.by == "ocs"; }
  bool operator()(step::Restart const&) const { return true; }  // a relay agent does not say that the server, and its sessions, ended
  bool operator()(step::Expect const& s) const { return hears(s.by, s.message); }
  bool operator()(step::Unordered const& s) const { return std::ranges::any_of(s.all, *this); }
  bool operator()(step::Silence const& s) const { return hears(s.by, s.message) || hears(s.by, s.until); }
  bool operator()(step::Count const& s) const { return hears(s.by, s.message); }
  bool operator()(step::Skip const& s) const { return hears(s.by, s.message); }
  bool operator()(step::Distinct const& s) const { return looks_at(s.field, {}, is_of_diameter_hop); }
  bool operator()(step::Check const& s) const {
    return hears(s.by, s.each) || looks_at(s.field, {s.is, s.is_not, s.matches}, is_of_diameter_hop);
  }
  template <class Other>
  bool operator()(Other const&) const {
    return false;
  }
};

/// A proxy puts a Via of its own on top and itself on the route and the path, and counts down.
bool is_of_sip_hop(fields::Path const& field) {
  static constexpr std::array<std::string_view, 5> fields{"Via", "Route", "Record-Route", "Path", "Max-Forwards"};
  return field.protocol == fields::Protocol::sip && is_any_of(field.name, fields);
}

struct SipHop {
  static bool breaks(Amendment const& changed) { return changes(changed, is_of_sip_hop); }
  /// Odd or broken forms, and how TCP cuts them, are for the SUT to read, and a proxy reads them first.
  static bool is_of_form(Amendment const& changed) {
    return !changed.octets.empty() || changed.segments.octets != 0 || changed.segments.with_next;
  }

  bool operator()(step::Send const& s) const {
    return s.by != "ocs" && (breaks(s.changes) || (is_sip_method(s.message) && is_of_form(s.changes)));
  }
  bool operator()(step::Answer const& s) const {
    return s.by != "ocs" && (breaks(s.changes) || (!answers_send(s) && is_of_form(s.changes)));
  }
  bool operator()(step::Expect const& s) {
    if (s.message.contains("SEND")) sends_.insert(s.as);
    return false;
  }
  bool operator()(step::Unordered const& s) {
    for (auto const& one : s.all) (*this)(one);
    return false;
  }
  bool operator()(step::Copies const&) const { return true; }
  bool operator()(step::Distinct const& s) const { return looks_at(s.field, {}, is_of_sip_hop); }
  bool operator()(step::Check const& s) const { return looks_at(s.field, {s.is, s.is_not, s.matches}, is_of_sip_hop); }
  template <class Other>
  bool operator()(Other const&) const {
    return false;
  }

 private:
  /// Over MSRP, which goes past a proxy; `send1` is what <given> calls the first.
  [[nodiscard]] bool answers_send(step::Answer const& s) const { return s.to.ends_with("send1") || sends_.contains(s.to); }
  std::set<std::string> sends_;  ///< by their names
};

bool is_of_msrp(fields::Path const& field) {
  return field.protocol == fields::Protocol::msrp;
}

/// Whatever a flow says of MSRP itself; one whose clients only take what comes has nothing of it.
struct MsrpHop {
  static bool hears(std::string_view by, std::string_view labels) {
    auto const is_one = [](std::string_view label) {
      return label == "SEND" || label == "REPORT" || label == "closed" || label == "connected" || label.ends_with(" SEND");
    };
    return by != "ocs" && std::ranges::any_of(split(labels, '|'), is_one);
  }

  bool operator()(step::Given const& s) const { return s.state == PushState::sending; }
  bool operator()(step::Send const& s) const { return s.by != "ocs" && !is_sip_method(s.message); }
  bool operator()(step::Answer const& s) const { return !s.setup.empty() || changes(s.changes, is_of_offer); }
  bool operator()(step::Close const& s) const { return s.by != "ocs"; }
  bool operator()(step::Connect const&) const { return true; }
  bool operator()(step::Resume const&) const { return true; }
  bool operator()(step::Client const& s) const {
    auto const usual = MsrpBehaviour{};
    bool const behaves = s.msrp.accepts != usual.accepts || s.msrp.connects != usual.connects || !s.msrp.binds || s.msrp.every_chunk ||
                         s.msrp.slow || s.msrp.stalls_after > 0 || s.msrp.certificate != usual.certificate || !s.msrp.decoy.empty();
    return behaves || s.connects || s.msrps || !s.msrp_port.empty();
  }
  bool operator()(step::Expect const& s) const { return hears(s.by, s.message); }
  bool operator()(step::Unordered const& s) const { return std::ranges::any_of(s.all, *this); }
  bool operator()(step::Silence const& s) const { return hears(s.by, s.message) || hears(s.by, s.until) || !s.unless_closed.empty(); }
  bool operator()(step::Count const& s) const { return hears(s.by, s.message); }
  bool operator()(step::Skip const& s) const { return hears(s.by, s.message); }
  bool operator()(step::Distinct const& s) const { return looks_at(s.field, {}, is_of_msrp); }
  bool operator()(step::Check const& s) const { return hears(s.by, s.each) || looks_at(s.field, {s.is, s.is_not, s.matches}, is_of_msrp); }
  template <class Other>
  bool operator()(Other const&) const {
    return false;
  }

 private:
  /// The answer to the offer of MSRP is then the relay's path.
  static bool is_of_offer(fields::Path const& field) { return field.protocol == fields::Protocol::sdp; }
};

template <class Needs>
bool any_step(Flow const& flow) {
  Needs needs;
  return std::ranges::any_of(flow.steps, [&needs](Step const& step) { return std::visit(needs, step.what); });
}

}  // namespace

bool needs_charging_peer(Flow const& flow) {
  return any_step<ChargingHop>(flow);
}

bool needs_sip_peer(Flow const& flow) {
  return any_step<SipHop>(flow);
}

bool needs_msrp_peer(Flow const& flow) {
  return any_step<MsrpHop>(flow);
}

}  // namespace tollgate
