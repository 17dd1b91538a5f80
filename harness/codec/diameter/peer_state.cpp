// Session state is kept by Session-Id from an INITIAL_REQUEST to its TERMINATION_REQUEST (RFC 8506 7).
#include "codec/diameter/peer_state.hpp"

#include <optional>
#include <utility>

#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/big_endian.hpp"
#include "codec/diameter/judge.hpp"

namespace tollgate::diameter {

using ch2::RequestType;

/// What a CCR says of its place in a session.
struct PeerState::CreditControl {
  /// An AVP with a number, or the message's end where it is absent.
  struct Number {
    std::optional<std::uint32_t> value;
    std::size_t offset = 0;
    std::size_t size = 0;
  };
  std::string_view session_id;
  Number session, type, number;  ///< `session` has no value
  bool is_retransmitted = false;         ///< T: an earlier one may have come, or may not

  [[nodiscard]] bool is(RequestType of) const { return type.value == std::to_underlying(of); }

  CreditControl(std::string_view message, Header const& header)
      : session{.offset = message.size()}, type(session), number(session), is_retransmitted((header.flags & flag_retransmitted) != 0) {
    constexpr std::uint32_t session_code = 263, number_code = 415, type_code = 416;
    for (AvpCursor cursor(message.substr(message_header_size), message_header_size); !cursor.at_end();) {
      auto const avp = cursor.next();
      if (!avp) return;
      if (avp->vendor != 0) continue;
      Number read{.offset = avp->offset, .size = avp->length()};
      if (avp->code == session_code) session_id = avp->data, session = read;
      if (avp->data.size() != 4) continue;
      read.value = read_u32(avp->data);
      if (avp->code == type_code) type = read;
      if (avp->code == number_code) number = read;
    }
  }
};

void PeerState::order(Header const& header, Deviations& found) const {
  constexpr std::size_t command_at = 5, size = 3;
  if (state_ == State::wait_capabilities && header.command != command_capabilities)
    found.note({command_at, size, "Command Code", "RFC 6733 5.6", Strength::must,
                "before the capabilities were exchanged: the connection is closed"},
               Outcome::reject);
  if (state_ == State::closing && header.is_request())
    found.note({command_at, size, "Command Code", "RFC 6733 5.4", Strength::must, "a request after DPR"}, Outcome::reject);
}

void PeerState::credit_control(CreditControl const& request, Deviations& found) const {
  if (request.is(RequestType::event)) return;
  if (request.is(RequestType::initial)) {
    bool const is_full = next_numbers_.size() >= sessions_max_ && !next_numbers_.contains(request.session_id);
    if (is_full)
      found.note({request.session.offset, request.session.size, "Session-Id", "RFC 6733 7.1.5", Strength::may,
                  "more sessions than this receiver keeps"},
                 Outcome::reject, 5006);
    if (request.number.value.value_or(0) != 0)
      found.note({request.number.offset, request.number.size, "CC-Request-Number", "RFC 8506 8.2", Strength::should,
                  "is not 0 in an INITIAL_REQUEST"},
                 Outcome::accept);
    return;
  }
  belongs_to_session(request, found);
}

void PeerState::belongs_to_session(CreditControl const& request, Deviations& found) const {
  auto const session = next_numbers_.find(request.session_id);
  if (session == next_numbers_.end()) {
    found.note({request.session.offset, request.session.size, "Session-Id", "RFC 8506 7", Strength::must,
                "no INITIAL_REQUEST has opened this session"},
               request.is_retransmitted ? Outcome::either : Outcome::reject, 5002);
    return;
  }
  if (request.number.value != session->second && !request.is_retransmitted)
    found.note({request.number.offset, request.number.size, "CC-Request-Number", "RFC 8506 8.2", Strength::should,
                "is not one more than that of the request before"},
               Outcome::accept);
}

void PeerState::take(Header const& header) {
  if (header.command == command_capabilities) state_ = State::open;
  if (header.command == command_disconnect) state_ = State::closing;
}

void PeerState::take(CreditControl const& request) {
  if (request.is(RequestType::initial) || request.is(RequestType::update))
    next_numbers_.insert_or_assign(std::string(request.session_id), request.number.value.value_or(0) + 1);
  if (request.is(RequestType::termination)) {
    if (auto const session = next_numbers_.find(request.session_id); session != next_numbers_.end()) next_numbers_.erase(session);
  }
}

Judgement PeerState::judge(std::string_view octets) {
  auto judgement = diameter::judge(octets, dictionary_, limits_);
  auto const framed = frame(octets, limits_);
  auto const message = octets.substr(0, framed.size);
  auto const header = parse_header(message, limits_);
  if (judgement.outcome == Outcome::reject || !header) return judgement;

  Deviations found;
  auto const answer = judgement.answer;
  found.note(std::move(judgement), 0, answer);
  order(*header, found);
  bool const is_ccr = header->command == command_credit_control && header->is_request();
  CreditControl const request(message, *header);
  if (is_ccr && found.outcome() != Outcome::reject) credit_control(request, found);
  if (found.outcome() != Outcome::reject) {
    take(*header);
    if (is_ccr) take(request);
  }
  return std::move(found).take();
}

}  // namespace tollgate::diameter
