#include "codec/sip/header_rules.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/tel.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::sip {

namespace {

/// What `parse` refuses, whatever it reads.
template <auto parse>
Parsed<void> is(std::string_view value) {
  if (auto const read = parse(value); !read) return std::unexpected(read.error());
  return {};
}

/// An address as `parse` reads it, whose tel URI, if it is one, keeps to RFC 3966.
template <auto parse>
Parsed<void> is_address(std::string_view value) {
  auto const address = parse(value);
  if (!address) return std::unexpected(address.error());
  if (!iequals(address->uri.substr(0, 4), "tel:")) return {};
  auto const tel = parse_tel(address->uri);
  if (!tel) return shifted(tel.error(), static_cast<std::size_t>(address->uri.data() - value.data()));
  return {};
}

/// Challenges and credentials: of Digest, with all that Digest asks for.
template <auto parse_digest>
Parsed<void> is_auth(std::string_view value) {
  auto const params = parse_auth(value);
  if (!params) return std::unexpected(params.error());
  return params->is_digest() ? is<parse_digest>(value) : Parsed<void>();
}

using enum Shape;

/// In the order of `Name`.
constexpr std::array<HeaderRule, name_count> rules{{
    {Name::unknown, repeat, is<parse_extension_value>, "RFC 3261 7.3.1"},
    {Name::accept, list_or_none, is<parse_accept_range>, "RFC 3261 20.1"},
    {Name::accept_contact, list, is<parse_accept_contact>, "RFC 3841 9.2"},
    {Name::accept_encoding, list_or_none, is<parse_encoding>, "RFC 3261 20.2"},
    {Name::accept_language, list_or_none, is<parse_language>, "RFC 3261 20.3"},
    {Name::alert_info, list, is<parse_info>, "RFC 3261 20.4"},
    {Name::allow, list_or_none, is<parse_token>, "RFC 3261 20.5"},
    {Name::allow_events, list, is<parse_event_type>, "RFC 6665 8.2.2"},
    {Name::authentication_info, once, is<parse_authentication_info>, "RFC 3261 20.6"},
    {Name::authorization, repeat, is_auth<parse_digest_response>, "RFC 3261 20.7"},
    {Name::call_id, once, is<parse_call_id>, "RFC 3261 20.8"},
    {Name::call_info, list, is<parse_info>, "RFC 3261 20.9"},
    {Name::contact, list, is_address<parse_contact>, "RFC 3261 20.10"},
    {Name::content_disposition, once, is<parse_qualified>, "RFC 3261 20.11"},
    {Name::content_encoding, list, is<parse_token>, "RFC 3261 20.12"},
    {Name::content_language, list, is<parse_language_tag>, "RFC 3261 20.13"},
    {Name::content_length, once, is<parse_content_length>, "RFC 3261 20.14"},
    {Name::content_type, once, is<parse_media_type>, "RFC 3261 20.15"},
    {Name::cseq, once, is<parse_cseq>, "RFC 3261 20.16"},
    {Name::date, once, is<parse_date>, "RFC 3261 20.17"},
    {Name::error_info, list, is<parse_info>, "RFC 3261 20.18"},
    {Name::event, once, is<parse_event>, "RFC 6665 8.2.1"},
    {Name::expires, once, is<parse_delta_seconds>, "RFC 3261 20.19"},
    {Name::from, once, is_address<parse_tagged>, "RFC 3261 20.20"},
    {Name::in_reply_to, repeat, is<parse_in_reply_to>, "RFC 3261 20.21"},
    {Name::max_forwards, once, is<parse_max_forwards>, "RFC 3261 20.22"},
    {Name::mime_version, once, is<parse_mime_version>, "RFC 3261 20.24"},
    {Name::min_expires, once, is<parse_delta_seconds>, "RFC 3261 20.23"},
    {Name::min_se, once, is<parse_session_expires>, "RFC 4028 5"},
    {Name::organization, once, is<parse_text>, "RFC 3261 20.25"},
    {Name::p_asserted_identity, list, is_address<parse_identity>, "RFC 3325 9.1"},
    {Name::p_preferred_identity, list, is_address<parse_identity>, "RFC 3325 9.2"},
    {Name::path, list, is<parse_route>, "RFC 3327 4"},
    {Name::priority, once, is<parse_token>, "RFC 3261 20.26"},
    {Name::privacy, once, is<parse_privacy>, "RFC 3323 4.2"},
    {Name::proxy_authenticate, repeat, is_auth<parse_digest_challenge>, "RFC 3261 20.27"},
    {Name::proxy_authorization, repeat, is_auth<parse_digest_response>, "RFC 3261 20.28"},
    {Name::proxy_require, list, is<parse_token>, "RFC 3261 20.29"},
    {Name::rack, once, is<parse_rack>, "RFC 3262 7.2"},
    {Name::reason, list, is<parse_reason>, "RFC 3326 2"},
    {Name::record_route, list, is<parse_route>, "RFC 3261 20.30"},
    {Name::refer_to, once, is_address<parse_name_addr>, "RFC 3515 2.1"},
    {Name::referred_by, once, is_address<parse_name_addr>, "RFC 3892 3"},
    {Name::reject_contact, list, is<parse_accept_contact>, "RFC 3841 9.2"},
    {Name::reply_to, once, is_address<parse_name_addr>, "RFC 3261 20.31"},
    {Name::request_disposition, list, is<parse_directive>, "RFC 3841 9.1"},
    {Name::require, list, is<parse_token>, "RFC 3261 20.32"},
    {Name::retry_after, once, is<parse_retry_after>, "RFC 3261 20.33"},
    {Name::route, list, is<parse_route>, "RFC 3261 20.34"},
    {Name::rseq, once, is<parse_rseq>, "RFC 3262 7.1"},
    {Name::server, once, is<parse_products>, "RFC 3261 20.35"},
    {Name::service_route, list, is<parse_route>, "RFC 3608 5"},
    {Name::session_expires, once, is<parse_session_expires>, "RFC 4028 4"},
    {Name::sip_etag, once, is<parse_token>, "RFC 3903 11.3.1"},
    {Name::sip_if_match, once, is<parse_token>, "RFC 3903 11.3.2"},
    {Name::subject, once, is<parse_text>, "RFC 3261 20.36"},
    {Name::subscription_state, once, is<parse_subscription_state>, "RFC 6665 8.2.3"},
    {Name::supported, list_or_none, is<parse_token>, "RFC 3261 20.37"},
    {Name::timestamp, once, is<parse_timestamp>, "RFC 3261 20.38"},
    {Name::to, once, is_address<parse_tagged>, "RFC 3261 20.39"},
    {Name::unsupported, list, is<parse_token>, "RFC 3261 20.40"},
    {Name::user_agent, once, is<parse_products>, "RFC 3261 20.41"},
    {Name::via, list, is<parse_via>, "RFC 3261 20.42"},
    {Name::warning, list, is<parse_warning>, "RFC 3261 20.43"},
    {Name::www_authenticate, repeat, is_auth<parse_digest_challenge>, "RFC 3261 20.44"},
}};

static_assert([] {
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (rules[i].name != static_cast<Name>(i)) return false;
  return true;
}());

}  // namespace

