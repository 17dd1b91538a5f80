/// What a message says of its body, and the session description in it: RFC 3261 13.2.1, 20.11, 20.15, 21.4.26.
#include "base/text.hpp"
#include "codec/sdp/judge.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::sip {

/// The octets of the body as Content-Length has them; nothing where there are none or their number is not known.
static std::string_view known_body(Case const& it) {
  if (!it.body) return {};
  if (!it.fields().value(Name::content_length)) return *it.body;
  auto const length = content_length(it.fields());
  return length && *length <= it.body->size() ? it.body->substr(0, *length) : std::string_view();
}

/// A body has a type (RFC 3261 20.15).
static void judge_type(Case& it) {
  bool const has_body = it.body && !it.body->empty() && content_length(it.fields()).value_or(1) > 0;
  if (has_body && !it.fields().value(Name::content_type))
    it.add(it.body->substr(0, 0), "Content-Type", "RFC 3261 20.15", Strength::must, doubtful, "missing before a body");
}

/// A body that its sender declares optional may be left unread (RFC 3261 20.11).
static bool is_optional(Case const& it) {
  auto const disposition = content_disposition(it.fields());
  return disposition && iequals(disposition->parameters.find("handling").value_or(""), "optional");
}

/// An SDP body that is not encoded, by the rules of RFC 8866.
static void judge_description(Case& it) {
  auto const type = content_type(it.fields());
  auto const encoding = it.fields().value(Name::content_encoding);
  auto const body = known_body(it);
  bool const is_plain = !encoding || iequals(*encoding, "identity");
  if (body.empty() || !type || !type->is("application", "sdp") || !is_plain) return;
  auto const description = sdp::judge(body);
  Effect effect{description.outcome, Stage::body, description.answer.value_or(0)};
  if (effect.outcome == Outcome::reject && is_optional(it)) effect.outcome = Outcome::either;
  for (auto const& one : description.diagnostics)
    it.add(body.substr(one.offset, one.size), one.rule, one.clause, one.strength, effect, one.detail);
}

void judge_body(Case& it) {
  judge_type(it);
  judge_description(it);
}

}  // namespace tollgate::sip
