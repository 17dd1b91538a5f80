/// What a message says of its body, and the session description in it: RFC 3261 13.2.1, 20.11, 20.15, 21.4.26.
#include "base/text.hpp"
#include "codec/multipart.hpp"
#include "codec/sdp/judge.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/media_type.hpp"
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

static void judge_description(Case& it, std::string_view text) {
  auto const description = sdp::judge(text);
  Effect effect{description.outcome, Stage::body, description.answer.value_or(0)};
  if (effect.outcome == Outcome::reject && is_optional(it)) effect.outcome = Outcome::either;
  for (auto const& one : description.diagnostics)
    it.add(text.substr(one.offset, one.size), one.rule, one.clause, one.strength, effect, one.detail);
}

/// The descriptions among the parts of a multipart (RFC 5621 3); a part may be encoded as mail is.
static void judge_parts(Case& it, MediaType const& type, std::string_view body) {
  auto const boundary = type.parameters.find("boundary");
  if (!boundary) return it.add(*it.fields().value(Name::content_type), "boundary", "RFC 2046 5.1.1", Strength::must, doubtful, "missing");
  for (auto const& part : parts_of(body, unquoted(*boundary))) {
    auto const type_of_part = parse_media_type(part.value("Content-Type"));
    auto const encoding = part.value("Content-Transfer-Encoding");
    bool const is_plain = encoding.empty() || iequals(encoding, "7bit") || iequals(encoding, "8bit") || iequals(encoding, "binary");
    if (type_of_part && type_of_part->is("application", "sdp") && is_plain && !part.body.empty()) judge_description(it, part.body);
  }
}

/// A body that is not encoded: SDP by the rules of RFC 8866, alone or as a part.
static void judge_content(Case& it) {
  auto const encoding = it.fields().value(Name::content_encoding);
  auto const body = known_body(it);
  auto const written = it.fields().value(Name::content_type);
  auto const type = parse_media_type(written.value_or(""));
  bool const is_plain = !encoding || iequals(*encoding, "identity");
  if (body.empty() || !type || !is_plain) return;
  if (type->is("application", "sdp")) judge_description(it, body);
  if (iequals(type->type, "multipart")) judge_parts(it, *type, body);
}

void judge_body(Case& it) {
  judge_type(it);
  judge_content(it);
}

}  // namespace tollgate::sip
