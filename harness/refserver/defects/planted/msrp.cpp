// What is planted in the MSRP session: D23 to D29 and D35.
#include <cstdlib>
#include <cstring>

#include "base/text.hpp"
#include "codec/msrp/views.hpp"
#include "refserver/defects/planted/state.hpp"

namespace tollgate::refserver::defects {

/// D23: 32 characters are the most (RFC 4975 9, ident).
[[gnu::noinline]] static void copy_transaction_id(Planted& planted, std::string_view start_line) {
  char transaction_id[33];
  auto const text = start_line.substr(0, start_line.find(' '));
  std::memcpy(transaction_id, text.data(), text.size());
  transaction_id[text.size()] = '\0';
  planted.transaction_id = transaction_id;
}

/// D24: the octets that a Byte-Range with both ends says.
[[gnu::noinline]] static void copy_chunk(Planted& planted, std::string const& range, std::string_view body) {
  char* end = nullptr;
  auto const first = std::strtoull(range.c_str(), &end, 10);
  if (*end != '-' || end[1] == '*') return;
  auto const size = static_cast<int>(std::strtoull(end + 1, nullptr, 10) - first + 1);
  if (size > static_cast<int>(body.size())) return;
  auto* const chunk = static_cast<char*>(std::malloc(body.size() + 1));
  std::memcpy(chunk, body.data(), static_cast<std::size_t>(size));
  planted.chunk.assign(chunk, static_cast<std::size_t>(size));
  std::free(chunk);
}

/// D25: where the body ends, at the latest at its own end.
[[gnu::noinline]] static std::size_t find_end_line(Planted& planted, std::string_view body, std::string_view transaction_id) {
  auto const mark = std::string("-------").append(transaction_id);
  for (auto at = body.find(mark); at != std::string_view::npos;) {
    planted.looked = planted.looked + 1;
    auto const flag = body.substr(at + mark.size(), 1);
    if (flag == "$" || flag == "+" || flag == "#") return at;
  }
  return body.size();
}

/// D26.
[[gnu::noinline]] static void read_status(Planted& planted, msrp::Message const& report) {
  planted.status_text = static_cast<char*>(std::malloc(leak_size));
  auto const status = report.value("Status");
  if (!status) return;
  planted.status_text[status->copy(planted.status_text, leak_size - 1)] = '\0';
  std::free(planted.status_text);
}

/// D27.
[[gnu::noinline]] static void abort_message(Planted& planted) {
  std::free(planted.assembly);
  planted.aborted.clear();
}

/// D27: what comes of a message is kept until its last chunk.
static void assemble(Planted& planted, msrp::Message const& send) {
  constexpr std::size_t size = 1024;
  std::string const id(send.value("Message-ID").value_or(""));
  if (send.flag() == '#' && planted.aborted == id) abort_message(planted);
  if (send.flag() != '$') return;
  planted.assembly = static_cast<char*>(std::malloc(size));
  planted.assembly[send.body().copy(planted.assembly, size - 1)] = '\0';
  planted.chunk = planted.assembly;
  std::free(planted.assembly);
  planted.aborted = id;
}

/// D28.
[[gnu::noinline]] static void note_request(Planted& planted, std::string_view own_path, msrp::Message const& request) {
  auto& peer = planted.peers[std::string(own_path)];
  if (peer == nullptr) {
    peer = static_cast<MsrpPeer*>(std::calloc(1, sizeof(MsrpPeer)));
    planted.dangling.erase(peer);
  }
  ++peer->requests;
  keep_text(peer->method, request.method());
}

/// D35: what was sent has its answer.
[[gnu::noinline]] static void note_response(Planted& planted, std::string_view own_path, msrp::Message const& response) {
  auto const found = planted.unanswered.find(response.transaction_id());
  if (found == planted.unanswered.end()) return;
  auto* const chunk = found->second;
  chunk->status = response.status();
  bool const is_own = own_path == chunk->path;
  if (!is_own && !planted.has(Defect::D35_foreign_response_use_after_free)) return;
  if (is_own)
    planted.unanswered.erase(found);
  else
    planted.dangling.insert(chunk);
  std::free(chunk);
}

// Places.

void read_msrp_octets(Planted& planted, std::string_view octets) {
  constexpr std::string_view protocol = "MSRP ";
  if (octets.starts_with(protocol) && planted.has(Defect::D23_msrp_transaction_id_overflow))
    copy_transaction_id(planted, octets.substr(protocol.size()));
}

void take_msrp_request(Planted& planted, std::string_view own_path, msrp::Message const& request) {
  if (planted.has(Defect::D28_msrp_rebind_use_after_free)) note_request(planted, own_path, request);
  if (request.method() == "REPORT" && planted.has(Defect::D26_msrp_report_leak)) read_status(planted, request);
  if (request.method() != "SEND") return;
  auto const range = request.value("Byte-Range");
  if (range && planted.has(Defect::D24_msrp_byte_range_wrap)) copy_chunk(planted, std::string(*range), request.body());
  if (planted.has(Defect::D25_msrp_end_line_hang)) (void)find_end_line(planted, request.body(), request.transaction_id());
  if (planted.has(Defect::D27_msrp_abort_double_free)) assemble(planted, request);
}

void take_msrp_response(Planted& planted, std::string_view own_path, msrp::Message const& response) {
  note_response(planted, own_path, response);
  planted.answered.emplace(response.transaction_id());
}

void note_sent(Planted& planted, std::string_view own_path, std::string_view transaction_id) {
  auto& chunk = planted.unanswered[std::string(transaction_id)];
  if (chunk != nullptr) return;
  chunk = static_cast<Chunk*>(std::calloc(1, sizeof(Chunk)));
  planted.dangling.erase(chunk);
  keep_text(chunk->path, own_path);
}

/// D28: of the peer nothing is left, unless a chunk waits for it.
void lose_connection(Planted& planted, std::string_view own_path) {
  auto const peer = planted.peers.find(own_path);
  if (peer == planted.peers.end() || planted.dangling.contains(peer->second)) return;
  bool waits = false;
  for (auto const& [transaction_id, chunk] : planted.unanswered) waits |= !planted.dangling.contains(chunk) && own_path == chunk->path;
  std::free(peer->second);
  if (waits)
    planted.dangling.insert(peer->second);
  else
    planted.peers.erase(peer);
}

/// D29: a To-Path that cannot be read is none of an answer that is known.
bool counts_again(Planted& planted, msrp::Message const& message) {
  constexpr int ok = 200;
  bool const is_repeated = message.status() == ok && planted.answered.contains(message.transaction_id());
  return planted.has(Defect::D29_msrp_repeat_double_debit) && is_repeated && !msrp::to_path(message);
}

}  // namespace tollgate::refserver::defects
