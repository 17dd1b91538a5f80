#pragma once
/// SIP read in the most simple-minded way, from the raw text and by nothing of the codec: what its views are held to.
/// Slow and short on purpose (RFC 3261 7.3, 25.1).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::fuzz::naive {

struct Field {
  std::string name;
  std::string value;
};

/// Of octets with a start line: the fields between the start line and the blank line, folds and line ends as they came,
/// white space at the ends cut.
[[nodiscard]] std::vector<Field> sip_fields(std::string_view octets);
/// The value of the first field of that name; `compact` is its one letter form or "".
[[nodiscard]] std::optional<std::string> sip_value(std::string_view octets, std::string_view name, std::string_view compact);
/// The value of the parameter outside quotes and angle brackets; "" for one without a value.
[[nodiscard]] std::optional<std::string> parameter(std::string_view value, std::string_view name);
/// The elements of the comma lists of every field of that name; commas in quotes and angle brackets do not count.
[[nodiscard]] std::vector<std::string> sip_list(std::string_view octets, std::string_view name, std::string_view compact);

/// Of an element of Contact that is good.
struct Address {
  std::string display_name;  ///< with its quotes
  std::string uri;
};
[[nodiscard]] Address address(std::string_view element);

/// sent-by of an element of Via that is good: what stands between the transport and the first semicolon.
struct SentBy {
  std::string transport;
  std::string host;
  std::string port;  ///< "" when absent
};
[[nodiscard]] SentBy sent_by(std::string_view element);

/// 1*DIGIT up to `most`.
[[nodiscard]] std::optional<std::uint64_t> number(std::string_view text, std::uint64_t most);

/// 1*DIGIT LWS token, below 2**31.
struct CSeq {
  std::uint64_t number = 0;
  std::string method;
};
[[nodiscard]] std::optional<CSeq> cseq(std::string_view text);
/// word [ "@" word ]
[[nodiscard]] bool is_call_id(std::string_view text);

}  // namespace tollgate::fuzz::naive
