#include "fuzz/play/salvo.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "fuzz/play/flow.hpp"
#include "fuzz/script/mutations.hpp"

namespace tollgate::fuzz {

namespace {

constexpr std::string_view call_id_field = "\r\nCall-ID: ", cseq_field = "\r\nCSeq: ", branch_begin = ";branch=z9hG4bK";
constexpr std::size_t digits = 10;  // shorter than what they replace
constexpr std::size_t datagram_most = 65'507;

/// What a field of a response says, to its line's end; "" where there is none.
std::string_view value_of(std::string_view octets, std::string_view field) {
  auto const at = octets.find(field);
  if (at == std::string_view::npos) return {};
  auto const value = octets.substr(at + field.size());
  return value.substr(0, value.find('\r'));
}

}  // namespace

Stamped::Stamped(Original const& original, std::string const& from)
    : octets_(replaced(original.octets, original.from, from)), call_id_(octets_.find(call_id_field) + call_id_field.size()),
      branch_(octets_.find(branch_begin) + branch_begin.size()) {
  TOLLGATE_ASSERT(octets_.contains(call_id_field) && octets_.contains(branch_begin));
}

Octets Stamped::with(std::uint64_t number) const {
  auto out = octets_;
  auto const text = fmt::format("{:0{}d}", number, digits);
  for (auto const at : {call_id_, branch_}) out.replace(at, digits, text, 0, digits);
  return out;
}

std::string Stamped::call_id(std::uint64_t number) const {
  return std::string(value_of(with(number), call_id_field));
}

Salvo::Salvo(Clock& clock, Network& network, Ixit const& ixit, std::vector<Original> const& originals)
    : clock_(clock), sut_(ixit.sut_sip), socket_(network.bind({ixit.bind, 0})) {
  for (auto const& one : originals) originals_.emplace(one.base, Stamped(one, socket_->local().text()));
  socket_->on_octets = [this](Octets const& octets, Address const&) { take(octets); };
}

void Salvo::fire(Script script) {
  auto octets = originals_.at(script.base).with(++number_);
  for (auto const& change : script.changes)
    if (auto changed = mutated(change, octets)) octets = std::move(*changed);
  send(std::string_view(octets).substr(0, datagram_most));
  filling_.scripts.push_back(std::move(script));
  if (filling_.scripts.size() == batch_size) ask();
}

void Salvo::ask() {
  if (filling_.scripts.empty()) return;
  auto const& options = originals_.at(std::string(message_flow_options));
  filling_.question = options.with(++number_);
  filling_.call_id = options.call_id(number_);
  filling_.asked = clock_.now();
  send(filling_.question);
  open_.push_back(std::exchange(filling_, {}));
}

void Salvo::reminds() {
  constexpr Duration patience = std::chrono::milliseconds(500);
  for (auto& batch : open_) {
    if (clock_.now() - batch.asked < patience) continue;
    batch.asked = clock_.now();
    send(batch.question);
  }
}

void Salvo::take(std::string_view octets) {
  constexpr std::string_view response = "SIP/2.0 ";
  constexpr std::size_t status_size = 3;
  if (!octets.starts_with(response)) return;
  auto const cseq = value_of(octets, cseq_field);
  auto const method = cseq.substr(cseq.find(' ') + 1);
  bool const is_known =
      std::ranges::find(message_flow_methods, method) != message_flow_methods.end();  // another is what a mutation had written
  answers_.insert(hash_of(fmt::format("{} {}", octets.substr(response.size(), status_size), is_known ? method : "")));
  auto const call_id = value_of(octets, call_id_field);
  auto const batch = std::ranges::find(open_, call_id, &Batch::call_id);
  if (batch == open_.end()) return;
  std::vector<Script> read;  // UDP on one machine keeps the order: what came before it was read before it
  for (auto one = open_.begin(); one != std::next(batch); ++one) std::ranges::move(one->scripts, std::back_inserter(read));
  open_.erase(open_.begin(), std::next(batch));
  if (on_read) on_read(std::move(read), answers_);
  answers_.clear();
}

std::vector<Script> Salvo::unread() const {
  std::vector<Script> out;
  for (auto const& batch : open_) std::ranges::copy(batch.scripts, std::back_inserter(out));
  std::ranges::copy(filling_.scripts, std::back_inserter(out));
  return out;
}

}  // namespace tollgate::fuzz
