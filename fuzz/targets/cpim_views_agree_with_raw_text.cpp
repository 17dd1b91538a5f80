/// Headers, content and views of a message/cpim say what a reader without any of the codec finds in its raw text (RFC
/// 3862 2-4; RFC 5438 6).
#include <algorithm>

#include "codec/cpim/headers.hpp"
#include "codec/cpim/message.hpp"
#include "fuzz/naive/cpim.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;
using fuzz::require_equal;
namespace naive = fuzz::naive;

static void check_headers(std::vector<cpim::Header> const& headers, std::vector<naive::Field> const& raw) {
  require(headers.size() == raw.size(), "number of headers");
  for (std::size_t i = 0; i < raw.size(); ++i) {
    require_equal(headers[i].name, raw[i].name, "name of a header");
    require_equal(headers[i].value, raw[i].value, "value of a header");
  }
}

static std::string first(std::vector<naive::Field> const& fields, std::string const& name) {
  auto const found = std::ranges::find(fields, name, &naive::Field::name);
  return found == fields.end() ? "" : found->value;
}

static void check_address(cpim::Address const& address, std::string_view raw) {
  require(raw.ends_with("<" + std::string(address.uri) + ">"), "URI of an address");
  require(raw.starts_with(address.formal_name), "formal name of an address");
}

static void check_date_time(cpim::DateTime const& time, std::string_view raw) {
  auto const number = [&](std::size_t at, std::size_t size) {
    return static_cast<int>(naive::number(raw.substr(at, size), 9999).value_or(10000));
  };
  require(time.year == number(0, 4) && time.month == number(5, 2) && time.day == number(8, 2), "date");
  require(time.hour == number(11, 2) && time.minute == number(14, 2) && time.second == number(17, 2), "time");
  auto const offset = raw.size() < 6 ? 0 : number(raw.size() - 5, 2) * 60 + number(raw.size() - 2, 2);
  bool const is_utc = raw.ends_with('Z') || raw.ends_with('z');
  bool const is_west = raw.size() >= 6 && raw[raw.size() - 6] == '-';
  require(time.offset_minutes == (is_utc ? 0 : is_west ? -offset : offset), "offset from UTC");
}

static void check_imdn(cpim::Message const& message, std::vector<naive::Field> const& raw) {
  auto const prefix = cpim::prefix_of(message, cpim::imdn_namespace);
  auto const id = cpim::imdn_message_id(message);
  require(prefix || !id, "a Message-ID of IMDN without its namespace");
  if (!prefix) return;
  auto const bound = (prefix->empty() ? "" : std::string(*prefix) + " ") + "<" + std::string(cpim::imdn_namespace) + ">";
  auto const is_bound = [&](naive::Field const& field) { return field.name == "NS" && field.value == bound; };
  require(std::ranges::any_of(raw, is_bound), "a prefix that no NS binds");
  if (id) require_equal(*id, first(raw, (prefix->empty() ? "" : std::string(*prefix) + ".") + "Message-ID"), "Message-ID");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const message = cpim::Message::parse(octets);
  if (!message) return 0;
  auto const raw = naive::cpim(octets);
  check_headers(message->headers, raw.headers);
  check_headers(message->content_headers, raw.content_headers);
  require_equal(message->content, raw.content, "content");
  if (auto const from = cpim::from(*message)) check_address(*from, first(raw.headers, "From"));
  if (auto const to = cpim::to(*message)) {
    require(to->size() == static_cast<std::size_t>(std::ranges::count(raw.headers, "To", &naive::Field::name)), "number of To");
    check_address(to->front(), first(raw.headers, "To"));
  }
  if (auto const time = cpim::date_time(*message)) check_date_time(*time, first(raw.headers, "DateTime"));
  check_imdn(*message, raw.headers);
  return 0;
}
