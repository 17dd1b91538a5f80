#pragma once
/// A session description read in the most simple-minded way, line by line and by nothing of the codec (RFC 8866 5).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::fuzz::naive {

struct SdpLine {
  char type = 0;
  std::string value;
};

/// Of a text whose lines are all `type=value`.
[[nodiscard]] std::vector<SdpLine> sdp_lines(std::string_view text);

/// The lines before the first m=, and those of the first m=message up to the next m=.
struct MessageMedia {
  std::vector<SdpLine> session, media;
};
/// Nothing without an m=message.
[[nodiscard]] std::optional<MessageMedia> first_message(std::vector<SdpLine> const& lines);

/// The value of the first line of that type.
[[nodiscard]] std::optional<std::string> line_of(std::vector<SdpLine> const& lines, char type);
/// What follows "name:" in the first a= line that begins so.
[[nodiscard]] std::optional<std::string> attribute(std::vector<SdpLine> const& lines, std::string_view name);
/// The first of sendrecv, sendonly, recvonly and inactive among the a= lines.
[[nodiscard]] std::optional<std::string> direction(std::vector<SdpLine> const& lines);
/// The `nth` word from 0, up to `stop`; words have one space between.
[[nodiscard]] std::string word(std::string_view line, std::size_t nth, char stop = ' ');

}  // namespace tollgate::fuzz::naive
