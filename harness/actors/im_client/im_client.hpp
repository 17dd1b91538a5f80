#pragma once
/// The IM Client: one user of the SUT. Registers, is invited, receives deferred messages (OMA IM 6.3.2.8), and can
/// withhold any answer.
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "actors/actor.hpp"
#include "actors/amendment.hpp"
#include "actors/im_client/author.hpp"
#include "actors/im_client/credentials.hpp"
#include "actors/im_client/dialog.hpp"
#include "actors/im_client/msrp_endpoint.hpp"
#include "actors/im_client/sip_endpoint.hpp"
#include "actors/im_client/transactions.hpp"
#include "actors/ixit.hpp"

namespace tollgate {

class ImClient final : public Actor {
 public:
  /// `aor` is the address-of-record, "sip:user7@ims.example"; `served` that of the user whom it registers, another's where it
  /// is an S-CSCF (TS 24.229 5.4.1.7).
  ImClient(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string name, std::string aor,
           std::string served = "");
  ~ImClient() override;

  [[nodiscard]] std::string const& aor() const { return aor_; }
  [[nodiscard]] std::string const& served() const { return served_; }
  /// From now on another writes its SIP messages: made by that for the seat of this client.
  void is_written_by(std::function<std::unique_ptr<SipAuthor>(Seat)> const& make);
  /// The case is over, and so is the other's part.
  void dismisses_author();
  /// The event of a message of ours once it has gone out, which takes time where another writes it; where it never does, that
  /// which stands for it.
  [[nodiscard]] Task<trace::EventId> has_sent(trace::EventId message);

  // Stimuli. Responses come to the inbox as "200 REGISTER"; a challenge that we answer by ourselves does not.
  struct Register {
    std::optional<std::uint32_t> expires = 3600;   ///< Expires header field, seconds
    std::optional<std::uint32_t> contact_expires;  ///< ;expires of the Contact
  };
  trace::EventId sends_register(Register what, Amendment const& amendment = {}, Proof proof = Proof::when_asked);
  trace::EventId sends_register() { return sends_register(Register{}); }
  trace::EventId sends_message(std::string const& to, std::string const& text, std::string const& type = "text/plain");
  trace::EventId sends_options();
  /// A SIP request out of any dialog. With `MESSAGE` a short text goes to `to`.
  trace::EventId sends(std::string const& method, Amendment const& amendment, Proof proof = Proof::when_asked);
  /// A SIP request in the dialog of that INVITE; INVITE and UPDATE describe our MSRP session as it is.
  trace::EventId sends_in(Received const& invite, std::string const& method, Amendment const& amendment);
  /// A request on our newest MSRP session; 0 when it has no connection. REPORT is about the SEND received last.
  trace::EventId sends_msrp(std::string const& method, Amendment const& amendment);
  /// The same octets again, as they went out; of a request that was challenged, those of its answer.
  void repeats(trace::EventId sent);
  /// Waits no more for an answer to a SIP request of ours, whose response may match nothing, and repeats it no more.
  void gives_up(trace::EventId request) { transactions_.give_up(request); }
  /// The SUT has asked for credentials that we can give.
  [[nodiscard]] bool was_challenged() const { return credentials_.knows_challenge(); }
  /// REGISTER and its 200: steps 1 and 2.
  [[nodiscard]] Task<void> registers();

  /// Answers a SIP request, or a SEND, that a case received. A 2xx to INVITE carries the SDP answer, and so does a 183: the
  /// SUT knows our path from then on, and a passive client takes its connection. The event of what was sent; 0 where nothing
  /// was.
  trace::EventId answers(Received const& request, int status, Amendment const& amendment = {});
  /// One more final answer to a request that has one.
  trace::EventId answers_again(Received const& request, int status, Amendment const& amendment);
  /// Which side connects when the offer leaves it open (a=setup:actpass).
  void prefers(sdp::Setup setup) { setup_ = setup; }
  /// The texts of the whole messages that have come, in order.
  [[nodiscard]] std::vector<std::string> const& delivered() const { return delivered_; }
  /// An MSRP session of ours has a connection that nobody closed.
  [[nodiscard]] bool has_msrp_connection() const;
  /// Ends the MSRP connection from our side, in order or as RST.
  void closes_msrp(bool reset = false);
  /// One more connection of the newest MSRP session.
  void connects_msrp_again();
  void behaves(MsrpBehaviour behaviour) { behaviour_ = behaviour; }
  [[nodiscard]] MsrpBehaviour const& behaviour() const { return behaviour_; }
  /// The port at which it takes MSRP connections, with others.
  void shares(std::shared_ptr<SharedPort> port) { shared_port_ = std::move(port); }
  /// Ends what `stalls_after` of its behaviour began.
  void reads_on();
  /// A CANCEL is the case's to answer, and the INVITE with it (RFC 3261 9.2 has us do both).
  void scripts_cancel() { scripts_cancel_ = true; }
  /// What we send SIP over from now on.
  void registers_over(trace::Transport transport) { endpoint_.uses(transport); }
  /// What scenario files name in braces: aor user host address port contact session-contact session-host session-port path transport.
  [[nodiscard]] std::string word(std::string_view name);

