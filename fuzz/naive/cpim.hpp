#pragma once
/// A message/cpim read in the most simple-minded way, line by line and by nothing of the codec (RFC 3862 2, 3).
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/naive/sip.hpp"

namespace tollgate::fuzz::naive {

struct CpimText {
  std::vector<Field> headers;          ///< values without parameters
  std::vector<Field> content_headers;  ///< unfolded
  std::string content;
};

/// Of octets that hold both header blocks and the blank line behind each.
[[nodiscard]] CpimText cpim(std::string_view octets);

}  // namespace tollgate::fuzz::naive
