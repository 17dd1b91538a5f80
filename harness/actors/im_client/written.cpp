// How a message of the IM Client comes to be sent: written by itself at once, or by another later.
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "actors/im_client/im_client.hpp"
#include "actors/im_client/miswritten.hpp"
#include "base/text.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/via.hpp"

namespace tollgate {

static std::string label_of(sip::Message const& message) {
  if (message.is_request()) return std::string(message.method());
  auto const cseq = sip::cseq(message);
  return fmt::format("{} {}", message.status(), cseq ? cseq->method : "");
}

static std::string shown(Octets const& octets) {
  constexpr std::size_t most = 600;
  return printable(octets, most);
}

void ImClient::dismisses_author() {
  if (author_) author_->dismissed();
}

void ImClient::is_written_by(std::function<std::unique_ptr<SipAuthor>(Seat)> const& make) {
  author_ = make({.clock = clock_,
                  .recorder = recorder_,
                  .actor = name(),
                  .party = aor_,
                  .password = ixit_.password,
                  .contact = [this] { return endpoint_.contact(); },
                  .session_contact = [this] { return endpoint_.session_contact(); },
                  .transport = [this] { return endpoint_.transport(); }});
  author_->on_unasked = [this](sip::Message message) { send_unasked(std::move(message)); };
}

trace::EventId ImClient::send_as_written(Draft draft, Amendment const& amendment, Send send) {
  if (!author_) {
    amendment.change(draft.message);
    return send(std::move(draft.message));
  }
  if (!amendment.octets.empty() || amendment.rewrite)
    throw CaseStopped{
        Verdict::na, "not applicable", "needs the native client: it changes octets, which another may have written otherwise", {}};
  if (auto const why = author_->refuses(draft)) throw CaseStopped{Verdict::na, "not applicable", "needs the native client: " + *why, {}};
  auto const told = recorder_.hands_over(
      {.channel = trace::Channel::sip, .actor = name(), .party = served_, .note = label_of(draft.message) + " is SIPp's to write"});
  ++unwritten_;
  auto wanted = draft.message;
  author_->writes(std::move(draft), [this, told, amendment, wanted = std::move(wanted), send = std::move(send)](sip::Message written) {
    --unwritten_;
    auto const as_written = written;
    amendment.change(written);
    adopts_contact(as_written, written);
    adopts_cseq(as_written);
    auto const sent = send(std::move(written));
    recorder_.went_out(told, sent);
    judge_written(wanted, as_written, sent);  // behind it, so that the SUT waits for no judge
    gone_out_.push(told);
  });
  return told;
}

/// `sent` is `written` with the case's own changes: a Contact of the case is none of the author's.
void ImClient::adopts_contact(sip::Message const& written, sip::Message const& sent) {
  auto const contacts = sip::contacts(written);
  if (!contacts || contacts->empty() || written.value(sip::Name::contact) != sent.value(sip::Name::contact)) return;
  bool const is_register = written.method() == "REGISTER";
  auto const& at = is_register ? endpoint_.contact() : endpoint_.session_contact();
  auto const uri = sip::parse_uri(contacts->front().uri);
  if (uri && uri->host == at.uri_host() && uri->port == at.port) (is_register ? contact_ : session_contact_) = contacts->front().uri;
}

/// The next REGISTER of ours goes on behind it (RFC 3261 10.2).
void ImClient::adopts_cseq(sip::Message const& written) {
  auto const cseq = sip::cseq(written);
  if (written.method() == "REGISTER" && cseq && sip::call_id(written) == register_call_id_)
    register_cseq_ = std::max(register_cseq_, cseq->number);
}

/// What makes a request one of its own: the branch (RFC 3261 8.1.1.7), and in a Call-ID the CSeq (10.2, 12.2.1.1), where it is not the
/// case that wants it so.
std::optional<std::string> ImClient::repeats_itself(sip::Message const& wanted, sip::Message const& written) {
  auto const cseq = sip::cseq(written), cseq_of_case = sip::cseq(wanted);
  auto const via = sip::top_via(written);
  if (!written.is_request() || !cseq || !via) return std::nullopt;
  if (!written_branches_.emplace(via->branch()).second)
    return fmt::format("{}{} with the branch {} of an earlier request", wrote, label_of(written), via->branch());
  auto const [last, is_first] = written_cseqs_.try_emplace(std::string(sip::call_id(written).value_or("")), cseq->number);
  auto const before = std::exchange(last->second, std::max(last->second, cseq->number));
  bool const is_wanted = written.method() == "REGISTER" && cseq_of_case && cseq_of_case->number == cseq->number;
  if (is_first || is_wanted || cseq->number > before) return std::nullopt;
  return fmt::format("{}{} with CSeq {} behind CSeq {} of the same Call-ID", wrote, label_of(written), cseq->number, before);
}

void ImClient::judge_written(sip::Message const& wanted, sip::Message const& written, trace::EventId sent) {
  auto unlike = difference(wanted, written);
  auto const again = repeats_itself(wanted, written);
  if (again && !(unlike && unlike->is_another)) unlike = {true, *again};
  if (!unlike) return;
  if (!unlike->is_another) return tell_of_author(unlike->how);
  auto const because = fmt::format("#{} is not the message of the case: \"{}\"", sent, shown(written.write()));
  recorder_.was_miswritten({.sent = sent, .how = unlike->how, .because = because});
}

void ImClient::tell_of_author(std::string what) {
  recorder_.record({.kind = trace::Kind::played,
                    .channel = trace::Channel::sip,
                    .direction = trace::Direction::received,
                    .actor = name(),
                    .party = served_,
                    .note = std::move(what)});
}

/// A message that no case has asked for goes out as it was written. A provisional response changes nothing.
void ImClient::send_unasked(sip::Message message) {
  constexpr int first_final = 200;
  if (auto const how = broken(message))
    tell_of_author(*how + ", which no case has asked for");
  else if (message.is_request() || message.status() >= first_final)
    tell_of_author(fmt::format("{}{}, which no case has asked for", wrote, label_of(message)));
  if (message.is_request()) {
    attempt({.request = std::move(message), .amendment = {}, .proof = Proof::none});
    return;
  }
  auto const via = sip::top_via(message);
  auto const cseq = sip::cseq(message);
  if (via && cseq) send_response(std::string(via->branch()), std::string(cseq->method), message, {});
}

Task<trace::EventId> ImClient::has_sent(trace::EventId message) {
  if (recorder_.handed_over().contains(message)) {  // at once when it does: what it brings must find us a step further
    WaitBoard::Wait const wait(recorder_.waits(), fmt::format("{}: #{} to be written", name(), message));
    (void)co_await gone_out_.take([message](trace::EventId one) { return one == message; }, ixit_.live);
  }
  co_return recorder_.as_sent(message);
}

}  // namespace tollgate
