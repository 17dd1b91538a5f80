#include "actors/im_client/msrp_relay.hpp"

#include <fmt/format.h>

#include "base/parsed.hpp"
#include "codec/msrp/digest.hpp"
#include "codec/msrp/uri.hpp"
#include "codec/msrp/views.hpp"
#include "codec/sip/digest_response.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate {

static std::string user_of(std::string const& aor) {
  auto const uri = sip::parse_uri(aor);
  return uri ? std::string(uri->user) : "";
}

MsrpRelay::MsrpRelay(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string actor,
                     std::string party, std::function<void(RelayedPath)> on_path)
    : ixit_(ixit), recorder_(recorder), random_(random), actor_(std::move(actor)), party_(std::move(party)), on_path_(std::move(on_path)),
      own_(fmt::format("msrp://{}:9/{};tcp", Address{ixit.bind, 0}.uri_host(), random_.token(16))),  // port 9 (discard): RFC 4145 4.1
      buffer_([](auto octets) { return msrp::frame(octets); }), later_(clock) {
  auto const uri = msrp::parse_uri(ixit.msrp_relay);
  if (!uri) return;
  stream_ = network.connect(ixit.bind, Address::of_uri(uri->host, uri->port.value_or(msrp::usual_port)));
  stream_->on_open = [this] { authenticates(""); };
  stream_->on_octets = [this](std::string_view octets) {
    buffer_.append(octets);
    while (auto cut = buffer_.next()) take(std::move(cut->octets));
  };
  stream_->on_closed = [this](std::string_view why) { gives_up(std::string(why)); };
}

trace::EventId MsrpRelay::record(trace::Direction direction, Octets octets, trace::EventId about) {
  return recorder_.record({.channel = trace::Channel::msrp,
                           .direction = direction,
                           .actor = actor_,
                           .party = party_,
                           .transport = trace::Transport::tcp,
                           .local = stream_->local().text(),
                           .remote = stream_->remote().text(),
                           .octets = std::move(octets),
                           .about = about});
}

void MsrpRelay::gives_up(std::string why) {
  recorder_.record({.kind = trace::Kind::played,
                    .direction = trace::Direction::received,
                    .actor = actor_,
                    .party = party_,
                    .note = fmt::format("the MSRP relay {} gives no path: {}", ixit_.msrp_relay, why)});
}

void MsrpRelay::authenticates(std::string const& authorization) {
  ++attempts_;
  auto request = msrp::Message::request(random_.token(16), "AUTH");
  request.add("To-Path", ixit_.msrp_relay).add("From-Path", own_);
  if (!authorization.empty()) request.add("Authorization", authorization);
  auto octets = request.write();
  stream_->send(octets);
  asked_ = record(trace::Direction::sent, std::move(octets), 0);
}

void MsrpRelay::take(Octets octets) {
  constexpr int ok = 200, unauthorized = 401;
  constexpr unsigned attempts_max = 3;  // without credentials, with them, and once more where the nonce was stale
  auto const message = msrp::Message::parse(octets);
  (void)record(trace::Direction::received, std::move(octets), asked_);
  if (!message || message->is_request()) return gives_up("what it sends is no response");
  if (message->status() == unauthorized && attempts_ < attempts_max)
    if (auto const proof = this->proof(*message); !proof.empty()) return authenticates(proof);
  auto const relays = msrp::use_path(*message);
  if (message->status() != ok || !relays)
    return gives_up(message->status() == ok ? describe(relays.error()) : fmt::format("it answers AUTH with {}", message->status()));
  RelayedPath path{.stream = nullptr, .own = own_, .relays = {}};
  for (auto const uri : split(message->value("Use-Path").value_or(""), ' ')) path.relays.emplace_back(uri);
  stream_->on_closed = nullptr;
  later_.post([this, given = std::make_shared<RelayedPath>(std::move(path))] {  // not inside the stream's own call
    given->stream = std::move(stream_);
    on_path_(std::move(*given));
  });
}

std::string MsrpRelay::proof(msrp::Message const& challenge) {
  auto const asked = msrp::www_authenticate(challenge);
  if (!asked || !asked->offers("auth") || ixit_.password.empty()) return "";
  auto const user = user_of(party_), cnonce = random_.token(16);
  sip::DigestResponse credentials{.username = user,
                                  .realm = asked->realm,
                                  .nonce = asked->nonce,
                                  .uri = ixit_.msrp_relay,
                                  .response = {},
                                  .algorithm = asked->algorithm,
                                  .qop = "auth",
                                  .cnonce = cnonce,
                                  .opaque = asked->opaque,
                                  .nonce_count = 1};
  auto const response = sip::digest_response(credentials, ixit_.password, "AUTH");
  if (!response) return "";
  credentials.response = *response;
  return sip::write_credentials(credentials);
}

}  // namespace tollgate
