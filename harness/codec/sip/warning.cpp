#include "codec/sip/warning.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/host_port.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

Parsed<Warning> parse_warning(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 20.43";
  constexpr std::size_t code_size = 3;
  auto const digits = digit_set.run(text);
  auto const code = to_number<unsigned>(text.substr(0, digits));
  if (digits != code_size || !code) return invalid(0, "warn-code", clause, "expected three digits");
  auto const agent_at = code_size + space_size(text, code_size);
  auto const agent_end = std::min(text.find_first_of(" \t\r\n\"", agent_at), text.size());
  auto const agent = text.substr(agent_at, agent_end - agent_at);
  bool const is_agent = !agent.empty() && (token_size(agent) == agent.size() || parse_host_port(agent));
  if (agent_at == code_size || !is_agent) return invalid(agent_at, "warn-agent", clause, "expected a host or a pseudonym");
  auto const text_at = agent_end + space_size(text, agent_end);
  if (text_at == agent_end || text_at >= text.size() || text[text_at] != '"')
    return invalid(text_at, "warn-text", clause, "expected a quoted-string");
  if (text_at + quoted_size(text, text_at) != text.size())
    return invalid(text_at, "warn-text", clause, "the quoted-string is not the last");
  return Warning{*code, agent, unquoted(text.substr(text_at))};
}

Parsed<std::vector<Warning>> warnings(Fields fields) {
  return every(fields, Name::warning, parse_warning);
}

}  // namespace tollgate::sip
