#pragma once
/// The IM Client: one user of the SUT. Registers, is invited, receives deferred messages (OMA IM 6.3.2.8), and can
/// withhold any answer.
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "actors/actor.hpp"
#include "actors/im_client/msrp_endpoint.hpp"
#include "actors/im_client/sip_endpoint.hpp"
#include "actors/im_client/transactions.hpp"
#include "actors/ixit.hpp"

namespace tollgate {

class ImClient final : public Actor {
 public:
  /// `aor` is the address-of-record, "sip:user7@ims.example".
  ImClient(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string name,
           std::string aor);
  ~ImClient() override;

  [[nodiscard]] std::string const& aor() const { return aor_; }

  // Stimuli. Responses come to the inbox as "200 REGISTER".
  struct Register {
    std::optional<std::uint32_t> expires = 3600;   ///< Expires header field, seconds
    std::optional<std::uint32_t> contact_expires;  ///< ;expires of the Contact
  };
  trace::EventId sends_register(Register what);
  trace::EventId sends_register() { return sends_register(Register{}); }
  trace::EventId sends_message(std::string const& to, std::string const& text);
  trace::EventId sends_options();
  /// REGISTER and its 200: steps 1 and 2.
  [[nodiscard]] Task<void> registers();

  /// Answers a SIP request, or a SEND, that a case received. A 2xx to INVITE carries the SDP answer, and so does a 183: the
  /// SUT knows our path from then on, and a passive client takes its connection.
  void answers(Received const& request, int status);
  /// Which side connects when the offer leaves it open (a=setup:actpass).
  void prefers(sdp::Setup setup) { setup_ = setup; }
  /// An MSRP session of ours has a connection that nobody closed.
  [[nodiscard]] bool has_msrp_connection() const;
  /// Ends the MSRP connection from our side.
  void closes_msrp();

  void acts_alone() override { alone_ = true; }
  void winds_up() override;
  [[nodiscard]] bool is_settled() const override;

 private:
  /// One invitation: its dialog and its MSRP session.
  struct Session {
    std::string branch;
    std::unique_ptr<MsrpEndpoint> msrp;
    Octets sdp_answer;  ///< once there is one: a 2xx repeats what a 183 has said (RFC 3261 13.2.1)
    bool ended = false;
  };
  void take(sip::Message message, trace::Event event, SipSource const& source);
  void take_request(sip::Message message, trace::Event event, SipSource const& source);
  void take_response(sip::Message message, trace::Event event);
  void take_ack(std::string const& call_id);
  void take_cancel(sip::Message const& cancel, std::string const& branch);
  void take_send(std::string const& call_id, msrp::Message const& send, trace::EventId event, std::string content);
  void deliver(Received item);
  void answer_sip(sip::Message const& request, int status);
  void add_sdp_answer(sip::Message const& invite, sip::Message& response, std::string const& call_id);
  [[nodiscard]] Octets sdp_answer(sip::Message const& invite, std::string const& call_id);
  [[nodiscard]] sip::Message out_of_dialog(std::string_view method, std::string const& request_uri, std::string const& to,
                                           std::string const& call_id, std::uint32_t cseq);
  trace::EventId start(sip::Message const& request);

  Network& network_;
  Ixit const& ixit_;
  Random random_;
  std::string aor_;
  std::string user_;
  sdp::Setup setup_ = sdp::Setup::active;
  SipEndpoint endpoint_;
  Transactions transactions_;
  std::string register_call_id_;
  std::uint32_t register_cseq_ = 0;
  std::string tag_;
  std::map<std::string, Session> sessions_;       ///< by Call-ID
  std::map<trace::EventId, Received> unanswered_;  ///< requests that wait for `answers`
  std::map<trace::EventId, std::string> sends_;    ///< SEND -> Call-ID of its session
  bool alone_ = false;
};

}  // namespace tollgate
