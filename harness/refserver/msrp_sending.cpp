// What goes out on an MSRP session: messages in their order, long ones in chunks (RFC 4975 5.1, 7.1; 8.6).
#include <algorithm>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "codec/cpim/message.hpp"
#include "codec/msrp/views.hpp"
#include "refserver/msrp_session.hpp"

namespace tollgate::refserver {

static bool has(std::vector<std::string> const& types, std::string_view type) {
  return std::ranges::any_of(types, [&](auto const& one) { return one == "*" || iequals(one, type); });
}

/// Wrapped in message/cpim with the original sender and time where the peer takes it, else as it was stored; so is what is CPIM already.
std::optional<MsrpSession::Body> MsrpSession::body_of(Deferred const& message) const {
  bool const wrapped = has(peer_.accept_types, "message/cpim") && !iequals(message.content_type, "message/cpim") &&
                       (has(peer_.accept_wrapped_types, message.content_type) || has(peer_.accept_types, message.content_type));
  bool const stays_plain = config_.profile.sends_plain && has(peer_.accept_types, message.content_type);
  if ((wrapped && !stays_plain) || config_.has(Fault::M109_cpim_always)) {
    cpim::Message cpim;
    cpim.headers = {{"From", fmt::format("<{}>", message.from), ""},
                    {"To", fmt::format("<{}>", message.to), ""},
                    {"DateTime", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(message.stored_at)), ""}};
    cpim.content_headers = {{"Content-Type", message.content_type, ""}};
    cpim.content = message.content;
    return Body{"message/cpim", cpim.write(), "message/cpim " + message.content_type};
  }
  if (!has(peer_.accept_types, message.content_type)) return std::nullopt;
  return Body{message.content_type, message.content, message.content_type};
}

bool MsrpSession::take(Deferred const& message) {
  if (bound_ == 0 || connections_.at(bound_).gone) return false;
  auto body = body_of(message);
  if (!body || body->octets.size() > peer_.max_size.value_or(body->octets.size())) return false;
  constexpr std::size_t most_in_16_bits = 0xFFFF;
  if (config_.has(Fault::M203_length_in_16_bits)) body->octets.resize(body->octets.size() & most_in_16_bits);
  auto message_id = config_.has(Fault::M202_message_ids_by_session) ? fmt::format("message{:05}", ++taken_) : random_.token(20);
  queue_.push_back({.message = message.id, .body = std::move(*body), .message_id = std::move(message_id)});
  return true;
}

/// Of M172: another session has not written its message to the end.
bool MsrpSession::is_held_up() {
  if (!config_.has(Fault::M172_single_writer)) return false;
  bool const others_write = writer_.session != nullptr && writer_.session != this;
  clock_.cancel(turn_);
  if (others_write) turn_ = clock_.after(100ms, [this] { write(); });
  return others_write;
}

void MsrpSession::write() {
  if (is_held_up()) return;
  while (!queue_.empty() && queue_.front().awaits.empty()) write_chunk(queue_.front());
  writer_.session = queue_.empty() ? nullptr : this;
  if (queue_.empty()) on_event_({.kind = MsrpEvent::Kind::written});
}

void MsrpSession::write_the_rest() {
  while (!queue_.empty()) write_chunk(queue_.front());
}

/// RFC 4975 7.3.2: what fails ends its message, whatever of it was still to come.
void MsrpSession::answered(std::string const& transaction_id, bool is_ok) {
  if (queue_.empty() || queue_.front().awaits != transaction_id) return;
  if (!is_ok && !config_.has(Fault::M107_goes_on_after_413)) return queue_.pop_front();
  queue_.front().awaits.clear();
  queue_.front().failed |= !is_ok;
}

void MsrpSession::withdraw(std::function<bool(Outgoing const&)> const& which) {
  auto const goes = [&](Outgoing const& outgoing) { return outgoing.written == 0 && which(outgoing); };
  for (auto const& outgoing : queue_)
    if (goes(outgoing)) on_event_({.kind = MsrpEvent::Kind::withdrawn, .message = outgoing.message});
  std::erase_if(queue_, goes);
}

/// The next chunk of a message, which leaves the queue with its last one.
void MsrpSession::write_chunk(Outgoing& outgoing) {
  auto const from = outgoing.written;
  auto const octets = std::string_view(outgoing.body.octets).substr(from, config_.chunk_octets);
  auto const end = outgoing.written = from + octets.size();
  auto const total = outgoing.body.octets.size();
  std::string transaction_id;
  do
    transaction_id = config_.has(Fault::M101_one_transaction_id)        ? own_path_.substr(own_path_.size() - 24, 20)
                     : config_.has(Fault::M187_transaction_ids_counted) ? fmt::format("tid{:017}", ++writer_.counted)
                                                                        : random_.token(20);
  while (octets.contains("-------" + transaction_id));  // RFC 4975 7.1
  std::vector<std::pair<std::string, std::string>> fields{
      {"To-Path", fmt::format("{}", fmt::join(peer_.path, " "))},
      {"From-Path", own_path_},
      {"Message-ID", outgoing.message_id},
      {"Byte-Range", msrp::write(msrp::ByteRange{.start = from + 1, .end = end, .total = total})},
      {"Content-Type", outgoing.body.content_type}};
  if (config_.has(Fault::M103_range_from_zero)) fields[3].second = fmt::format("{}-{}/{}", from, end, total);
  if (config_.has(Fault::M106_no_failure_report)) fields.insert(fields.begin() + 2, {"Failure-Report", "no"});
  if (config_.has(Fault::M166_fields_by_name)) std::ranges::sort(fields);
  auto send = msrp::Message::request(transaction_id, "SEND");
  for (auto const& [name, value] : fields) send.add(name, value);
  send.set_body(octets);
  send.set_flag(end < total && !config_.has(Fault::M104_every_chunk_is_last) ? '+' : '$');
  connections_.at(bound_).stream->send(send.write());
  config_.defects.msrp_sent(own_path_, transaction_id);
  // RFC 4975 7.1.1: from the last octet handed over.
  auto const limit = clock_.after(config_.timers.msrp_transaction, [this, transaction_id] { settle(transaction_id, 0); });
  sent_.emplace(transaction_id, Sent{.message = outgoing.message,
                                     .media_type = outgoing.body.media_type,
                                     .is_last = end == total,
                                     .is_after_failure = outgoing.failed,
                                     .limit = limit});
  if (end < total)
    outgoing.awaits = transaction_id;
  else
    queue_.pop_front();
}

}  // namespace tollgate::refserver
