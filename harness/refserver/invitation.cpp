#include "refserver/invitation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/sip/addresses.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::refserver {

using sip::Name;

static Hop hop_to_text(std::string_view uri) {
  auto const parsed = sip::parse_uri(uri);
  return parsed ? hop_to(*parsed) : Hop{};
}

Invitation::Invitation(Clock& clock, Transactions& transactions, SipTransport& transport, Timers const& timers, Random random,
                       Parties parties)
    : clock_(clock), transactions_(transactions), transport_(transport), timers_(timers), random_(random),
      parties_(std::move(parties)), call_id_(random_.token(24)), from_tag_(random_.token(12)) {}

std::string Invitation::via(Transport transport) {
  return fmt::format("SIP/2.0/{} {};branch=z9hG4bK{}", transport == Transport::tcp ? "TCP" : "UDP", parties_.local.text(),
                     random_.token(16));
}

void Invitation::invite(std::string const& sdp, OnFinal on_final) {
  on_final_ = std::move(on_final);
  Hop const hop = hop_to_text(parties_.contact);
  invite_ = sip::Message::request("INVITE", parties_.contact);
  invite_.add(Name::via, via(hop.transport));
  invite_.add(Name::max_forwards, "70");
  invite_.add(Name::from, fmt::format("<{}>;tag={}", parties_.sender, from_tag_));
  invite_.add(Name::to, fmt::format("<{}>", parties_.user));
  invite_.add(Name::call_id, call_id_);
  invite_.add(Name::cseq, fmt::format("{} INVITE", cseq_));
  invite_.add(Name::contact, fmt::format("<sip:im@{}{}>;+g.oma.sip-im", parties_.local.text(),
                                         hop.transport == Transport::tcp ? ";transport=tcp" : ""));
  invite_.add(Name::accept_contact, "*;+g.oma.sip-im;require;explicit");
  invite_.add(Name::p_asserted_identity, fmt::format("<{}>", parties_.sender));
  invite_.add(Name::allow, "INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE");
  invite_.set_body(sdp, "application/sdp");
  transactions_.request(invite_, hop,
                        {.on_response = [self = shared_from_this()](sip::Message const& response) { self->take(response); },
                         .on_timeout =
                             [self = shared_from_this()] {
                               if (self->on_final_) self->on_final_(std::nullopt);
                             }});
}

void Invitation::take(sip::Message const& response) {
  clock_.cancel(no_answer_);
  if (response.status() < 200) {
    if (on_provisional_) on_provisional_(response);
    no_answer_ = clock_.after(timers_.no_answer, [self = shared_from_this()] { self->cancel(); });
    return;
  }
  if (response.status() < 300 && !(parties_.ignores_late_200 && cancelled_)) confirm(response);
  if (auto const on_final = std::exchange(on_final_, nullptr)) on_final(response);
}

/// RFC 3261 9.1: after a provisional response, same branch, one Via.
void Invitation::cancel() {
  cancelled_ = true;
  auto cancel = sip::Message::request("CANCEL", invite_.request_uri());
  for (auto const name : {Name::via, Name::max_forwards, Name::from, Name::to, Name::call_id})
    cancel.add(name, invite_.value(name).value_or(""));
  cancel.add(Name::cseq, fmt::format("{} CANCEL", cseq_));
  cancel.set_body("", "");
  transactions_.request(cancel, hop_to_text(parties_.contact), {.on_response = [](sip::Message const&) {}});
  no_answer_ = clock_.after(64 * timers_.sip_t1, [self = shared_from_this()] {  // no 487 came either
    if (auto const on_final = std::exchange(self->on_final_, nullptr)) on_final(std::nullopt);
  });
}

/// The dialog of the first 2xx, and an ACK for every copy of it (RFC 3261 12.1.2, 13.2.2.4).
void Invitation::confirm(sip::Message const& response) {
  if (!ack_.empty() && on_copy) on_copy();
  if (ack_.empty()) {
    to_ = response.value(Name::to).value_or("");
    if (auto const to = sip::to(response)) to_tag_ = to->tag();
    auto const contacts = sip::contacts(response);
    remote_target_ = contacts && !contacts->empty() ? std::string(contacts->front().uri) : parties_.contact;
    if (auto const recorded = sip::record_route(response))
      for (auto const& route : *recorded) route_set_.insert(route_set_.begin(), fmt::format("<{}>", route.uri));
    confirmed_ = true;
    auto ack = in_dialog("ACK", cseq_);
    ack.set_body("", "");
    ack_ = ack.write();
  }
  transport_.send(ack_, next_hop());
}

sip::Message Invitation::in_dialog(std::string_view method, std::uint32_t cseq) {
  auto request = sip::Message::request(method, remote_target_);
  request.add(Name::via, via(next_hop().transport));
  for (auto const& route : route_set_) request.add(Name::route, route);
  request.add(Name::max_forwards, "70");
  request.add(Name::from, invite_.value(Name::from).value_or(""));
  request.add(Name::to, to_);
  request.add(Name::call_id, call_id_);
  request.add(Name::cseq, fmt::format("{} {}", cseq, method));
  return request;
}

Hop Invitation::next_hop() const {
  if (route_set_.empty()) return hop_to_text(remote_target_);
  auto const first = std::string_view(route_set_.front());
  return hop_to_text(first.substr(1, first.size() - 2));
}

void Invitation::bye(std::function<void()> on_end) {
  confirmed_ = false;
  on_end_ = std::move(on_end);
  auto request = in_dialog("BYE", parties_.bye_repeats_cseq ? cseq_ : ++cseq_);
  request.set_body("", "");
  auto const ended = [self = shared_from_this()] {
    if (auto const tell = std::exchange(self->on_end_, nullptr)) tell();
  };
  transactions_.request(request, next_hop(), {.on_response =
                                                  [ended](sip::Message const& response) {
                                                    if (response.status() >= 200) ended();
                                                  },
                                              .on_timeout = ended});
}

bool Invitation::is_dialog_of(sip::Message const& request) const {
  auto const from = sip::from(request);
  auto const to = sip::to(request);
  return !to_tag_.empty() && request.value(Name::call_id) == call_id_ && from && to && from->tag() == to_tag_ &&
         to->tag() == from_tag_;
}

}  // namespace tollgate::refserver
