#include "actors/sipp/sipp_author.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "actors/sipp/addresses.hpp"
#include "actors/sipp/scene.hpp"
#include "base/text.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/digest.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/via.hpp"

namespace tollgate::sipp {

using sip::Name;

static std::string text_of(sip::Message const& message, Name name) {
  return std::string(message.value(name).value_or(""));
}

static std::string branch_of(sip::Message const& message) {
  auto const via = sip::top_via(message);
  return via ? std::string(via->branch()) : "";
}

/// The challenge with what SIPp 3.6 can compute: it looks at the first WWW-Authenticate, and knows MD5 (RFC 7616 3.4).
static sip::Message for_sipp(sip::Message challenge) {
  std::vector<std::string> known;
  for (auto const value : challenge.values(Name::www_authenticate)) {
    auto const read = sip::parse_digest_challenge(value);
    if (read && (read->algorithm.empty() || iequals(read->algorithm, "MD5"))) known.emplace_back(value);
  }
  challenge.drop(Name::www_authenticate);
  for (auto const& value : known) challenge.add(Name::www_authenticate, value);
  return challenge;
}

SippAuthor::SippAuthor(Seat seat, Network& network, Stage stage, OwnScenarios own)
    : seat_(std::move(seat)), network_(network), stage_(std::move(stage)), own_(own), tap_(network.listen({"127.0.0.1", 0})),
      tap_at_(tap_->local()) {
  tap_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
}

SippAuthor::~SippAuthor() = default;

void SippAuthor::adopt(std::unique_ptr<Stream> stream) {
  auto const leg = std::ranges::find_if(legs_, [&](Leg const& one) { return one.at().host == stream->remote().host; });
  if (leg != legs_.end()) leg->adopts(std::move(stream));
}

void SippAuthor::writes(Draft draft, Written written) {
  draft.request ? answers(draft, std::move(written)) : asks(draft, std::move(written));
}

/// RFC 3261 10.2.2: no scenario that registers says so.
static bool ends_by_contact(sip::Message const& message) {
  auto const contacts = sip::contacts(message);
  return contacts && !contacts->empty() && contacts->front().parameters.find("expires") == "0";
}

std::optional<std::string> SippAuthor::scene_of(Draft const& draft) const {
  auto const method = draft.message.method();
  bool const ends = text_of(draft.message, Name::expires) == "0";
  if (own_.registers && method == "REGISTER" && !ends && !ends_by_contact(draft.message)) return "own_register";
  return scene_of_request(method, is_registered_, ends, draft.challenge.has_value());
}

std::optional<std::string> SippAuthor::refuses(Draft const& draft) const {
  constexpr std::size_t longest = 60'000;  // SIPp holds a message in 64 KiB
  auto const& body = draft.message.body();
  if (body.size() > longest) return fmt::format("SIPp writes no body of {} octets", body.size());
  if (body.contains('\0')) return "no argument of SIPp holds a NUL";
  if (draft.challenge && for_sipp(*draft.challenge).values(Name::www_authenticate).empty()) return "SIPp answers a 401 with MD5 alone";
  if (draft.request || scene_of(draft)) return std::nullopt;
  return fmt::format("no scenario of SIPp sends {}", draft.message.method());
}

/// What the scenarios may name in brackets: what the IM Client itself would have written.
Part SippAuthor::part_of(sip::Message const& message, std::string scene) const {
  Part part{
      .scene = std::move(scene), .tap = tap_at_, .call_id = std::string(sip::call_id(message).value_or("")), .status = message.status()};
  part.keys = {{"aor", seat_.party},
               {"contact", text_of(message, Name::contact)},
               {"from", text_of(message, Name::from)},
               {"to", text_of(message, Name::to)},
               {"expires", text_of(message, Name::expires)},
               {"type", text_of(message, Name::content_type)},
               {"content", message.body()}};
  if (auto const to = sip::to(message); to && !message.is_request()) part.keys["tag"] = std::string(to->tag());
  if (message.is_request()) part.keys["uri"] = std::string(message.request_uri());
  return part;
}

void SippAuthor::asks(Draft const& draft, Written written) {
  std::string const method(draft.message.method());
  auto const finish = [draft, written](sip::Message out) {
    for (auto const route : draft.message.values(Name::route)) out.add(Name::route, route);
    for (auto const name : {Name::contact, Name::expires, Name::content_type})  // a scenario names them, whether there are any
      if (!draft.message.value(name)) out.drop(name);
    written(std::move(out));
  };
  if (draft.challenge && own_.registers) {  // who has the request has heard what it was answered, and goes on by itself
    auto const asked = asked_.find(branch_of(*draft.challenge));
    bool const goes_on = asked != asked_.end() && !asked->second.first->ended() && asked->second.first->scene() == "own_register";
    if (goes_on) return asked->second.first->claims(method, 0, finish);
  }
  Leg& leg = start(calling(draft));
  if (!draft.challenge) return leg.claims(method, 0, finish);
  // Its first request is for us alone: we answer it with what the SUT has said to the one before.
  leg.claims(method, 0, [this, &leg, finish, method, challenge = for_sipp(*draft.challenge)](sip::Message const& first) {
    sip::Message again = challenge;
    again.set(Name::via, asked_[branch_of(first)].second);
    again.set(Name::cseq, text_of(first, Name::cseq)).set(Name::from, text_of(first, Name::from));
    leg.gives(std::move(again));
    leg.claims(method, 0, finish);
  });
}

Part SippAuthor::calling(Draft const& draft) const {
  auto part = part_of(draft.message, scene_of(draft).value());
  part.calls = true;
  auto const cseq = sip::cseq(draft.message);
  unsigned const for_us_alone = draft.challenge ? 1 : 0;  // requests before the one that the SUT is sent
  part.cseq = fmt::format("{}", cseq ? cseq->number - std::min(cseq->number, for_us_alone) : 1);
  if (draft.challenge || part.scene == "own_register") {
    auto const uri = sip::parse_uri(seat_.party);
    part.user = uri ? std::string(uri->user) : "";
    part.password = seat_.password;
    part.digest_uri = std::string(draft.message.request_uri());
  }
  return part;
}

void SippAuthor::answers(Draft const& draft, Written written) {
  auto const& request = *draft.request;
  std::string const method(request.method());
  int const status = draft.message.status();
  auto const call_id = std::string(sip::call_id(request).value_or(""));
  auto const finish = [body = draft.message.body(), written](sip::Message out) {
    if (body.empty()) out.set_body("", "");
    written(std::move(out));
  };
  auto const dialog = dialogs_.find(call_id);
  bool const goes_on = dialog != dialogs_.end() && !dialog->second->ended() && goes_on_to(dialog->second->scene(), method, status);
  if (goes_on) {
    dialog->second->claims(method, status, finish);
    return dialog->second->gives(request);
  }
  auto part = part_of(draft.message, scene_of_response(method, status));
  part.call_id = call_id;
  bool const own = own_.sessions && part.scene == "accept";
  Leg& leg = start(std::move(part));
  leg.connects();  // first, so that it accepts while we write
  if (method == "INVITE" || dialog == dialogs_.end()) dialogs_[call_id] = &leg;
  leg.claims(method, status, own ? written : finish);
  leg.gives(request);
}

Leg& SippAuthor::start(Part part) {
  Leg& leg = legs_.emplace_back(seat_.clock, network_, part, stage_(part));
  leg.on_message = [this, &leg](sip::Message& message) {
    if (message.is_request()) asked_[branch_of(message)] = {&leg, text_of(message, Name::via)};
    show_tap(message,
             {.own = leg.at(), .contact = seat_.contact(), .session_contact = seat_.session_contact(), .transport = seat_.transport()});
  };
  leg.on_unclaimed = [this](sip::Message message) {
    if (on_unasked) on_unasked(std::move(message));
  };
  leg.on_unreadable = [this, &leg](std::string_view octets, std::string const& why) { tell_unreadable(leg, octets, why); };
  leg.on_end = [this, &leg](Program const& program) { account(leg, program.account()); };
  return leg;
}

void SippAuthor::dismissed() {
  for (auto& leg : legs_) {
    leg.looks();
    if (!leg.ended() && leg.on_end) {  // its process goes with the leg
      auto const complaint = leg.complaint();
      account(leg, fmt::format("{}{}{}", ended_with_the_case, complaint.empty() ? "" : ": ", complaint));
    }
    leg.on_end = nullptr;
  }
}

/// It cannot be sent, so it stands here, and with it the case is none.
void SippAuthor::tell_unreadable(Leg const& leg, std::string_view octets, std::string const& why) {
  constexpr std::size_t most = 600;
  auto const how = std::string(wrote) + "what is no SIP message";
  auto const sentence = fmt::format("{} ({}.xml: {}): \"{}\"", how, leg.scene(), why, printable(octets, most));
  auto const told = seat_.recorder.record({.kind = trace::Kind::played,
                                           .channel = trace::Channel::sip,
                                           .direction = trace::Direction::received,
                                           .actor = seat_.actor,
                                           .party = seat_.party,
                                           .note = sentence});
  seat_.recorder.was_miswritten({.sent = told, .how = how, .because = fmt::format("#{} {}", told, sentence)});
}

/// What SIPp thought of it becomes part of the trace.
void SippAuthor::account(Leg const& leg, std::string const& how_it_ended) {
  seat_.recorder.record({.kind = trace::Kind::played,
                         .direction = trace::Direction::received,
                         .actor = seat_.actor,
                         .party = seat_.party,
                         .note = fmt::format("SIPp {}.xml: {}", leg.scene(), how_it_ended)});
}

void SippAuthor::hears(sip::Message const& message) {
  if (message.is_request()) {
    auto const dialog = dialogs_.find(std::string(sip::call_id(message).value_or("")));
    if (dialog != dialogs_.end() && !dialog->second->ended()) dialog->second->gives(message);
    return;
  }
  auto const cseq = sip::cseq(message);
  if (cseq && cseq->method == "REGISTER" && message.status() / 100 == 2) is_registered_ = true;
  auto const asked = asked_.find(branch_of(message));
  if (asked == asked_.end() || asked->second.first->ended()) return;
  constexpr int unauthorized = 401;
  auto with_its_own = message.status() == unauthorized ? for_sipp(message) : message;
  with_its_own.set(Name::via, asked->second.second);
  asked->second.first->gives(std::move(with_its_own));
}

}  // namespace tollgate::sipp
