/// What a method or a status asks for or forbids beside its grammar (RFC 3261 8 to 13, 22, and what extends it). A receiver can bear
/// each: they bind the sender.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/auth_params.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/features.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/token.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::sip {

namespace {

void must(Case& it, std::string_view where, std::string_view rule, std::string_view clause, std::string detail) {
  it.add(where, rule, clause, Strength::must, none, std::move(detail));
}

struct Asked {
  int status;
  std::string_view method;  ///< "" for any
  Name name;
  std::string_view clause;
};
constexpr std::array asked{
    Asked{401, "", Name::www_authenticate, "RFC 3261 22.2"},
    Asked{407, "", Name::proxy_authenticate, "RFC 3261 22.3"},
    Asked{405, "", Name::allow, "RFC 3261 8.2.1"},
    Asked{420, "", Name::unsupported, "RFC 3261 8.2.2.3"},
    Asked{423, "", Name::min_expires, "RFC 3261 10.3 (7)"},
    Asked{200, "INVITE", Name::contact, "RFC 3261 12.1.1"},
    Asked{422, "", Name::min_se, "RFC 4028 6"},
    Asked{489, "", Name::allow_events, "RFC 6665 8.2"},
    Asked{200, "SUBSCRIBE", Name::expires, "RFC 6665 3.1.1"},
    Asked{202, "SUBSCRIBE", Name::expires, "RFC 6665 3.1.1"},
};

/// What only an INVITE may be answered: to other requests it helps nobody, or comes too late (RFC 4320 4).
void judge_status(Case& it, std::string_view method) {
  constexpr int trying = 100, success = 200, request_timeout = 408;
  auto const status = it.start->status;
  auto const where = it.octets.substr(offset_in(it.octets, it.start->reason) - std::string_view("180 ").size(), 3);
  if (method == "INVITE") return;
  if (status > trying && status < success)
    must(it, where, "Status-Code", "RFC 4320 4.1", fmt::format("{} is no provisional response but 100", printable(method)));
  if (status == request_timeout) must(it, where, "Status-Code", "RFC 4320 4.2", fmt::format("no 408 to {}", printable(method)));
}

void judge_response(Case& it) {
  auto const fields = it.fields();
  auto const sequence = cseq(fields);
  if (sequence) judge_status(it, sequence->method);
  for (auto const& [status, method, name, clause] : asked)
    if (it.start->status == status && (method.empty() || (sequence && sequence->method == method)) && !fields.value(name))
      must(it, it.end_of_header(), canonical(name), clause, fmt::format("missing in a {}", status));
  bool const is_reliable = it.start->status > 100 && it.start->status < 200 && lists(fields, Name::require, "100rel");
  if (is_reliable && !fields.value(Name::rseq))
    must(it, it.end_of_header(), "RSeq", "RFC 3262 3", "missing in a reliable provisional response");
}

/// Exactly one, a SIP or SIPS URI: where requests in the dialog will go.
void judge_contact(Case& it) {
  bool const is_secured = iequals(it.start->request_uri.substr(0, 5), "sips:");
  auto const listed = contacts(it.fields());
  if (!listed || listed->empty()) return;
  auto const where = *it.fields().value(Name::contact);
  if (listed->size() > 1) must(it, where, "Contact", "RFC 3261 8.1.1.8", "an INVITE has one Contact");
  auto const uri = parse_uri(listed->front().uri);
  if (uri && !iequals(uri->scheme, "sip") && !iequals(uri->scheme, "sips"))
    must(it, where, "Contact", "RFC 3261 8.1.1.8", "no SIP or SIPS URI");
  else if (uri && is_secured && !iequals(uri->scheme, "sips"))
    must(it, where, "Contact", "RFC 3261 8.1.1.8", "the Request-URI is a SIPS URI and this is none");
}

void judge_request(Case& it, std::string_view method) {
  auto const fields = it.fields();
  if (method == "INVITE") judge_contact(it);
  if (method == "SUBSCRIBE" && !fields.value(Name::contact)) must(it, it.end_of_header(), "Contact", "RFC 6665 4.1.2.1", "missing");
  if (method == "MESSAGE")
    if (auto const contact = fields.value(Name::contact))
      must(it, *contact, "Contact", "RFC 3428 4", "a MESSAGE opens no dialog and has none");
  if (method != "CANCEL") return;
  for (auto const name : {Name::require, Name::proxy_require})
    if (auto const value = fields.value(name)) must(it, *value, canonical(name), "RFC 3261 9.1", "a CANCEL has none");
}

/// One identity, or a SIP one and a tel one.
void judge_identities(Case& it, Name name, Parsed<std::vector<NameAddr>> const& identities, std::string_view clause) {
  if (!identities || identities->size() < 2) return;
  auto const is_tel = [](NameAddr const& one) { return lower(std::string(one.uri)).starts_with("tel:"); };
  bool const is_good = identities->size() == 2 && std::ranges::count_if(*identities, is_tel) == 1;
  if (!is_good)
    it.add(*it.fields().value(name), canonical(name), clause, Strength::must, doubtful, "one identity, or a SIP URI and a tel URI");
}

/// RFC 7616 3.3, 3.4: qop is quoted in a challenge and is not in credentials; stale and userhash are true or false.
void judge_digest(Case& it, Name name, bool is_challenge) {
  for (auto const& field : it.found) {
    auto const read = field.name == name ? parse_auth(field.value) : Parsed<AuthParams>();
    if (!read || !read->is_digest()) continue;
    if (auto const qop = read->find_written("qop"); qop && qop->starts_with('"') != is_challenge)
      must(it, *qop, "qop", is_challenge ? "RFC 7616 3.3" : "RFC 7616 3.4",
           is_challenge ? "wants quotes in a challenge" : "takes no quotes in credentials");
    if (auto const charset = read->find("charset"); charset && !iequals(*charset, "UTF-8"))
      must(it, *charset, "charset", "RFC 7616 3.3", "UTF-8 is the only one");
    for (auto const* flag : {"stale", "userhash"})
      if (auto const said = read->find_written(flag); said && !iequals(*said, "true") && !iequals(*said, "false"))
        must(it, *said, flag, "RFC 7616 3.3", "neither true nor false");
  }
}

/// A value of a feature tag that is none of its own grammar; a generic-param may be anything (RFC 3841 10).
void judge_features(Case& it, Name name) {
  for (auto const& field : it.found) {
    if (field.name != name) continue;
    for (auto const element : List(field.value)) {
      auto const read = parse_accept_contact(element);
      if (!read) continue;
      for (auto const& [tag, value] : read->features)
        if (value && is_feature_tag(tag) && !is_feature_value(*value))
          it.add(*value, "feature-param", "RFC 3840 9", Strength::should, doubtful,
                 "neither a tag-value-list nor a string-value in quotes");
    }
  }
}

}  // namespace

void judge_procedure(Case& it) {
  if (!it.start) return;
  if (it.start->status == 0)
    judge_request(it, it.start->method);
  else
    judge_response(it);
  judge_identities(it, Name::p_asserted_identity, p_asserted_identity(it.fields()), "RFC 3325 9.1");
  judge_identities(it, Name::p_preferred_identity, p_preferred_identity(it.fields()), "RFC 3325 9.2");
  for (auto const name : {Name::accept_contact, Name::reject_contact}) judge_features(it, name);
  for (auto const name : {Name::www_authenticate, Name::proxy_authenticate}) judge_digest(it, name, true);
  for (auto const name : {Name::authorization, Name::proxy_authorization}) judge_digest(it, name, false);
}

}  // namespace tollgate::sip
