#include "rules/stored_messages.hpp"

#include "codec/cpim/message.hpp"
#include "codec/media_type.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"
#include "rules/broken_answer.hpp"

namespace tollgate::rules {

static std::string user_of(std::string_view address) {
  auto const uri = sip::parse_uri(address);
  return uri ? uri->address_of_record() : std::string(address);
}

void StoredMessages::note(trace::Event const& e) {
  constexpr int success = 2;
  if (e.kind == trace::Kind::stored) return keep(&e, user_of(e.party), e.octets);
  bool const accepted = e.kind == trace::Kind::message && e.direction == trace::Direction::received && e.meaning.name == "MESSAGE" &&
                        e.meaning.status / 100 == success && e.about != 0;
  if (accepted) {
    auto const& request = trace_.at(e.about);
    if (auto const message = sip::Message::parse(request.octets)) keep(&request, user_of(message->request_uri()), message->body());
  }
  if (e.kind == trace::Kind::message && e.direction == trace::Direction::received) heard_[user_of(e.party)] = e.id;
  if (content_send(e)) take_send(e);
  if (sent_answer(e, "SEND")) take_answer(e);
  bool const leaves = e.direction == trace::Direction::sent && is_request(e, "BYE");
  bool const aborts = e.direction == trace::Direction::sent && is_request(e, "ASR");  // on another connection than a 200 to SEND
  if (breaks_msrp(e) || leaves || aborts) take_break(e);
  if (leaves) left_.insert(e.actor);
  if (aborts) aborted_.insert(user_of(e.party));
  if (sent_answer(e, "INVITE") && e.meaning.status / 100 == success) {
    left_.erase(e.actor);
    aborted_.erase(user_of(e.party));
  }
}

void StoredMessages::take_break(trace::Event const& e) {
  auto const user = user_of(e.party);
  for (auto at = stored_.lower_bound({user, ""}); at != stored_.end() && at->first.first == user; ++at)
    if (auto const* const confirmed = at->second.last_confirmed; confirmed != nullptr)
      at->second.uncertain |= is_close(*confirmed, e, terms_) || heard_[user] < confirmed->id;
}

void StoredMessages::keep(EventRef by, std::string const& recipient, std::string const& content) {
  stored_[{recipient, content}].stored.push_back(by);
}

/// The content as it was stored: out of its message/cpim (RFC 3862), where it came in one.
static std::string unwrapped(msrp::Message const& send, std::string content) {
  auto const type = send.value("Content-Type").value_or("");
  if (!names_media_type(type, "message/cpim")) return content;
  auto const cpim = cpim::Message::parse(content);
  return cpim ? cpim->content : content;
}

void StoredMessages::take_send(trace::Event const& e) {
  auto const send = msrp::Message::parse(e.octets);
  if (!send) return;
  auto progress = reassembly_[e.actor + e.local + e.remote].add(*send);
  if (!progress || progress->state != msrp::Reassembly::State::complete) return;
  auto content = unwrapped(*send, std::move(progress->content));
  if (auto const known = stored_.find({user_of(e.party), content}); known != stored_.end()) known->second.attempted = true;
  complete_[e.id] = std::move(content);
}

void StoredMessages::take_answer(trace::Event const& e) {
  constexpr int ok = 200;
  auto const content = complete_.find(e.about);
  if (content == complete_.end() || e.meaning.status != ok) return;
  bool const in_time = e.at_ns < trace_.at(e.about).at_ns + terms_.msrp_transaction_ns - terms_.epsilon_ns;
  auto const known = stored_.find({user_of(e.party), content->second});
  if (!in_time || known == stored_.end() || may_be_dropped(trace_, e)) return;
  ++known->second.confirmed[e.actor];
  known->second.uncertain |= left_.contains(e.actor) || aborted_.contains(user_of(e.party));
  confirmed_ = e.id;
  confirmed_what_ = &known->second;
  known->second.last_confirmed = &e;
  known->second.last_client = e.actor;
}

}  // namespace tollgate::rules
