#include "actors/sipp/leg.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "actors/sipp/plainly.hpp"
#include "actors/sipp/scene.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/via.hpp"

namespace tollgate::sipp {

using sip::Name;

Leg::Leg(Clock& clock, Network& network, Part const& part, Staged staged)
    : clock_(clock), network_(network), scene_(part.scene), call_id_(part.call_id), at_(std::move(staged.at)),
      program_(std::move(staged.program)), buffer_([](auto octets) { return sip::frame(octets); }), later_(clock) {
  auto const ends = [this] {
    if (std::exchange(ended_, true)) return;
    if (on_end) on_end(*program_);
  };
  program_->on_end = ends;
  if (program_->ended()) later_.post(ends);
}

Leg::~Leg() {
  program_->on_end = nullptr;
  clock_.cancel(retry_);
  clock_.cancel(rest_);
}

void Leg::looks() {
  if (!ended_) program_->looks();
}

void Leg::connects() {
  if (ended_) return;
  auto stream = network_.connect("127.0.0.1", at_);
  stream->on_open = [this] { open(); };
  stream->on_closed = [this](std::string_view) { later_.post([this] { try_again(); }); };  // not inside the stream's own call
  adopts(std::move(stream));
  is_open_ = false;
}

/// It does not listen yet; once it did, the end of the connection is its own.
void Leg::try_again() {
  constexpr Duration soon = 2ms;
  if (is_open_ || ended_) return;
  stream_.reset();
  retry_ = clock_.after(soon, [this] { connects(); });
}

void Leg::adopts(std::unique_ptr<Stream> stream) {
  stream_ = std::move(stream);
  stream_->on_octets = [this](std::string_view octets) { read(octets); };
  is_open_ = true;
}

void Leg::open() {
  is_open_ = true;
  for (auto const& octets : waiting_) stream_->send(octets);
  waiting_.clear();
}

void Leg::gives(sip::Message message) {
  if (message.is_request()) {
    auto const via = sip::top_via(message);
    if (!given_.emplace(via ? via->branch() : "", message.method()).second) return;
    asked_ = message;
  }
  if (!message.value(Name::content_length)) message.add(Name::content_length, fmt::format("{}", message.body().size()));  // RFC 3261 18.3
  auto octets = plainly(message.write());
  if (is_open_)
    stream_->send(octets);
  else
    waiting_.push_back(std::move(octets));
}

bool Leg::Claim::fits(sip::Message const& message, std::string_view of) const {
  if (status == 0) return message.is_request() && of == method;
  if (message.is_request() || of != method) return false;
  constexpr int first_final = 200;
  return message.status() == status || (status >= first_final && message.status() >= first_final);
}

void Leg::claims(std::string method, int status, SipAuthor::Written written) {
  Claim claim{std::move(method), status, std::move(written)};
  auto const there = std::ranges::find_if(unclaimed_, [&](auto const& message) { return claim.fits(message, method_of(message)); });
  if (there == unclaimed_.end()) return claims_.push_back(std::move(claim));
  later_.post([message = std::move(*there), to = std::move(claim.written)] { to(message); });
  unclaimed_.erase(there);
}

void Leg::read(std::string_view octets) {
  clock_.cancel(rest_);
  buffer_.append(octets);
  while (auto const cut = buffer_.next()) {
    if (cut->error) return tell(cut->octets, describe(*cut->error));
    auto message = sip::Message::parse(cut->octets);
    if (message)
      take(std::move(*message), cut->octets);
    else
      tell(cut->octets, describe(message.error()));
  }
  if (!buffer_.is_empty()) wait_for_rest();
}

void Leg::tell(std::string_view octets, std::string const& why) const {
  if (on_unreadable) on_unreadable(octets, why);
}

void Leg::wait_for_rest() {
  constexpr Duration patience = 500ms;  // over loopback a message comes as it is written
  rest_ = clock_.after(patience, [this] { tell(buffer_.rest(), "the rest of it does not come, by its Content-Length"); });
}

bool Leg::is_copied(sip::Message const& message, sip::Name name) const {
  return !message.is_request() && asked_ && message.value(name) == asked_->value(name);
}

std::string Leg::method_of(sip::Message const& message) const {
  if (message.is_request()) return std::string(message.method());
  if (auto const cseq = sip::cseq(message)) return std::string(cseq->method);
  return is_copied(message, Name::cseq) ? std::string(asked_->method()) : "";
}

void Leg::take(sip::Message message, std::string_view octets) {
  auto const via = sip::top_via(message);
  auto const number = sip::cseq(message);
  // Nobody could answer it, or say what it answers (RFC 3261 8.1.1). What the SUT has broken SIPp is not charged with.
  if (!via && !is_copied(message, Name::via)) return tell(octets, describe(via.error()));
  if (!number && !is_copied(message, Name::cseq)) return tell(octets, describe(number.error()));
  auto const of = method_of(message);
  if (on_message) on_message(message);
  auto const claim = std::ranges::find_if(claims_, [&](Claim const& one) { return one.fits(message, of); });
  if (claim != claims_.end()) {
    auto const written = std::move(claim->written);
    claims_.erase(claim);
    return written(std::move(message));
  }
  if (!message.is_request() && goes_on_to(scene_, of, message.status()))
    unclaimed_.push_back(std::move(message));
  else if (on_unclaimed)
    on_unclaimed(std::move(message));
}

}  // namespace tollgate::sipp