  void acts_alone() override { alone_ = true; }
  void completes() override { answer_all(200); }
  void winds_up() override;
  [[nodiscard]] bool is_settled() const override;

 private:
  /// One invitation: its dialog and its MSRP session.
  struct Session {
    std::string branch;
    std::unique_ptr<MsrpRelay> relay;    ///< where one is before us: asked when the INVITE comes
    std::optional<RelayedPath> relayed;  ///< that it has given, until the session has it
    std::unique_ptr<MsrpEndpoint> msrp;
    Dialog dialog;
    Octets sdp_answer;  ///< once there is one: a 2xx repeats what a 183 has said (RFC 3261 13.2.1)
    bool ended = false;
  };
  [[nodiscard]] bool is_of(std::string const& party) const override { return party == aor_; }
  void take(sip::Message message, trace::Event event, SipSource const& source);
  void take_request(sip::Message message, trace::Event event, SipSource const& source);
  void take_response(sip::Message message, trace::Event event);
  void turns_away(sip::Message const& request, trace::Event event, SipSource const& source);
  void take_ack(std::string const& call_id);
  void take_cancel(sip::Message const& cancel, std::string const& branch);
  void take_send(std::string const& call_id, msrp::Message const& send, trace::EventId event, std::optional<std::string> content);
  void deliver(Received item);
  void deliver_with_path(std::string const& call_id, Received invite);
  trace::EventId answer_sip(sip::Message const& request, int status, Amendment const& amendment);
  /// Everything that waits, INVITE with `to_invite`, the rest with 200.
  void answer_all(int to_invite);
  void acknowledge(sip::Message const& response);
  [[nodiscard]] MsrpEndpoint* newest_msrp() const;
  [[nodiscard]] std::string fresh_via();
  void add_via(sip::Message& request);
  /// The SUT has closed a connection, or made another one for MSRP.
  void deliver_connection(trace::EventId event, char const* what);
  void add_sdp_answer(sip::Message const& invite, sip::Message& response, std::string const& call_id);
  [[nodiscard]] Octets sdp_answer(sip::Message const& invite, std::string const& call_id);
  [[nodiscard]] sip::Message out_of_dialog(std::string_view method, std::string const& request_uri, std::string const& to,
                                           std::string const& call_id, std::uint32_t cseq);
  /// A request of ours that waits for its final response.
  struct Asked {
    sip::Message request;
    Amendment amendment;
    Proof proof = Proof::when_asked;
    unsigned attempts = 0;
  };
  trace::EventId start(sip::Message request, Amendment const& amendment, Proof proof = Proof::when_asked);
  using Send = std::function<trace::EventId(sip::Message)>;
  /// Sends what was drafted, amended, or what another has written in its place.
  trace::EventId send_as_written(Draft draft, Amendment const& amendment, Send send);
  void send_unasked(sip::Message message);
  /// Says in the trace what another wrote, beginning with `wrote`.
  void tell_of_author(std::string what);
  /// What another wrote as our contact is it from now on, where it is the tap's place.
  void adopts_contact(sip::Message const& written, sip::Message const& sent);
  void adopts_cseq(sip::Message const& written);
  /// How a request that another wrote is taken for an earlier one of his.
  [[nodiscard]] std::optional<std::string> repeats_itself(sip::Message const& wanted, sip::Message const& written);
  /// What another wrote in the place of `wanted` and has been sent as that event: whether it is another message, or may mislead.
  void judge_written(sip::Message const& wanted, sip::Message const& written, trace::EventId sent);
  trace::EventId send_response(std::string const& branch, std::string const& method, sip::Message const& response,
                               Amendment const& amendment);
  trace::EventId attempt(Asked asked);
  bool answers_challenge(Asked asked, sip::Message const& challenge, trace::EventId challenged);

  Network& network_;
  Ixit const& ixit_;
  Random random_;
  std::string aor_;
  std::string served_;
  std::string user_;
  std::string contact_, session_contact_;  ///< as another has written them; "" as we do
  std::set<std::string> written_branches_;  ///< of requests that another has written
  std::map<std::string, std::uint32_t> written_cseqs_;  ///< the highest of those, by Call-ID
  sdp::Setup setup_ = sdp::Setup::active;
  SipEndpoint endpoint_;
  Transactions transactions_;
  std::string register_call_id_;
  std::uint32_t register_cseq_ = 0;
  std::string tag_;
  Credentials credentials_;
  std::map<std::string, Asked> asked_;                   ///< by branch
  std::map<std::string, Session> sessions_;       ///< by Call-ID
  std::map<trace::EventId, Received> unanswered_;  ///< requests that wait for `answers`
  std::map<trace::EventId, std::string> sends_;    ///< SEND -> Call-ID of its session
  std::vector<std::string> delivered_;
  std::string newest_call_;       ///< Call-ID of the INVITE received last
  std::string last_message_id_;   ///< of the SEND received last
  MsrpBehaviour behaviour_;
  std::shared_ptr<SharedPort> shared_port_;
  std::unique_ptr<SipAuthor> author_;  ///< null where we write ourselves
  std::size_t unwritten_ = 0;          ///< drafts that it has and has not written
  Mailbox<trace::EventId> gone_out_;   ///< of those that were handed over
  bool alone_ = false;
  bool scripts_cancel_ = false;
};

}  // namespace tollgate
