#include "refserver/invitation.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "codec/sip/addresses.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::refserver {

using sip::Name;

static Hop hop_to_text(std::string_view uri) {
  auto const parsed = sip::parse_uri(uri);
  return parsed ? hop_to(*parsed) : Hop{};
}

/// What may stand in a Request-URI: no headers (RFC 3261 19.1.1, table 1).
static std::string without_headers(std::string const& uri) {
  auto const parsed = sip::parse_uri(uri);
  return parsed && !parsed->headers.empty() ? uri.substr(0, uri.size() - parsed->headers.size() - 1) : uri;
}

Invitation::Invitation(Clock& clock, Transactions& transactions, SipTransport& transport, Config const& config, Random random,
                       Parties parties)
    : clock_(clock), transactions_(transactions), transport_(transport), config_(config), random_(random), parties_(std::move(parties)),
      call_id_(random_.token(24)), from_tag_(random_.token(12)) {}

std::string Invitation::via(Transport transport) {
  return fmt::format("SIP/2.0/{} {};branch=z9hG4bK{}", in_via(transport), transport_.local(transport).text(), random_.token(16));
}

Hop Invitation::first_hop() const {
  auto hop = hop_to_text(parties_.routes.empty() ? parties_.contact : parties_.routes.front());
  if (has(Fault::M194_leaves_tls) && hop.transport == Transport::tls) hop.transport = Transport::tcp;
  return hop;
}

void Invitation::invite(std::string const& sdp, OnFinal on_final) {
  on_final_ = std::move(on_final);
  send_invite(sdp);
}

std::uint32_t Invitation::first_cseq() const {
  constexpr std::uint32_t limit = 1U << 31;  // RFC 3261 8.1.1.5
  return has(Fault::M142b_cseq_too_large) ? limit : 1;
}

void Invitation::send_invite(std::string const& sdp) {
  Hop const hop = first_hop();
  bool const is_plain = has(Fault::M143_no_feature_tag);
  invite_ = sip::Message::request("INVITE", has(Fault::M140_invite_to_aor) ? parties_.user : without_headers(parties_.contact));
  invite_.add(Name::via, via(hop.transport));
  for (auto const& route : parties_.routes) invite_.add(Name::route, fmt::format("<{}>", route));
  invite_.add(Name::max_forwards, "70");
  invite_.add(Name::from, fmt::format("<{}>;tag={}", parties_.sender, from_tag_));
  invite_.add(Name::to, fmt::format("<{}>", parties_.user));
  invite_.add(Name::call_id, call_id_);
  invite_.add(Name::cseq, fmt::format("{} INVITE", first_cseq()));
  std::string const contact =
      fmt::format("<sip:im@{}{}>{}", transport_.local(hop.transport).text(), in_uri(hop.transport), is_plain ? "" : ";+g.oma.sip-im");
  invite_.add(Name::contact, contact);
  if (has(Fault::M142_two_contacts)) invite_.add(Name::contact, contact);
  if (!is_plain) invite_.add(Name::accept_contact, "*;+g.oma.sip-im;require;explicit");
  invite_.add(Name::p_asserted_identity, fmt::format("<{}>", parties_.sender));
  if (!parties_.referred_by.empty()) invite_.add(Name::referred_by, fmt::format("<{}>", parties_.referred_by));
  invite_.add(Name::allow, "INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, PRACK, UPDATE");
  if (config_.reliable_provisional) invite_.add(Name::supported, "100rel");
  invite_.set_body(sdp, "application/sdp");
  if (has(Fault::M94_length_too_small)) invite_.set(Name::content_length, std::to_string(sdp.size() - 1));
  transactions_.request(invite_, hop,
                        {.on_response = [self = shared_from_this()](sip::Message const& response) { self->take(response); },
                         .on_timeout =
                             [self = shared_from_this()] {
                               if (auto const on_end = std::exchange(self->on_final_, nullptr)) on_end(std::nullopt);
                             }});
}

// What comes.

