/// Lines, index and MSRP media of a session description say what a reader without any of the codec finds in its raw
/// text (RFC 8866 5; RFC 4975 8).
#include "codec/sdp/index.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "fuzz/naive/sdp.hpp"
#include "fuzz/naive/sip.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;
namespace naive = fuzz::naive;

static void check_lines(std::string_view text, sdp::Lines lines, std::vector<naive::SdpLine> const& raw) {
  require(lines.size() == raw.size(), "number of lines");
  for (std::size_t i = 0; i < raw.size(); ++i) {
    auto const line = lines[i];
    require(line.type == raw[i].type, "type of a line");
    require_equal(line.value.text, raw[i].value, "value of a line");
    require(text.substr(line.value.offset).starts_with(raw[i].value), "offset of a line");
  }
}

static void check_media(sdp::MsrpMediaView const& view, naive::MessageMedia const& raw) {
  auto const& media = raw.media;
  auto const of_either = [&](auto const& find) { return find(media) ? find(media) : find(raw.session); };
  auto const value = [&](char const* name) { return naive::attribute(media, name).value_or(""); };
  auto const& line = media.front().value;
  require_equal(std::to_string(view.line.port), std::to_string(naive::number(naive::word(line, 1, '/'), 65535).value_or(70000)), "port");
  require_equal(view.line.protocol, naive::word(line, 2), "protocol");
  require_equal(view.path, value("path"), "path");
  require_equal(view.accept_types, value("accept-types"), "accept-types");
  require_equal(view.accept_wrapped_types, value("accept-wrapped-types"), "accept-wrapped-types");
  require(view.max_size == naive::number(value("max-size"), UINT64_MAX), "max-size");
  auto const setup = of_either([](auto const& lines) { return naive::attribute(lines, "setup"); });
  require_equal(view.setup ? to_string(*view.setup) : "", setup.value_or(""), "setup");
  auto const direction = of_either([](auto const& lines) { return naive::direction(lines); });
  require_equal(to_string(view.direction), direction.value_or("sendrecv"), "direction");
  auto const connection = of_either([](auto const& lines) { return naive::line_of(lines, 'c'); });
  auto const at = connection.value_or("");
  bool const is_internet = naive::word(at, 0) == "IN" && (naive::word(at, 1) == "IP4" || naive::word(at, 1) == "IP6");
  require_equal(view.address.text, is_internet ? naive::word(at, 2, '/') : naive::word(at, 2), "address");  // whose '/' nobody else has
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzz::text(data, size);
  auto const description = sdp::Description::parse(text);
  auto const index = sdp::Index::parse(text);
  bool const is_long = description && description->lines.size() > sdp::Index::lines_max;
  require(index.has_value() == (description.has_value() && !is_long), "Index and Description read different texts");
  if (!description) return 0;
  auto const raw = naive::sdp_lines(text);
  check_lines(text, *description, raw);
  if (index) check_lines(text, *index, raw);
  auto const media = sdp::msrp_media_view(*description);
  auto const message = naive::first_message(raw);
  require(!media || message, "there is MSRP media without an m= line");
  if (media) check_media(*media, *message);
  return 0;
}
