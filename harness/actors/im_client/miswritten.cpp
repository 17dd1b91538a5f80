#include "actors/im_client/miswritten.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "base/text.hpp"
#include "codec/media_type.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/via.hpp"

namespace tollgate {

namespace {

using sip::Name;

std::string label_of(sip::Message const& message) {
  return message.is_request() ? std::string(message.method()) : fmt::format("{}", message.status());
}

std::string shown(std::string_view text) {
  return text.empty() ? "none" : fmt::format("'{}'", printable(text, 120));
}

// What is wrong with it alone.

Judgement judged(sip::Message message) {
  if (message.is_request() && !message.value(Name::via))  // which a draft of ours gets later
    message.add_first(Name::via, "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1");
  return sip::judge(message.write(), sip::Framing::datagram);
}

/// The first MUST that it breaks and the wanted one, where there is one, does not; the case may want a deviation.
std::optional<Diagnostic> first_of_its_own(Judgement const& judgement, sip::Message const* message_of_case) {
  if (judgement.diagnostics.empty()) return std::nullopt;
  auto const wanted = message_of_case == nullptr ? std::vector<Diagnostic>() : judged(*message_of_case).diagnostics;
  auto const is_its_own = [&](Diagnostic const& one) {
    auto const is_same = [&](Diagnostic const& other) { return other.rule == one.rule && other.clause == one.clause; };
    return one.strength == Strength::must && std::ranges::none_of(wanted, is_same);
  };
  auto const found = std::ranges::find_if(judgement.diagnostics, is_its_own);
  return found == judgement.diagnostics.end() ? std::nullopt : std::optional(*found);
}

std::string breaks(sip::Message const& written, Diagnostic const& what) {
  return fmt::format("SIPp wrote {} that breaks {} at octet {}: {} ({})", label_of(written), what.rule, what.offset, what.detail,
                     what.clause);
}

// What it is beside the wanted one.

struct Part {
  std::string_view name;
  std::string written, wanted;
};

/// Where a SUT would call it: "127.0.0.1:5060", "*"; with its scheme where that is another than sip, for it asks for TLS (RFC 3261 26.2.2).
std::string place_of(std::string_view contact) {
  auto const uri = sip::parse_uri(contact);
  if (!uri) return std::string(contact);
  auto const scheme = iequals(uri->scheme, "sip") ? "" : std::string(uri->scheme) + ":";
  return fmt::format("{}{}{}", scheme, uri->host, uri->port ? fmt::format(":{}", *uri->port) : "");
}

/// Of every Contact: a SUT may call any of them (RFC 3261 10.3, 16.6).
std::string places_of(sip::Message const& message) {
  std::string out;
  if (auto const all = sip::contacts(message))
    for (auto const& contact : *all) out += (out.empty() ? "" : ", ") + place_of(contact.uri);
  return out;
}

/// As one list, whose spaces say nothing.
std::string route_set_of(sip::Message const& message) {
  std::string out;
  for (auto const value : message.values(Name::record_route)) out += (out.empty() ? "" : ",") + std::string(value);
  std::erase(out, ' ');
  return out;
}

std::string address_in(std::string_view text) {
  auto const uri = sip::parse_uri(text);
  return uri ? uri->address_of_record() : std::string(text);
}

template <class Read>
std::string address_in_field(Read read, sip::Message const& message) {
  auto const field = read(message);
  return field ? address_in(field->uri) : "";
}

/// Of every Via: a response goes back the way that the request has come (RFC 3261 18.2.2).
std::string branches_of(sip::Message const& message) {
  std::string out;
  if (auto const all = sip::vias(message))
    for (auto const& via : *all) out += (out.empty() ? "" : ", ") + std::string(via.branch());
  return out;
}

std::string cseq_of(sip::Message const& message) {
  auto const cseq = sip::cseq(message);
  return cseq ? fmt::format("{} {}", cseq->number, cseq->method) : "";
}

/// Seconds, of the Contact or else of the message (RFC 3261 10.2.1.1); "" where it does not say.
std::string expiry_of(sip::Message const& message) {
  auto const all = sip::contacts(message);
  if (all && !all->empty())
    if (auto const own = all->front().parameters.find("expires")) return std::string(*own);
  return std::string(message.value(Name::expires).value_or(""));
}

std::vector<Part> parts_of_request(sip::Message const& wanted, sip::Message const& written) {
  std::vector<Part> all{{"Request-URI", std::string(written.request_uri()), std::string(wanted.request_uri())},
                        {"To", address_in_field(sip::to, written), address_in_field(sip::to, wanted)},
                        {"From", address_in_field(sip::from, written), address_in_field(sip::from, wanted)}};
  if (auto const expiry = expiry_of(written); !expiry.empty()) all.push_back({"expiry", expiry, expiry_of(wanted)});
  if (expiry_of(wanted) == "0") all.push_back({"expiry", expiry_of(written), "0"});
  return all;
}

std::vector<Part> parts_of_response(sip::Message const& wanted, sip::Message const& written) {
  auto const from_tag = [](sip::Message const& message) {
    auto const from = sip::from(message);
    return from ? std::string(from->tag()) : "";
  };
  return {{"branch", branches_of(written), branches_of(wanted)},
          {"CSeq", cseq_of(written), cseq_of(wanted)},
          {"From tag", from_tag(written), from_tag(wanted)},
          {"Call-ID", std::string(sip::call_id(written).value_or("")), std::string(sip::call_id(wanted).value_or(""))}};
}

bool is_sdp(sip::Message const& message) {
  return names_media_type(message.value(Name::content_type).value_or(""), "application/sdp");
}

Parsed<sdp::MsrpMedia> media_in(std::string_view body) {
  auto const description = sdp::Description::parse(body);
  return description ? sdp::msrp_media(*description) : std::unexpected(description.error());
}

/// Of a description what a SUT goes by: where MSRP is, and how a connection comes about.
std::vector<Part> parts_of_body(sip::Message const& wanted, sip::Message const& written) {
  auto const type = [](sip::Message const& message) { return std::string(message.value(Name::content_type).value_or("")); };
  if (!is_sdp(wanted)) return {{"Content-Type", type(written), type(wanted)}, {"body", written.body(), wanted.body()}};
  auto const ours = media_in(wanted.body());
  if (!ours || wanted.body() == written.body()) return {{"Content-Type", type(written), type(wanted)}};
  auto const theirs = media_in(written.body());
  if (!theirs) return {{"description", written.body(), fmt::format("one of MSRP ({})", describe(theirs.error()))}};
  auto const path = [](sdp::MsrpMedia const& media) { return media.path.empty() ? "" : media.path.back(); };
  auto const setup = [](sdp::MsrpMedia const& media) { return media.setup ? std::string(to_string(*media.setup)) : ""; };
  return {{"Content-Type", type(written), type(wanted)},
          {"protocol of m=message", theirs->protocol, ours->protocol},
          {"port of m=message", fmt::format("{}", theirs->port), fmt::format("{}", ours->port)},
          {"a=path", path(*theirs), path(*ours)},
          {"a=setup", setup(*theirs), setup(*ours)},
          {"direction", std::string(to_string(theirs->direction)), std::string(to_string(ours->direction))},
          {"a=fingerprint", theirs->fingerprints.empty() ? "" : theirs->fingerprints.front(),
           ours->fingerprints.empty() ? "" : ours->fingerprints.front()}};
}

/// How it says something else than the wanted one.
std::optional<std::string> unlike(sip::Message const& wanted, sip::Message const& written) {
  auto const label = label_of(written);
  if (!wanted.is_request() && written.status() / 100 != wanted.status() / 100)
    return fmt::format("SIPp wrote {}, the case has {}", label, wanted.status());
  if (!wanted.body().empty() && written.body().empty()) return fmt::format("SIPp wrote {} without a body, the case has one", label);
  auto parts = wanted.is_request() ? parts_of_request(wanted, written) : parts_of_response(wanted, written);
  if (!wanted.body().empty()) std::ranges::move(parts_of_body(wanted, written), std::back_inserter(parts));
  bool const is_called_there = wanted.is_request() || wanted.status() / 100 == 2;
  if (auto const places = places_of(wanted); is_called_there && !places.empty()) parts.push_back({"Contact", places_of(written), places});
  auto const answered = sip::cseq(wanted);
  bool const opens_dialog = !wanted.is_request() && is_called_there && answered && answered->method == "INVITE";
  if (opens_dialog)  // the ACK goes that way (RFC 3261 12.1.1)
    parts.push_back({"Record-Route", route_set_of(written), route_set_of(wanted)});
  for (auto const& part : parts)
    if (part.written != part.wanted)
      return fmt::format("SIPp wrote {} with {} {}, the case has {}", label, part.name, shown(part.written), shown(part.wanted));
  return std::nullopt;
}

std::optional<std::string> leaves_out(sip::Message const& wanted, sip::Message const& written) {
  if (!expiry_of(wanted).empty() && expiry_of(written).empty())
    return fmt::format("SIPp wrote {} without an expiry, the case has {}", label_of(written), expiry_of(wanted));
  if (wanted.method() != "REGISTER") return std::nullopt;
  auto const ours = sip::contacts(wanted), theirs = sip::contacts(written);
  if (!ours || ours->empty() || !theirs || theirs->empty()) return std::nullopt;
  constexpr std::string_view feature = "+g.oma.sip-im";
  if (ours->front().parameters.has(feature) && !theirs->front().parameters.has(feature))
    return fmt::format("SIPp wrote {} without {} in its Contact, the case has it", label_of(written), feature);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> broken(sip::Message const& written) {
  auto const judgement = judged(written);
  auto const first = first_of_its_own(judgement, nullptr);
  if (judgement.outcome != Outcome::reject || !first) return std::nullopt;
  return breaks(written, *first);
}

std::optional<Difference> difference(sip::Message const& wanted, sip::Message const& written) {
  if (auto how = unlike(wanted, written)) return Difference{true, std::move(*how)};
  auto const judgement = judged(written);
  if (auto const first = first_of_its_own(judgement, &wanted))
    return Difference{judgement.outcome == Outcome::reject, breaks(written, *first)};
  auto left_out = leaves_out(wanted, written);
  return left_out ? std::optional(Difference{false, std::move(*left_out)}) : std::nullopt;
}

}  // namespace tollgate
