// Judges header and command, then the AVPs (judge_avps.cpp).
//
//   Flags = R P E T r r r r; E never with R, T never without it                             RFC 6733 3
//   A request whose flags are wrong is answered 3008 or, for a reserved bit, 5013: section 7.1 says so though 3 has a
//   receiver ignore reserved bits. An answer with such flags may be taken or not.           RFC 6733 7.1.3, 7.1.5
//   An answer with E has one grammar for every command and application, which its sender need not know, and the P flag
//   of its request, right or wrong.                                                         RFC 6733 7.1.3, 7.2
//   A request that cannot be read is answered by its header alone: 5011, 5015.              RFC 6733 7.1.5
#include "codec/diameter/judge.hpp"

#include "codec/diameter/judge_avps.hpp"

namespace tollgate::diameter {

namespace {

constexpr std::string_view header_clause = "RFC 6733 3";
constexpr std::size_t flags_at = 4, command_at = 5, application_at = 8;

/// A message that cannot be cut from its stream.
Judgement judge_unframed(std::string_view octets, Framed const& framed) {
  Deviations found;
  if (framed.state == Framed::State::need_more) {
    found.note({octets.size(), 0, "Message Length", header_clause, Strength::must, "the message does not end: the receiver waits for more"},
               Outcome::reject);
    return std::move(found).take();
  }
  std::optional<std::uint32_t> answer;
  bool const is_request = octets.size() > flags_at && (static_cast<std::uint8_t>(octets[flags_at]) & flag_request) != 0;
  if (is_request && framed.error.what == What::invalid) answer = framed.error.rule == "Version" ? 5011 : 5015;
  found.note(framed.error, Outcome::reject, answer, framed.error.rule == "Version" ? 1 : 3);
  return std::move(found).take();
}

/// What the header deviates from: the bits of octet 4, and what the command code and the application say of each other.
class HeaderJudge {
 public:
  HeaderJudge(Header const& header, Deviations& found) : header_(header), found_(found) {}

  void flags() {
    constexpr std::uint8_t reserved = 0x0f;
    if ((header_.flags & reserved) != 0) bits("RFC 6733 3, 7.1.5", 5013, "reserved bits are set");
    if (header_.is_request() && (header_.flags & flag_error) != 0) bits(header_clause, 3008, "E is set in a request");
    if (!header_.is_request() && (header_.flags & flag_retransmitted) != 0) bits(header_clause, 3008, "T is set in an answer");
  }

  void against(CommandRule const& command, Dictionary const& dictionary) {
    bool const is_proxiable = (header_.flags & flag_proxiable) != 0;
    if (is_proxiable != command.proxiable)
      bits("RFC 6733 3.2", 3008,
           is_proxiable ? "P is set in a command that is never proxied" : "P is not set in a command that is proxiable");
    if (is_of_application(command, dictionary)) return;
    note(application_at, 4, "Application-ID", "RFC 6733 7.1.3", Outcome::reject, 3007, "the command does not belong to this application");
  }

  void unknown_command() { note(command_at, 3, "Command Code", "RFC 6733 7.1.3", Outcome::reject, 3001, "no such command"); }

 private:
  /// Commands of the base protocol go by the application of their session, those between peers by 0. Accounting goes by
  /// base accounting, or by the application whose service it accounts for (RFC 6733 9.3).
  [[nodiscard]] bool is_of_application(CommandRule const& command, Dictionary const& dictionary) const {
    constexpr std::uint32_t base_accounting = 3;
    bool const is_of_a_session = command.proxiable && (command.application == 0 || command.application == base_accounting);
    return is_of_a_session ? dictionary.knows_application(header_.application) : header_.application == command.application;
  }

  void bits(std::string_view clause, std::uint32_t result, std::string_view detail) {
    note(flags_at, 1, "Command Flags", clause, header_.is_request() ? Outcome::reject : Outcome::either, result, detail);
  }
  void note(std::size_t offset, std::size_t size, std::string_view rule, std::string_view clause, Outcome outcome, std::uint32_t result,
            std::string_view detail) {
    std::optional<std::uint32_t> answer;
    if (header_.is_request()) answer = result;
    found_.note({offset, size, rule, clause, Strength::must, std::string(detail)}, outcome, answer);
  }

  Header const& header_;
  Deviations& found_;
};

}  // namespace

Judgement judge(std::string_view octets, Dictionary const& dictionary, Limits const& limits) {
  auto const framed = frame(octets, limits);
  if (framed.state != Framed::State::message) return judge_unframed(octets, framed);
  auto const message = octets.substr(0, framed.size);
  auto const header = parse_header(message, limits);
  Deviations found;
  HeaderJudge judge(*header, found);
  judge.flags();
  bool const is_error_answer = !header->is_request() && (header->flags & flag_error) != 0;
  auto const* const command = is_error_answer ? dictionary.error_answer() : dictionary.command(header->command, header->is_request());
  if (command == nullptr)
    judge.unknown_command();
  else if (!is_error_answer)
    judge.against(*command, dictionary);
  judge_avps({.octets = message, .header = *header, .command = command}, dictionary, limits, found);
  if (message.size() != octets.size())
    found.note(
        {message.size(), octets.size() - message.size(), "Message Length", header_clause, Strength::must, "octets after the message"},
        Outcome::reject);
  return std::move(found).take();
}

}  // namespace tollgate::diameter