HeaderRule const& rule_of(Name name) {
  return rules[static_cast<std::size_t>(name)];
}

/// The value as the grammar makes it, with the clauses of its parsers.
static Parsed<void> check_grammar(HeaderRule const& rule, std::string_view value) {
  if (rule.shape == Shape::list_or_none && value.empty()) return {};
  if (rule.shape != Shape::list && rule.shape != Shape::list_or_none) return rule.check(value);
  for (auto const element : List(value))
    if (auto const good = rule.check(element); !good) return shifted(good.error(), offset_in(value, element));
  return {};
}

/// Whether a clause is about another header field than `name`. That of Contact is about name-addr too: From and To send
/// their reader there (RFC 3261 20.20, 20.39).
static bool is_of_another(std::string_view clause, Name name) {
  return clause != rule_of(name).clause && clause != rule_of(Name::contact).clause &&
         std::ranges::find(rules, clause, &HeaderRule::clause) != rules.end();
}

Parsed<void> check_value(Name name, std::string_view value) {
  auto const& rule = rule_of(name);
  auto good = check_grammar(rule, value);
  bool const has_quotes = good && name != Name::unknown && rule.check != is<parse_text>;
  if (has_quotes) good = is<parse_quoted_text>(value);
  if (!good && is_of_another(good.error().clause, name)) good.error().clause = rule.clause;
  return good;
}

}  // namespace tollgate::sip
