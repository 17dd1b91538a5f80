// Fields of an MSRP message (RFC 4975 9).
#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/cpim/headers.hpp"
#include "codec/cpim/message.hpp"
#include "codec/diameter/value.hpp"
#include "codec/media_type.hpp"
#include "codec/msrp/views.hpp"
#include "fields/fields.hpp"
#include "fields/words.hpp"

namespace tollgate::fields {

namespace {

using Values = std::vector<std::string>;

/// The start line and the header fields as they stand, without the blank line and the body.
std::string head(msrp::Message const& message) {
  std::string out(message.start_line());
  for (auto const& field : message.fields()) out += field.raw;
  return out;
}

Values word(MsrpWord which, msrp::Message const& message) {
  switch (which) {
    case MsrpWord::transaction_id: return {std::string(message.transaction_id())};
    case MsrpWord::method: return message.is_request() ? Values{std::string(message.method())} : Values{};
    case MsrpWord::status_code: return message.is_request() ? Values{} : Values{fmt::format("{:03}", message.status())};
    case MsrpWord::flag: return {std::string(1, message.flag())};
    case MsrpWord::data: return message.has_body() ? Values{std::string(message.body())} : Values{};
    case MsrpWord::head: return {head(message)};
    case MsrpWord::none: break;
  }
  return {};
}

/// Byte-Range = range-start "-" range-end "/" total (RFC 4975 9). "fixed": how many octets the sender has bound itself to, 0 where
/// it may interrupt the chunk.
Values part_of_range(std::string_view value, std::string_view part) {
  auto const dash = value.find('-');
  auto const slash = value.find('/');
  if (dash == std::string_view::npos || slash == std::string_view::npos || slash < dash) return {};
  if (part == "start") return {std::string(value.substr(0, dash))};
  if (part == "end") return {std::string(value.substr(dash + 1, slash - dash - 1))};
  if (part == "fixed") {
    auto const first = to_number<std::uint64_t>(value.substr(0, dash)),
               last = to_number<std::uint64_t>(value.substr(dash + 1, slash - dash - 1));
    return {first && last && *last >= *first ? std::to_string(*last - *first + 1) : "0"};
  }
  return part == "total" ? Values{std::string(value.substr(slash + 1))} : Values{};
}

/// Seconds since 1900, as a Time of Diameter counts them; "" for what is no date-time.
std::string seconds_of(std::string_view date_time) {
  auto const at = cpim::parse_date_time(date_time);
  if (!at) return "";
  using namespace std::chrono;
  auto const day = sys_days(year(at->year) / at->month / at->day);
  auto const since_1970 = sys_seconds(day) + hours(at->hour) + minutes(at->minute - at->offset_minutes) + seconds(at->second);
  return std::to_string(since_1970.time_since_epoch().count() + diameter::time_of_1970);
}

/// Header fields of the message/cpim in a body, or in its first chunk.
Values part_of_cpim(std::string_view name, msrp::Message const& message) {
  constexpr std::string_view in_seconds = ".seconds";
  if (name.ends_with(in_seconds)) {
    auto out = part_of_cpim(name.substr(0, name.size() - in_seconds.size()), message);
    std::ranges::transform(out, out.begin(), seconds_of);
    return out;
  }
  auto const type = message.value("Content-Type").value_or("");
  if (!names_media_type(type, "message/cpim")) return {};
  auto const cpim = cpim::Message::parse(message.body());
  if (!cpim) return {};
  Values out;
  for (auto const* headers : {&cpim->headers, &cpim->content_headers})
    for (auto const& header : *headers)
      if (header.name == name) out.push_back(header.value);
  return out;
}

}  // namespace

Values read(Path const& path, msrp::Message const& message) {
  if (path.protocol == Protocol::cpim) return part_of_cpim(path.name, message);
  if (path.protocol != Protocol::msrp) return {};
  if (auto const which = msrp_word(path.name); which != MsrpWord::none) return word(which, message);
  Values out;
  for (auto const& field : message.fields()) {
    if (!iequals(field.name, path.name)) continue;
    if (path.part.empty())
      out.push_back(field.value);
    else if (iequals(path.name, "Byte-Range"))
      out = part_of_range(field.value, path.part);
  }
  return out;
}

void apply(Edit const& edit, msrp::Message& message) {
  if (edit.path.protocol != Protocol::msrp) return;
  switch (msrp_word(edit.path.name)) {
    case MsrpWord::none: break;
    case MsrpWord::flag:
      if (!edit.value.empty()) message.set_flag(edit.value[0]);
      return;
    case MsrpWord::data: message.set_body(edit.value); return;
    case MsrpWord::transaction_id: message.set_transaction_id(edit.value); return;
    default: return;
  }
  if (edit.how == How::remove)
    message.drop(edit.path.name);
  else if (edit.how == How::add)
    message.add(edit.path.name, edit.value);
  else
    message.set(edit.path.name, edit.value);
}

}  // namespace tollgate::fields
