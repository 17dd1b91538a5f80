#include "fuzz/naive/msrp.hpp"

#include <algorithm>

namespace tollgate::fuzz::naive {

static bool is_end_line(std::string_view line, std::string_view mark) {
  return line.size() == mark.size() + 1 && line.starts_with(mark) && std::string_view("$+#").contains(line.back());
}

MsrpText msrp(std::string_view octets) {
  constexpr std::string_view crlf = "\r\n";
  MsrpText out;
  std::string mark;
  std::string body;
  bool in_body = false;
  for (std::size_t at = 0, number = 0;; ++number) {
    auto const end = octets.find(crlf, at);
    if (end == std::string_view::npos) return out;
    auto const line = octets.substr(at, end - at);
    at = end + crlf.size();
    if (number == 0) {
      auto const from = line.find(' ') + 1;
      out.transaction_id = line.substr(from, line.find(' ', from) - from);
      mark = "-------" + out.transaction_id;
    } else if (is_end_line(line, mark)) {
      out.flag = line.back();
      out.size = at;
      if (in_body) out.body = body.substr(0, body.size() - crlf.size());
      return out;
    } else if (in_body) {
      body.append(line).append(crlf);
    } else if (line.empty()) {
      in_body = true;
    } else {
      auto const colon = std::min(line.find(':'), line.size());
      auto value = line.substr(std::min(colon + 1, line.size()));
      if (value.starts_with(' ')) value.remove_prefix(1);
      out.fields.emplace_back(line.substr(0, colon), value);
    }
  }
}

std::string without_leading_zeros(std::string_view numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    auto const is_digit = [&](std::size_t k) { return k < numbers.size() && numbers[k] >= '0' && numbers[k] <= '9'; };
    bool const starts = i == 0 || !is_digit(i - 1);
    while (starts && numbers[i] == '0' && is_digit(i + 1)) ++i;
    out += numbers[i];
  }
  return out;
}

}  // namespace tollgate::fuzz::naive
