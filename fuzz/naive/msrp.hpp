#pragma once
/// MSRP read in the most simple-minded way, line by line and by nothing of the codec (RFC 4975 7.1).
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tollgate::fuzz::naive {

struct MsrpText {
  std::string transaction_id;
  std::vector<std::pair<std::string, std::string>> fields;
  std::optional<std::string> body;
  char flag = 0;
  std::size_t size = 0;
};

/// Of octets that hold a whole message at their start.
[[nodiscard]] MsrpText msrp(std::string_view octets);
/// "007-09/*" as "7-9/*".
[[nodiscard]] std::string without_leading_zeros(std::string_view numbers);

}  // namespace tollgate::fuzz::naive