void Invitation::take(sip::Message const& response) {
  constexpr int success = 200, redirection = 300;
  if (response.status() == success && has(Fault::M164_session_known_late) && !std::exchange(hesitated_, true))
    return (void)clock_.after(10ms, [self = shared_from_this(), response] { self->take(response); });
  if (response.status() < success) return take_provisional(response);
  if (response.status() < redirection && cancelled_ && has(Fault::M158_no_ack_after_cancel)) return;
  clock_.cancel(no_answer_);
  if (response.status() < redirection) return take_2xx(response);
  if (follows(response)) return;
  if (auto const on_final = std::exchange(on_final_, nullptr)) on_final(response);
}

/// RFC 3261 8.1.3.4: to the first Contact of the first 3xx, in a call of its own.
bool Invitation::follows(sip::Message const& response) {
  auto const contacts = sip::contacts(response);
  bool const redirects = response.status() / 100 == 3 && contacts && !contacts->empty();
  if (!redirects || !on_final_ || std::exchange(redirected_, true)) return false;
  parties_.contact = contacts->front().uri;
  parties_.routes.clear();
  call_id_ = random_.token(24);
  early_.clear();
  reliable_.clear();
  if (on_redirect) on_redirect();
  send_invite(std::string(invite_.body()));
  return true;
}

/// A response that asks for it is acknowledged by PRACK, each once and in order (RFC 3262 4).
void Invitation::take_provisional(sip::Message const& response) {
  if (on_provisional_) on_provisional_(response);
  if (!cancelled_) {
    clock_.cancel(no_answer_);
    no_answer_ = clock_.after(config_.timers.no_answer, [self = shared_from_this()] { self->cancel(); });
  }
  auto const require = response.value(Name::require);
  auto const rseq = sip::rseq(response);
  if (!config_.reliable_provisional || !require || !require->contains("100rel") || !rseq) return;
  Dialog dialog = dialog_of(response);
  auto const [last, is_first] = reliable_.try_emplace(dialog.to_tag, *rseq);
  if (!is_first && *rseq != last->second + 1) return;
  last->second = *rseq;
  auto& early = early_.try_emplace(dialog.to_tag, dialog).first->second;
  auto prack = in_dialog(early, "PRACK", ++early.cseq);
  prack.add(Name::rack, fmt::format("{} {} INVITE", *rseq, first_cseq()));
  prack.set_body("", "");
  transactions_.request(prack, next_hop(early), {.on_response = [](sip::Message const&) {}});
}

/// The dialog of the first 2xx, and an ACK for every copy of it (RFC 3261 13.2.2.4). One that comes when nobody waits any
/// more, as after CANCEL, is acknowledged and ended at once.
void Invitation::take_2xx(sip::Message const& response) {
  auto const to = sip::to(response);
  if (dialog_ && to && to->tag() != dialog_->to_tag) return take_fork(response);
  if (dialog_) {
    if (on_copy) on_copy();
    return acknowledge(*dialog_);
  }
  dialog_ = dialog_of(response);
  if (auto const early = early_.find(dialog_->to_tag); early != early_.end()) dialog_->cseq = early->second.cseq;
  confirmed_ = true;
  acknowledge(*dialog_);
  if (auto const on_final = std::exchange(on_final_, nullptr))
    on_final(response);
  else
    bye([] {});
}

/// A 2xx of another one whom a proxy has asked, too: one session is enough (RFC 3261 13.2.2.4).
void Invitation::take_fork(sip::Message const& response) {
  Dialog dialog = dialog_of(response);
  auto const [fork, is_new] = forks_.try_emplace(dialog.to_tag, dialog);
  acknowledge(fork->second);
  if (is_new) end(fork->second, [] {});
}

// What goes.

/// RFC 3261 9.1: after a provisional response, same branch, one Via.
void Invitation::cancel() {
  cancelled_ = true;
  auto cancel = sip::Message::request("CANCEL", invite_.request_uri());
  for (auto const name : {Name::via, Name::max_forwards, Name::from, Name::to, Name::call_id})
    cancel.add(name, invite_.value(name).value_or(""));
  for (auto const route : invite_.values(Name::route)) cancel.add(Name::route, route);
  cancel.add(Name::cseq, fmt::format("{} CANCEL", first_cseq()));
  cancel.set_body("", "");
  transactions_.request(cancel, first_hop(), {.on_response = [](sip::Message const&) {}});
  no_answer_ = clock_.after(64 * config_.timers.sip_t1, [self = shared_from_this()] {  // no 487 came either
    if (auto const on_final = std::exchange(self->on_final_, nullptr)) on_final(std::nullopt);
  });
}

