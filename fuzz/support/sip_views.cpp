#include "fuzz/support/sip_views.hpp"

#include <concepts>
#include <functional>

#include "codec/sip/views.hpp"
#include "fuzz/support/target.hpp"

namespace tollgate::fuzz {

namespace {

/// Where every text has to lie, and what says so.
class Inside {
 public:
  Inside(std::string_view octets, std::string_view view) : octets_(octets), view_(view) {}

  /// An empty text may lie anywhere, and the default of an absent one is a literal.
  void operator()(std::string_view text, std::string_view default_text = "") const {
    if (text == default_text) return;
    auto const less = std::less_equal<char const*>();
    bool const is_inside = less(octets_.data(), text.data()) && less(text.data() + text.size(), octets_.data() + octets_.size());
    if (!is_inside) require(false, std::string(view_).append(" lies outside its message"));
  }
  template <std::integral N>
  void operator()(N) const {}
  template <class T>
  void operator()(std::vector<T> const& all) const {
    for (auto const& one : all) (*this)(one);
  }
  void operator()(sip::Parameters const& all) const {
    for (auto const& one : all) (*this)(one.name), (*this)(one.value.value_or(""));
    (*this)(all.text());
  }
  void operator()(sip::Uri const& uri) const {
    for (auto const part : {uri.scheme, uri.user, uri.password, uri.host, uri.headers, uri.opaque}) (*this)(part);
    (*this)(uri.parameters);
  }
  void operator()(sip::NameAddr const& address) const {
    (*this)(address.display_name), (*this)(address.uri), (*this)(address.tag());
    (*this)(address.parts), (*this)(address.parameters);
  }
  void operator()(sip::Via const& via) const {
    for (auto const part : {via.protocol, via.version, via.transport, via.host, via.branch(), via.received()}) (*this)(part);
    (*this)(via.parameters);
  }
  void operator()(sip::CSeq const& cseq) const { (*this)(cseq.method); }
  void operator()(sip::RAck const& rack) const { (*this)(rack.cseq); }
  void operator()(sip::AuthParams const& params) const { (*this)(params.scheme), (*this)(params.list); }
  void operator()(sip::DigestChallenge const& one) const {
    for (auto const part : {one.realm, one.nonce, one.qop, one.opaque, one.domain}) (*this)(part);
    (*this)(one.algorithm, "MD5");
  }
  void operator()(sip::DigestResponse const& one) const {
    for (auto const part : {one.username, one.realm, one.nonce, one.uri, one.response, one.qop, one.cnonce, one.opaque}) (*this)(part);
    (*this)(one.algorithm, "MD5");
  }
  void operator()(sip::AcceptContact const& one) const { (*this)(one.features); }
  void operator()(sip::MediaType const& type) const { (*this)(type.type), (*this)(type.subtype), (*this)(type.parameters); }
  void operator()(sip::Product const& one) const { (*this)(one.name), (*this)(one.version), (*this)(one.comment); }
  void operator()(sip::Qualified const& one) const { (*this)(one.value), (*this)(one.parameters); }
  void operator()(sip::Reason const& one) const { (*this)(one.protocol), (*this)(one.text); }
  void operator()(sip::SessionExpires const& one) const { (*this)(one.refresher); }
  void operator()(sip::Event const& one) const { (*this)(one.type), (*this)(one.id), (*this)(one.parameters); }
  void operator()(sip::SubscriptionState const& one) const { (*this)(one.state), (*this)(one.reason); }
  void operator()(sip::Date const& date) const { require(date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31, "Date"); }
  void operator()(sip::Timestamp const& one) const { (*this)(one.time), (*this)(one.delay); }
  void operator()(sip::RetryAfter const& one) const { (*this)(one.comment); }
  void operator()(sip::Warning const& one) const { (*this)(one.agent), (*this)(one.text); }

 private:
  std::string_view octets_;
  std::string_view view_;
};

class Asked {
 public:
  Asked(sip::Index const& index, sip::Message const& message) : index_(index), message_(message) {}

  template <class View, class... More>
  void operator()(std::string_view name, View view, More... more) const {
    auto const of_index = view(sip::Fields(index_), more...);
    auto const of_message = view(sip::Fields(message_), more...);
    require(of_index.has_value() == of_message.has_value(), std::string(name).append(" reads an Index and a Message differently"));
    if (of_index) return Inside(index_.octets(), name)(*of_index);
    auto const &a = of_index.error(), &b = of_message.error();
    require(a.offset == b.offset && a.rule == b.rule && a.detail == b.detail, std::string(name).append(" refuses for another reason"));
  }

 private:
  sip::Index const& index_;
  sip::Message const& message_;
};

}  // namespace

void require_views_agree(sip::Index const& index, sip::Message const& message) {
  using enum sip::Name;
  Asked const ask(index, message);
  ask("From", sip::from), ask("To", sip::to), ask("Reply-To", sip::reply_to);
  ask("Refer-To", sip::refer_to), ask("Referred-By", sip::referred_by);
  ask("Contact", sip::contacts), ask("Route", sip::route), ask("Record-Route", sip::record_route), ask("Path", sip::path);
  ask("Service-Route", sip::service_route);
  ask("P-Asserted-Identity", sip::p_asserted_identity), ask("P-Preferred-Identity", sip::p_preferred_identity);
  ask("topmost Via", sip::top_via), ask("Via", sip::vias);
  ask("Call-ID", sip::call_id), ask("In-Reply-To", sip::in_reply_to), ask("CSeq", sip::cseq), ask("RAck", sip::rack);
  for (auto const name : {www_authenticate, proxy_authenticate}) ask("challenges", sip::digest_challenges, name);
  for (auto const name : {authorization, proxy_authorization}) ask("credentials", sip::digest_responses, name);
  for (auto const name : {www_authenticate, authorization}) ask("authentications", sip::authentications, name);
  ask("Accept-Contact", sip::accept_contacts), ask("Reject-Contact", sip::reject_contacts);
  ask("Request-Disposition", sip::request_disposition);
  ask("Content-Type", sip::content_type), ask("Accept", sip::accept), ask("MIME-Version", sip::mime_version);
  ask("Content-Length", sip::content_length), ask("Max-Forwards", sip::max_forwards), ask("Expires", sip::expires);
  ask("Min-Expires", sip::min_expires), ask("RSeq", sip::rseq);
  ask("Server", sip::server), ask("User-Agent", sip::user_agent);
  ask("Content-Disposition", sip::content_disposition), ask("Reason", sip::reasons);
  for (auto const name : {accept_encoding, accept_language}) ask("a list with q", sip::qualified, name);
  ask("Session-Expires", sip::session_expires), ask("Min-SE", sip::min_se);
  ask("Event", sip::event), ask("Subscription-State", sip::subscription_state);
  ask("Subject", sip::subject), ask("Organization", sip::organization);
  ask("Date", sip::date), ask("Timestamp", sip::timestamp), ask("Retry-After", sip::retry_after);
  for (auto const name : {allow, supported, sip::Name::require, unsupported, content_encoding}) ask("a list of tokens", sip::tokens, name);
  for (auto const name : {priority, sip_etag, sip_if_match}) ask("a token", sip::token, name);
  ask("Privacy", sip::privacy), ask("Warning", sip::warnings);
}

}  // namespace tollgate::fuzz
