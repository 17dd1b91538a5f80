#include "actors/im_client/transactions.hpp"

#include <algorithm>

namespace tollgate {

Transactions::~Transactions() {
  for (auto& [key, client] : clients_) clock_.cancel(client.timer);
  for (auto& [branch, repeating] : unacknowledged_) clock_.cancel(repeating.timer);
}

trace::EventId Transactions::start(std::string const& branch, std::string const& method, Octets octets, Segments segments) {
  Key const key{branch, method};
  Client& client = clients_[key];
  client.octets = std::move(octets);
  client.interval = ixit_.sip_t1;
  client.gives_up = clock_.now() + 64 * ixit_.sip_t1;
  client.first_copy = endpoint_.send_request(client.octets, 0, segments);
  if (endpoint_.transport() == trace::Transport::udp) client.timer = clock_.after(client.interval, [this, key] { repeat_request(key); });
  return client.first_copy;
}

void Transactions::repeat_request(Key const& key) {
  Client& client = clients_.at(key);
  if (clock_.now() >= client.gives_up) return;
  endpoint_.send_request(client.octets, client.first_copy);
  client.interval = std::min(client.interval * 2, ixit_.sip_t2);
  client.timer = clock_.after(client.interval, [this, key] { repeat_request(key); });
}

void Transactions::give_up(trace::EventId request) {
  for (auto& [key, client] : clients_)
    if (client.first_copy == request) clock_.cancel(client.timer);
}

Transactions::Match Transactions::match(std::string const& branch, std::string const& method, int status) {
  auto const found = clients_.find({branch, method});
  if (found == clients_.end()) return {};
  Client& client = found->second;
  if (status >= 200) clock_.cancel(client.timer);
  auto const copy = client.responses.find(status);
  return {client.first_copy, copy == client.responses.end() ? 0 : copy->second};
}

void Transactions::remember_response(std::string const& branch, std::string const& method, int status, trace::EventId event) {
  if (auto const found = clients_.find({branch, method}); found != clients_.end()) found->second.responses.emplace(status, event);
}

Transactions::Seen* Transactions::find(std::string const& branch, std::string const& method) {
  auto const found = servers_.find({branch, method});
  return found == servers_.end() ? nullptr : &found->second;
}

void Transactions::remember(std::string const& branch, std::string const& method, trace::EventId event, SipSource source) {
  servers_[{branch, method}] = Seen{.first_copy = event, .source = std::move(source)};
}

trace::EventId Transactions::respond(std::string const& branch, std::string const& method, Octets octets) {
  Seen* const seen = find(branch, method);
  if (seen == nullptr) return 0;
  seen->response = std::move(octets);
  seen->response_event = endpoint_.send_response(seen->response, seen->source, seen->first_copy);
  return seen->response_event;
}

void Transactions::repeat_until_ack(std::string const& branch) {
  Repeating& repeating = unacknowledged_[branch];
  repeating.interval = ixit_.sip_t1;
  repeating.gives_up = clock_.now() + 64 * ixit_.sip_t1;
  repeating.timer = clock_.after(repeating.interval, [this, branch] { repeat_response(branch); });
}

void Transactions::repeat_response(std::string const& branch) {
  auto const found = unacknowledged_.find(branch);
  Seen const* const seen = find(branch, "INVITE");
  if (found == unacknowledged_.end() || seen == nullptr || clock_.now() >= found->second.gives_up) return;
  endpoint_.send_response(seen->response, seen->source, seen->first_copy, seen->response_event);
  Repeating& repeating = found->second;
  repeating.interval = std::min(repeating.interval * 2, ixit_.sip_t2);
  repeating.timer = clock_.after(repeating.interval, [this, branch] { repeat_response(branch); });
}

void Transactions::acknowledged(std::string const& branch) {
  auto const found = unacknowledged_.find(branch);
  if (found == unacknowledged_.end()) return;
  clock_.cancel(found->second.timer);
  unacknowledged_.erase(found);
}

}  // namespace tollgate