Invitation::Dialog Invitation::dialog_of(sip::Message const& response) const {
  Dialog dialog;
  dialog.to = response.value(Name::to).value_or("");
  if (auto const to = sip::to(response)) dialog.to_tag = to->tag();
  auto const contacts = sip::contacts(response);
  dialog.remote_target = contacts && !contacts->empty() ? std::string(contacts->front().uri) : parties_.contact;
  if (auto const recorded = sip::record_route(response))
    for (auto const& route : *recorded)
      dialog.route_set.insert(has(Fault::M83_route_set_as_recorded) ? dialog.route_set.end() : dialog.route_set.begin(),
                              fmt::format("<{}>", route.uri));
  dialog.cseq = first_cseq();
  return dialog;
}

/// Of M201: a Via as it was before its branch.
static std::string_view without_parameters(std::string_view via) {
  return via.substr(0, via.find(';'));
}

void Invitation::acknowledge(Dialog& dialog) {
  if (dialog.ack.empty()) {
    auto ack = in_dialog(dialog, "ACK", first_cseq());
    ack.set_body("", "");
    if (has(Fault::M201_one_branch_for_acks))
      ack.set(Name::via, fmt::format("{};branch=z9hG4bKack", without_parameters(ack.value(Name::via).value_or(""))));
    dialog.ack = ack.write();
  }
  transport_.send(dialog.ack, next_hop(dialog));
  if (has(Fault::M221_two_acks_a_copy)) transport_.send(dialog.ack, next_hop(dialog));
}

sip::Message Invitation::in_dialog(Dialog const& dialog, std::string_view method, std::uint32_t cseq) {
  auto request = sip::Message::request(method, dialog.remote_target);
  request.add(Name::via, via(next_hop(dialog).transport));
  for (auto const& route : dialog.route_set) request.add(Name::route, route);
  request.add(Name::max_forwards, "70");
  request.add(Name::from, invite_.value(Name::from).value_or(""));
  request.add(Name::to, dialog.to);
  request.add(Name::call_id, call_id_);
  request.add(Name::cseq, fmt::format("{} {}", cseq, method));
  return request;
}

Hop Invitation::next_hop(Dialog const& dialog) const {
  if (dialog.route_set.empty() || has(Fault::M220_bypasses_route)) return hop_to_text(dialog.remote_target);
  auto const first = std::string_view(dialog.route_set.front());
  return hop_to_text(first.substr(1, first.size() - 2));
}

void Invitation::end(Dialog& dialog, std::function<void()> on_end) {
  if (has(Fault::M82_bye_to_registered_contact)) dialog.remote_target = parties_.contact;
  auto request = in_dialog(dialog, "BYE", has(Fault::M80_bye_with_cseq_of_invite) ? dialog.cseq : ++dialog.cseq);
  request.set_body("", "");
  transactions_.request(request, next_hop(dialog),
                        {.on_response =
                             [on_end](sip::Message const& response) {
                               if (response.status() >= 200) on_end();
                             },
                         .on_timeout = on_end});
}

void Invitation::bye(std::function<void()> on_end) {
  confirmed_ = false;
  on_end_ = std::move(on_end);
  end(*dialog_, [self = shared_from_this()] {
    if (auto const tell = std::exchange(self->on_end_, nullptr)) tell();
  });
}

bool Invitation::is_dialog_of(sip::Message const& request) const {
  auto const from = sip::from(request);
  auto const to = sip::to(request);
  return dialog_ && !dialog_->to_tag.empty() && request.value(Name::call_id) == call_id_ && from && to && from->tag() == dialog_->to_tag &&
         to->tag() == from_tag_;
}

}  // namespace tollgate::refserver
