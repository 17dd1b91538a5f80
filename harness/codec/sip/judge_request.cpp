/// What a UAS that can read a request has to refuse all the same (RFC 3261 8.2, 10.3, 16.3; RFC 4475 3.3).
#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "base/text.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/registered.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::sip {

static void judge_method(Case& it) {
  if (is_registered_method(it.start->method)) return;
  it.add(it.start->method, "Method", "RFC 3261 8.2.1", Strength::may, {Outcome::accept, Stage::method, 501},
         "no method that is registered");
}

static void judge_scheme(Case& it) {
  auto const uri = parse_uri(it.start->request_uri);
  if (!uri || is_known_scheme(uri->scheme)) return;
  it.add(uri->scheme, "Request-URI", "RFC 3261 8.2.2.1", Strength::should, {Outcome::reject, Stage::scheme, 416},
         "a scheme that is not for SIP requests");
}

/// RFC 3261 10.2: To is the address-of-record, a SIP or SIPS URI; the Request-URI names a domain.
static void judge_register(Case& it) {
  auto const address = to(it.fields());
  auto const uri = address ? parse_uri(address->uri) : Parsed<Uri>(std::unexpected(ParseError{}));
  if (uri && !uri->opaque.empty())
    it.add(uri->scheme, "To", "RFC 3261 10.2", Strength::must, bad_header, "an address-of-record is a SIP or SIPS URI");
  auto const domain = parse_uri(it.start->request_uri);
  if (domain && !domain->user.empty())
    it.add(domain->user, "Request-URI", "RFC 3261 10.2", Strength::must, doubtful, "a user in the registrar's URI");
}

static void judge_require(Case& it) {
  auto const fields = it.fields();
  for (std::size_t nth = 0; auto const value = fields.value(Name::require, nth); ++nth)
    for (auto const tag : List(*value))
      if (!tag.empty() && !is_registered_option_tag(tag))
        it.add(tag, "Require", "RFC 3261 8.2.2.3", Strength::must, {Outcome::reject, Stage::extension, 420},
               "an option tag that nobody registered");
}

/// An INVITE offers by SDP, alone or in a multipart; another body may be left unread where its handling is optional.
static void judge_invite_body(Case& it) {
  auto const type = content_type(it.fields());
  if (!type || !it.body || it.body->empty()) return;
  bool const is_read = type->is("application", "sdp") || iequals(type->type, "multipart");
  auto const disposition = content_disposition(it.fields());
  bool const is_optional = disposition && iequals(disposition->parameters.find("handling").value_or(""), "optional");
  if (!is_read && !is_optional)
    it.add(*it.fields().value(Name::content_type), "Content-Type", "RFC 3261 8.2.3", Strength::must, {Outcome::reject, Stage::body, 415},
           "no session description");
}

/// The answer to an INVITE is SDP too, so its Accept has to cover it.
static void judge_accept(Case& it) {
  auto const ranges = accept(it.fields());
  if (!ranges || ranges->empty()) return;
  bool const covers = std::ranges::any_of(*ranges, [](auto const& range) { return range.covers("application", "sdp"); });
  if (!covers)
    it.add(*it.fields().value(Name::accept), "Accept", "RFC 3261 21.4.7", Strength::should, {Outcome::reject, Stage::accept, 406},
           "does not cover application/sdp");
}

static void judge_hops(Case& it) {
  auto const hops = max_forwards(it.fields());
  if (hops && *hops == 0)
    it.add(*it.fields().value(Name::max_forwards), "Max-Forwards", "RFC 3261 16.3", Strength::may,
           {Outcome::either, Stage::forwarding, 483}, "a proxy refuses, an endpoint goes on");
}

void judge_request(Case& it) {
  if (!it.start) return;
  judge_method(it);
  judge_scheme(it);
  judge_require(it);
  judge_hops(it);
  if (it.is("REGISTER")) judge_register(it);
  if (!it.is("INVITE")) return;
  judge_invite_body(it);
  judge_accept(it);
}

}  // namespace tollgate::sip
